using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Conformance;

/// <summary>What of the specification a program has in it, as the items of docs/conformance.md are called.</summary>
internal sealed class ProgramContents
{
    private readonly HashSet<string> items = [];
    private readonly HashSet<MuType> seen = [];

    private ProgramContents()
    {
    }

    public static IReadOnlySet<string> Of(Bundle bundle)
    {
        var contents = new ProgramContents();
        foreach (MuType type in bundle.Types) contents.Add(type);
        foreach (Constant constant in bundle.Constants) contents.Add(constant);
        foreach (GlobalCell cell in bundle.Globals) contents.Add(cell, ".global");
        foreach (ExposedFunction exposed in bundle.Exposed) contents.Add(exposed, ".expose");
        foreach (Function function in bundle.Functions) contents.Add(function, ".funcdecl");
        foreach (FunctionVersion version in bundle.Versions) contents.Add(version);
        return contents.items;
    }

    private void Add(Entity entity, string item)
    {
        items.Add(item);
        if (entity is Value value) Add(value.Type);
    }

    private void Add(MuType type)
    {
        if (!seen.Add(type)) return;
        items.Add(type.Kind.ToString().ToLowerInvariant());
        switch (type)
        {
            case StructType s: AddAll(s.Fields); break;
            case HybridType h:
                AddAll(h.FixedFields);
                Add(h.Element);
                break;
            case SequenceType s: Add(s.Element); break;
            case ReferenceType r: Add(r.Referent); break;
        }
    }

    private void AddAll(IEnumerable<MuType> types)
    {
        foreach (MuType type in types) Add(type);
    }

    private void Add(Constant constant)
    {
        Add(constant.Type);
        items.Add(constant switch
        {
            IntConstant => "constant-int",
            FloatConstant => "constant-float",
            DoubleConstant => "constant-double",
            NullConstant => "constant-null",
            CompositeConstant => "constant-composite",
            ExternConstant => "constant-extern",
            _ => "",
        });
    }

    private void Add(FunctionVersion version)
    {
        items.Add(".funcdef");
        AddAll(version.Function.Signature.Parameters);
        AddAll(version.Function.Signature.Results);
        foreach (BasicBlock block in version.Blocks)
        {
            AddAll(block.Parameters.Select(p => p.Type));
            if (block.ExceptionParameter is not null) items.Add("exception parameter");
            foreach (Instruction instruction in block.Instructions) Add(instruction);
        }
    }

    private void Add(Instruction instruction)
    {
        if (ConformanceTests.Keyword(instruction.GetType()) is { Length: > 0 } keyword) items.Add(keyword);
        AddAll(instruction.Results.Select(r => r.Type));
        AddAll(instruction.Operands.Select(o => o.Type));
        foreach (Constant constant in instruction.Operands.OfType<Constant>()) Add(constant);
        if (instruction.KeepAlives.Length > 0) items.Add("KEEPALIVE");
        if (instruction.HasExceptionClause && ExceptionItem(instruction) is { } clause) items.Add(clause);
        AddOperation(instruction);
        AddMemory(instruction);
        AddControl(instruction);
    }

    private static string? ExceptionItem(Instruction instruction) => instruction switch
    {
        BinaryInstruction => "EXC of division",
        NewInstruction or NewHybridInstruction => "EXC of NEW",
        AllocaInstruction or AllocaHybridInstruction => "EXC of ALLOCA",
        LoadInstruction or StoreInstruction => "EXC of LOAD and STORE",
        CompareExchangeInstruction or AtomicRmwInstruction => "EXC of CMPXCHG and ATOMICRMW",
        CommonInstruction { Op: CommonOp.NewStack } => "EXC of new_stack",
        CallInstruction or CCallInstruction or TrapInstruction or SwapStackInstruction or NewThreadInstruction => $"EXC of {ConformanceTests.Keyword(instruction.GetType())}",
        _ => null,
    };

    private void AddOperation(Instruction instruction)
    {
        switch (instruction)
        {
            case BinaryInstruction i:
                items.Add(i.Op.ToString().ToUpperInvariant());
                foreach (StatusFlags flag in Enum.GetValues<StatusFlags>())
                    if (flag != StatusFlags.None && i.Flags.HasFlag(flag)) items.Add($"#{flag}");
                break;
            case CompareInstruction i: items.Add(i.Op.ToString().ToUpperInvariant()); break;
            case ConvertInstruction i: items.Add(i.Op.ToString().ToUpperInvariant()); break;
            case CommonInstruction i: items.Add(CommonSignature.NameOf(i.Op)); break;
        }
    }

    private void AddMemory(Instruction instruction)
    {
        MemoryOrder[] orders = instruction switch
        {
            LoadInstruction i => [i.Order],
            StoreInstruction i => [i.Order],
            CompareExchangeInstruction i => [i.SuccessOrder, i.FailureOrder],
            AtomicRmwInstruction i => [i.Order],
            FenceInstruction i => [i.Order],
            _ => [],
        };
        foreach (MemoryOrder order in orders) items.Add(ConformanceTests.ItemOf(order));
        if (instruction is AtomicRmwInstruction update) items.Add(ConformanceTests.ItemOf(update.Op));
        if (instruction is CompareExchangeInstruction { IsWeak: true }) items.Add("WEAK");
        if (instruction is LoadInstruction { IsPointer: true } or StoreInstruction { IsPointer: true } or GetFieldIRefInstruction { IsPointer: true } or ShiftIRefInstruction { IsPointer: true }) items.Add("PTR");
    }

    private void AddControl(Instruction instruction)
    {
        switch (instruction)
        {
            case SwapStackInstruction i:
                items.Add(i.KillsOld ? "KILL_OLD" : "RET_WITH");
                items.Add(i.Clause.Exception is null ? "PASS_VALUES" : "THROW_EXC");
                break;
            case NewThreadInstruction { HasThreadLocal: true }: items.Add("THREADLOCAL"); break;
            case WatchpointInstruction { Destinations.Length: > 2 }: items.Add("WPEXC"); break;
            case CCallInstruction { Convention: NativeConvention.Default }: items.Add("#DEFAULT"); break;
        }
    }
}
