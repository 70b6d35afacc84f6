namespace Mu.Core.Compiler.Lir;

/// <summary>What a virtual register holds: a word, a floating-point number, or a vector of 16 bytes, which is in the registers of the numbers.</summary>
internal enum RegClass : byte
{
    Int,
    Float,
    Vector,
}

/// <summary>Register files and frame slots of the classes.</summary>
internal static class RegClasses
{
    /// <summary>The class that stands for the registers: classes of one file compete for them.</summary>
    public static RegClass File(this RegClass registerClass) => registerClass == RegClass.Vector ? RegClass.Float : registerClass;

    /// <summary>Number of frame slots that a value takes.</summary>
    public static int Slots(this RegClass registerClass) => registerClass == RegClass.Vector ? 2 : 1;
}

/// <summary>What the collector has to do with a slot or register.</summary>
internal enum RefKind : byte
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>The address of an object.</summary>
    Ref,
    /// <summary>An address that may lie inside an object.</summary>
    IRef,
    /// <summary>A tagref64.</summary>
    Tag,
}

/// <summary>How an instruction uses an operand.</summary>
internal enum OperandRole : byte
{
    /// <summary>Read before the results are written.</summary>
    Use,
    /// <summary>Read after a result may have been written: never shares a register with a result or a temporary.</summary>
    LateUse,
    /// <summary>Written after the uses are read.</summary>
    Def,
    /// <summary>A register of the instruction's own, distinct from uses and results.</summary>
    Temp,
    /// <summary>Only its place has to be known: it must not be in a register that the instruction destroys.</summary>
    KeepAlive,
}

/// <summary>Where an operand has to be.</summary>
internal enum OperandConstraint : byte
{
    /// <summary>A register or the frame.</summary>
    Any,
    /// <summary>Any register of its class.</summary>
    Register,
    /// <summary>The register of number <see cref="LirOperand.Fixed"/>.</summary>
    Fixed,
    /// <summary>A result in the register of the use at index <see cref="LirOperand.Fixed"/>; all other uses of the instruction are late then.</summary>
    SameAsInput,
}

/// <summary>A place given by the allocator: a register (0–15 of its class) or a frame slot of 8 bytes (for a vector: the first of two).</summary>
internal readonly record struct Location(short Code)
{
    public static readonly Location None = new(short.MinValue);

    public static Location Register(int number) => new((short)number);

    public static Location Slot(int index) => new((short)(-1 - index));

    public bool IsRegister => Code >= 0;

    public bool IsSlot => Code < 0 && Code != short.MinValue;

    public int RegisterNumber => Code;

    public int SlotIndex => -1 - Code;

    public override string ToString() => IsRegister ? $"r{Code}" : IsSlot ? $"[{SlotIndex}]" : "-";
}

/// <summary>An operand of an instruction: a virtual register and, after allocation, its place.</summary>
internal struct LirOperand(int vreg, OperandRole role, OperandConstraint constraint, int fixedRegister = -1)
{
    public int VReg = vreg;
    public OperandRole Role = role;
    public OperandConstraint Constraint = constraint;
    /// <summary>Register number for Fixed, operand index for SameAsInput.</summary>
    public sbyte Fixed = (sbyte)fixedRegister;
    public Location Location = Location.None;

    public override readonly string ToString() => $"{Role} v{VReg}{(Constraint == OperandConstraint.Any ? "" : $":{Constraint}{(Fixed >= 0 ? Fixed : "")}")}={Location}";
}
