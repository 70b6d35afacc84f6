using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>An SSA variable: global (constants, cells, functions) or local (block parameters, instruction results).</summary>
public abstract class Value : Entity
{
    /// <summary>The variable's type.</summary>
    public abstract MuType Type { get; }

    /// <summary>Whether the variable is in scope everywhere.</summary>
    public abstract bool IsGlobal { get; }

    /// <inheritdoc/>
    public override string ToString() => Name ?? $"{GetType().Name}#{Id}";
}

/// <summary>A local variable; it is visible in its own basic block only (the specification's goto-with-values form).</summary>
public abstract class LocalValue : Value
{
    private protected LocalValue(MuType type) => Type = type;

    /// <inheritdoc/>
    public sealed override MuType Type { get; }

    /// <inheritdoc/>
    public sealed override bool IsGlobal => false;

    /// <summary>A number free for whoever works on the function at the moment: its builder, then one pass after the other.</summary>
    public int Slot { get; set; } = -1;
}

/// <summary>A parameter of a basic block; the exception parameter is one too, of type <c>ref&lt;void&gt;</c>.</summary>
public sealed class BlockParameter(MuType type, BasicBlock block) : LocalValue(type)
{
    /// <summary>The block.</summary>
    public BasicBlock Block { get; } = block;
}

/// <summary>A result of an instruction.</summary>
public sealed class InstructionResult(MuType type, Instruction instruction, int index) : LocalValue(type)
{
    /// <summary>The instruction that gives the value.</summary>
    public Instruction Instruction { get; } = instruction;

    /// <summary>Which of its results.</summary>
    public int Index { get; } = index;
}

/// <summary>A global SSA variable.</summary>
public abstract class GlobalValue : Value
{
    /// <inheritdoc/>
    public sealed override bool IsGlobal => true;
}

/// <summary>A constant of a bundle.</summary>
public abstract class Constant(MuType type) : GlobalValue
{
    /// <inheritdoc/>
    public sealed override MuType Type { get; } = type;
}

/// <summary>An integer constant, also for uptr and ufuncptr types: the low 64 bits and the high 64 bits of a wider one.</summary>
public sealed class IntConstant(MuType type, ulong value, ulong high = 0) : Constant(type)
{
    /// <summary>The value modulo 2^n, zero-extended; the low half of a value wider than 64 bits.</summary>
    public ulong Value { get; } = type is IntType i ? value & i.Mask : value;

    /// <summary>Bits 64 and up.</summary>
    public ulong High { get; } = high;
}

/// <summary>A <c>float</c> constant.</summary>
public sealed class FloatConstant(MuType type, float value) : Constant(type)
{
    /// <summary>The value.</summary>
    public float Value { get; } = value;
}

/// <summary>A <c>double</c> constant.</summary>
public sealed class DoubleConstant(MuType type, double value) : Constant(type)
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;
}

/// <summary>NULL of a general reference type or a pointer type.</summary>
public sealed class NullConstant(MuType type) : Constant(type);

/// <summary>A struct, array or vector constant, made of other global variables.</summary>
public sealed class CompositeConstant(MuType type, params GlobalValue[] elements) : Constant(type)
{
    /// <summary>Fields or elements in order.</summary>
    public IReadOnlyList<GlobalValue> Elements { get; } = elements;
}

/// <summary>The address of a native symbol, resolved when the bundle is loaded; of a uptr or ufuncptr type.</summary>
public sealed class ExternConstant(MuType type, string symbol) : Constant(type)
{
    /// <summary>The symbol's name as the platform's linker knows it.</summary>
    public string Symbol { get; } = symbol;
}

/// <summary>A <c>tagref64</c> constant that holds an integer, a double, or NULL with a tag. An extension: the specification has none.</summary>
public sealed class TagRefConstant(MuType type, ulong word) : Constant(type)
{
    /// <summary>The encoded word (<see cref="TagRef64"/>).</summary>
    public ulong Word { get; } = word;
}

/// <summary>A global cell: permanently allocated memory, zero at first. As a value it is an <c>iref</c> to the cell.</summary>
public sealed class GlobalCell(MuType cellType) : GlobalValue
{
    /// <summary>Type of the memory.</summary>
    public MuType CellType { get; } = cellType;

    /// <inheritdoc/>
    public override MuType Type { get; } = new ReferenceType(TypeKind.IRef, cellType);
}

/// <summary>A Mu function. It may be undefined, and may be redefined: the newest version is called.</summary>
public sealed class Function(FunctionSignature signature) : GlobalValue
{
    /// <summary>Its signature.</summary>
    public FunctionSignature Signature { get; } = signature;

    /// <summary>The funcref type of the function as a value.</summary>
    public override MuType Type { get; } = new FunctionReferenceType(TypeKind.FuncRef, signature);
}

/// <summary>A Mu function exposed as a native function pointer.</summary>
public sealed class ExposedFunction(MuType type, Function function, string convention, IntConstant cookie) : GlobalValue
{
    /// <inheritdoc/>
    public override MuType Type { get; } = type;

    /// <summary>The function exposed.</summary>
    public Function Function { get; } = function;

    /// <summary>Calling convention, without the <c>#</c>.</summary>
    public string Convention { get; } = convention;

    /// <summary>The int&lt;64&gt; that <c>@uvm.native.get_cookie</c> gives inside a call.</summary>
    public IntConstant Cookie { get; } = cookie;
}
