using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;

namespace Mu.RPython.Lowering;

// Small functions are lowered where they are called, as RPython's translator does it (rpython/translator/backendopt/inline.py): what a call costs, its poll of the
// stack's limit included, is more than what getters, and most methods of small classes, do.
internal sealed partial class FunctionLowering
{
    /// <summary>The weight up to which a function is lowered where it is called.</summary>
    private const int SmallWeight = 16;

    private const int MaxDepth = 4;

    /// <summary>What a function takes in as a whole.</summary>
    private const int MaxTakenIn = 4000;

    private readonly FunctionLowering? caller;
    private Label? returnTo;
    private int takenIn;
    private bool returns;

    private FunctionLowering(FunctionLowering caller, AnnotatedFunction target)
    {
        program = caller.program;
        function = target;
        b = caller.b;
        this.caller = caller;
    }

    /// <summary>A call of a known function; the value is of the function's result type.</summary>
    private Value CallOrInline(AnnotatedFunction target, Value[] arguments)
    {
        int weight = program.WeightOf(target, () => new FunctionLowering(this, target).Weight());
        var root = this;
        int depth = 0;
        for (var f = this; f is not null; f = f.caller)
        {
            if (f.function == target || ++depth > MaxDepth) weight = int.MaxValue;
            root = f;
        }
        if (weight > SmallWeight || root.takenIn + weight > MaxTakenIn) return b.CallOne(program.FunctionOf(target), arguments);
        root.takenIn += weight;
        return new FunctionLowering(this, target).Inline(arguments);
    }

    private Value Inline(Value[] arguments)
    {
        scope = program.Sources.ScopeOf(function, b.SourceTag);
        returnTo = b.NewLabel();
        var result = b.AddParameter(returnTo, Types.Of(function.Result.Value));
        LowerBlocks(arguments);
        caller!.MarkSource();
        if (returns) b.Place(returnTo);
        return returns ? result : Zero(result.Type);
    }

    /// <summary>What the function does, in operations; no function with loops is small, nor one that does not return.</summary>
    private int Weight()
    {
        if (function.Result.Value is SomeImpossible || function.Graph.Blocks.Sum(l => l.Operations.Count) > 8 * SmallWeight) return int.MaxValue;
        var blocks = ReachedBlocks();
        if (HasLoop(function.Graph.Start, [], []) || !blocks.Exists(l => l.End is ReturnEnd)) return int.MaxValue;
        // What raises is behind the function's code.
        blocks.RemoveAll(l => l.End is RaiseEnd);
        return blocks.Count / 2 + blocks.SelectMany(l => l.Operations).Sum(Weight);
    }

    private static int Weight(Operation o) => (o.Code, o.Plan) switch
    {
        (_, ConstantPlan) => 0,
        (OpCode.NarrowToInstance or OpCode.NarrowToNone or OpCode.NarrowToObject or OpCode.NarrowToAtLeast, _) => 0,
        (_, DirectPlan or VirtualPlan or IndirectPlan or InstantiatePlan) => 4,
        (_, InstantiateAnyPlan) or (OpCode.Iterate or OpCode.Next, _) => SmallWeight + 1,
        (OpCode.GetItem or OpCode.SetItem or OpCode.NewTuple, _) => 2,
        (OpCode.Append or OpCode.NewList or OpCode.NewDict, _) => 5,
        (_, BuiltinPlan { Name: "list_append" }) => 5,
        _ => 1,
    };

    private bool HasLoop(FlowBlock block, HashSet<FlowBlock> entered, HashSet<FlowBlock> left)
    {
        if (left.Contains(block)) return false;
        if (!entered.Add(block)) return true;
        foreach (var link in TakenLinks(block))
            if (HasLoop(link.Target, entered, left)) return true;
        left.Add(block);
        return false;
    }
}
