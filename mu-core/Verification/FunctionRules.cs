using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>
/// Rules of function versions: blocks, edges, scope; the other parts of the class have the rules of each instruction. One pass over the instructions; a local
/// variable's Slot is its number in the version, so that scope is one comparison.
/// </summary>
internal sealed partial class FunctionRules(FindingList findings, NameRules names, TypeRules types, ConstantRules constants)
{
    private LocalValue[] locals = new LocalValue[64];
    // Variables of a type that cannot be worked with; their uses are not looked at.
    private readonly HashSet<LocalValue> unusable = [];
    private int localCount, blockStart;
    private FunctionVersion version = null!;
    private BasicBlock block = null!;
    private Instruction instruction = null!;

    /// <summary>Checks one version.</summary>
    public void Check(FunctionVersion checkedVersion)
    {
        version = checkedVersion;
        localCount = 0;
        unusable.Clear();
        findings.Place = new FindingPlace(null, version);
        bool isSignatureUsable = constants.Check(version.Function);
        if (version.Blocks.Count == 0)
        {
            findings.Add("a function has at least one block");
            return;
        }
        NumberBlocks();
        if (isSignatureUsable) CheckEntry(version.Blocks[0]);
        for (int i = 0; i < version.Blocks.Count; i++) CheckBlock(version.Blocks[i]);
        if (unusable.Count > 0) unusable.Clear();
    }

    private void NumberBlocks()
    {
        List<BasicBlock> blocks = version.Blocks;
        for (int i = 0; i < blocks.Count; i++)
        {
            BasicBlock numbered = blocks[i];
            findings.Place = new FindingPlace(null, version, numbered);
            if ((uint)numbered.Slot < (uint)i && ReferenceEquals(blocks[numbered.Slot], numbered)) findings.Add("the block is listed twice");
            else numbered.Slot = i;
            names.Check(numbered);
            if (!ReferenceEquals(numbered.Version, version)) findings.Add($"the block belongs to {EntityText.Of(numbered.Version)}");
        }
    }

    private void CheckEntry(BasicBlock entry)
    {
        findings.Place = new FindingPlace(null, version, entry);
        if (entry.ExceptionParameter is not null) findings.Add("the entry block has an exception parameter");
        IReadOnlyList<MuType> expected = version.Function.Signature.Parameters;
        if (entry.Parameters.Count != expected.Count)
        {
            findings.Add($"the entry block has {entry.Parameters.Count} parameters, the signature {EntityText.Of(version.Function.Signature)} has {expected.Count}");
            return;
        }
        for (int i = 0; i < expected.Count; i++)
            if (IsUsable(entry.Parameters[i].Type) && !SameType.Of(entry.Parameters[i].Type, expected[i]))
                findings.Add($"parameter {i}: expected {EntityText.Of(expected[i])}, found {EntityText.Of(entry.Parameters[i].Type)}");
    }

    private void CheckBlock(BasicBlock checkedBlock)
    {
        block = checkedBlock;
        blockStart = localCount;
        findings.Place = new FindingPlace(null, version, block);
        List<BlockParameter> parameters = block.Parameters;
        for (int i = 0; i < parameters.Count; i++) DefineParameter(parameters[i]);
        if (block.ExceptionParameter is { } exception)
        {
            DefineParameter(exception);
            if (!IsRefVoid(exception.Type)) findings.Add($"the exception parameter: expected ref<void>, found {EntityText.Of(exception.Type)}");
        }
        CheckInstructions(block.Instructions);
    }

    private void DefineParameter(BlockParameter parameter)
    {
        if (!ReferenceEquals(parameter.Block, block)) findings.Add($"{EntityText.Of(parameter)} belongs to another block");
        Define(parameter, IsValue(parameter.Type));
    }

    private void CheckInstructions(List<Instruction> instructions)
    {
        if (instructions.Count == 0) findings.Add("the block is empty: it does not end with a terminator");
        for (int i = 0; i < instructions.Count; i++)
        {
            instruction = instructions[i];
            findings.Place = new FindingPlace(null, version, block, i);
            names.Check(instruction);
            CheckInstruction();
            if (instruction.IsTerminator == (i == instructions.Count - 1)) continue;
            findings.Add(instruction.IsTerminator ? "a terminator inside of a block" : "the block does not end with a terminator");
        }
    }

    private void CheckInstruction()
    {
        bool isSound = CheckOperation();
        if (instruction.KeepAlives.Length > 0) CheckKeepAlives();
        if (instruction.HasExceptionClause)
        {
            CheckExceptionClause();
            CheckDestination(instruction.Destinations[1], mayCatch: true);
            DefineResults(isSound);
            CheckDestination(instruction.Destinations[0], mayCatch: false);
        }
        else if (instruction is WatchpointInstruction)
        {
            CheckDestination(instruction.Destinations[0], mayCatch: false);
            if (instruction.Destinations.Length > 2) CheckDestination(instruction.Destinations[2], mayCatch: true);
            DefineResults(isSound);
            CheckDestination(instruction.Destinations[1], mayCatch: false);
        }
        else
        {
            foreach (Destination destination in instruction.Destinations) CheckDestination(destination, mayCatch: false);
            DefineResults(isSound);
        }
    }

    private void CheckExceptionClause()
    {
        bool mayFail = instruction switch
        {
            BinaryInstruction b => b.IsIntegerDivision,
            CommonInstruction c => c.Op == CommonOp.NewStack || MetaSignature.Of(c.Op) is not null,
            CallInstruction or CCallInstruction or TrapInstruction or SwapStackInstruction or NewThreadInstruction => true,
            NewInstruction or NewHybridInstruction or AllocaInstruction or AllocaHybridInstruction => true,
            LoadInstruction or StoreInstruction or CompareExchangeInstruction or AtomicRmwInstruction => true,
            _ => false,
        };
        if (!mayFail) findings.Add($"{InstructionText.Operation(instruction)} cannot have an EXC clause");
    }

    private void CheckKeepAlives()
    {
        if (instruction is not (CallInstruction or CCallInstruction or TrapInstruction or WatchpointInstruction or SwapStackInstruction))
            findings.Add($"{InstructionText.Operation(instruction)} cannot have a KEEPALIVE clause: it is no OSR point");
        foreach (Value value in instruction.KeepAlives)
        {
            if (value is LocalValue local) IsInScope(local);
            else findings.Add($"KEEPALIVE takes local variables, found {EntityText.Of(value)}");
        }
    }

    private void CheckDestination(Destination destination, bool mayCatch)
    {
        BasicBlock target = destination.Target;
        if ((uint)target.Slot >= (uint)version.Blocks.Count || !ReferenceEquals(version.Blocks[target.Slot], target))
        {
            findings.Add($"the destination {TargetText(target)} is no block of this version");
            return;
        }
        if (!mayCatch && target.ExceptionParameter is not null) findings.Add($"{TargetText(target)} has an exception parameter, and this edge brings no exception");
        Value[] arguments = destination.Arguments;
        if (arguments.Length != target.Parameters.Count)
        {
            findings.Add($"{TargetText(target)} has {target.Parameters.Count} parameters, {arguments.Length} arguments are passed");
            return;
        }
        for (int i = 0; i < arguments.Length; i++)
        {
            MuType expected = target.Parameters[i].Type;
            if (ReferenceEquals(arguments[i].Type, expected)) IsSound(arguments[i]);
            else if (IsUsable(expected)) Expect(arguments[i], expected, "argument of a destination");
        }
    }

    private static string TargetText(BasicBlock target) => target.Name is { } name ? $"@{name}" : $"block {target.Slot}";

    // Variables

    private void DefineResults(bool isSound)
    {
        InstructionResult[] results = instruction.Results;
        for (int i = 0; i < results.Length; i++) Define(results[i], isSound);
    }

    private void Define(LocalValue local, bool isSound)
    {
        if ((uint)local.Slot < (uint)localCount && ReferenceEquals(locals[local.Slot], local))
        {
            findings.Add($"{EntityText.Of(local)} is defined twice");
            return;
        }
        names.Check(local);
        if (localCount == locals.Length) Array.Resize(ref locals, 2 * localCount);
        local.Slot = localCount;
        locals[localCount++] = local;
        if (!isSound) unusable.Add(local);
    }

    private bool IsInScope(LocalValue local)
    {
        int slot = local.Slot;
        if ((uint)slot < (uint)localCount && slot >= blockStart && ReferenceEquals(locals[slot], local)) return true;
        findings.Add($"{EntityText.Of(local)} is not defined in this block before its use");
        return false;
    }

    /// <summary>Whether a used variable is in scope and its type can be worked with. If not, that has been said.</summary>
    private bool IsSound(Value value) => value is LocalValue local
        ? IsInScope(local) && (unusable.Count == 0 || !unusable.Contains(local))
        : value.IsVerified || constants.Check((GlobalValue)value);

    // Types

    /// <summary>Whether a type can be worked with.</summary>
    private bool IsUsable(MuType type) => type.IsVerified || types.Check(type);

    private bool IsUsable(FunctionSignature signature) => signature.IsVerified || types.Check(signature);

    /// <summary>Whether there are SSA variables of a type; a finding if not.</summary>
    private bool IsValue(MuType type)
    {
        if (!IsUsable(type)) return false;
        if (!types.IsValueType(type))
        {
            findings.Add($"there are no values of type {EntityText.Of(type)}");
            return false;
        }
        return true;
    }

    private bool AreValues(MuType[] list)
    {
        bool areValues = true;
        foreach (MuType type in list) areValues &= IsValue(type);
        if (areValues) types.CheckWords(list, "passed values");
        return areValues;
    }

    private static bool IsRefVoid(MuType type) => type is ReferenceType { Kind: TypeKind.Ref, IsComplete: true, Referent.Kind: TypeKind.Void };

    /// <summary>The type itself, or a vector's element: what an element-wise operation works on.</summary>
    private static MuType Lane(MuType type) => type is SequenceType { Kind: TypeKind.Vector } vector ? vector.Element : type;

    // Operands

    private bool Expect(Value value, MuType type, string role)
    {
        if (!IsSound(value)) return false;
        if (ReferenceEquals(value.Type, type) || SameType.Of(value.Type, type)) return true;
        Mismatch(value, EntityText.Of(type), role);
        return false;
    }

    private void Expect(Value value, bool fits, string expected, string role)
    {
        if (!fits) Mismatch(value, expected, role);
    }

    private void Mismatch(Value value, string expected, string role) =>
        findings.Add($"{role} {EntityText.Of(value)}: expected {expected}, found {EntityText.Of(value.Type)}");

    private void ExpectAll(ReadOnlySpan<Value> values, IReadOnlyList<MuType> expected, string role)
    {
        if (values.Length != expected.Count)
        {
            findings.Add($"{role}s: expected {expected.Count}, found {values.Length}");
            return;
        }
        for (int i = 0; i < values.Length; i++) Expect(values[i], expected[i], role);
    }

    private void ExpectKind(Value value, TypeKind kind, string expected, string role)
    {
        if (IsSound(value)) Expect(value, value.Type.Kind == kind, expected, role);
    }

    /// <summary>A reference of a kind to a type.</summary>
    private void ExpectReference(Value value, TypeKind kind, MuType referent, string role)
    {
        if (!IsSound(value)) return;
        bool fits = value.Type is ReferenceType r && r.Kind == kind && (ReferenceEquals(r.Referent, referent) || SameType.Of(r.Referent, referent));
        if (!fits) Mismatch(value, $"{kind.ToString().ToLowerInvariant()}<{EntityText.Of(referent)}>", role);
    }

    private void ExpectFunction(Value value, TypeKind kind, FunctionSignature signature)
    {
        if (!IsSound(value)) return;
        bool fits = value.Type is FunctionReferenceType f && f.Kind == kind && SameType.Of(f.Signature, signature);
        if (!fits) Mismatch(value, $"{kind.ToString().ToLowerInvariant()}<{EntityText.Of(signature)}>", "callee");
    }

    /// <summary>An integer of a type that the instruction names, as indices, offsets and lengths are.</summary>
    private void ExpectInteger(Value value, MuType type, string role)
    {
        if (!IsUsable(type)) return;
        if (type.Kind != TypeKind.Int) findings.Add($"{role}: expected an int type, found {EntityText.Of(type)}");
        else Expect(value, type, role);
    }
}
