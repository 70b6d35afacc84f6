using System.Text;
using Mu.RPython.Annotation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

/// <summary>What operations work on.</summary>
internal abstract class Operand;

/// <summary>A host object known when the graph is built.</summary>
internal sealed class ConstantOperand(object value) : Operand
{
    public static readonly ConstantOperand None = new(PyNone.Value);

    public object Value { get; } = value;

    public override string ToString() => HostText.Repr(Value);
}

/// <summary>What a local variable is before it is bound.</summary>
internal sealed class UndefinedOperand(string name) : Operand
{
    public string Name { get; } = name;

    public override string ToString() => $"{Name} unbound";
}

/// <summary>A value computed at run time: defined once, used wherever its definition dominates.</summary>
internal sealed class FlowVariable(string? name, int number) : Operand
{
    /// <summary>The variable of the source, for messages and dumps.</summary>
    public string? Name { get; } = name;

    public int Number { get; } = number;

    /// <summary>What annotation has found out so far; null before it came here.</summary>
    public SomeValue? Annotation { get; set; }

    public override string ToString() => $"{Name ?? "v"}{Number}";
}

/// <summary>The operations of flow graphs.</summary>
internal enum OpCode
{
    /// <summary>An arithmetic operator, in <see cref="Operation.Operator"/>.</summary>
    Binary,
    /// <summary>One that raises OverflowError (ovfcheck).</summary>
    BinaryChecked,
    Unary,
    UnaryChecked,
    Compare,
    /// <summary>Truth value.</summary>
    Truth,
    Not,
    /// <summary>str(), with a format letter as detail.</summary>
    Str,
    GetAttribute,
    SetAttribute,
    GetItem,
    SetItem,
    DeleteItem,
    GetSlice,
    SetSlice,
    DeleteSlice,
    NewList,
    NewTuple,
    NewDict,
    Append,
    /// <summary>Operand 0 is called with the rest; <see cref="CallShape"/> is the detail.</summary>
    Call,
    Iterate,
    Next,
    /// <summary>Of a generator: stops with a value. Gone when the graph is finished.</summary>
    Yield,
    /// <summary>The operand, known to be an instance of the detail's class.</summary>
    NarrowToInstance,
    /// <summary>The operand, known not to be None.</summary>
    NarrowToObject,
    /// <summary>The operand, known to be None.</summary>
    NarrowToNone,
    /// <summary>The operand, known to be no less than the second.</summary>
    NarrowToAtLeast,
    /// <summary>Whether an exception is an instance of the detail's class.</summary>
    Matches,
    /// <summary>An exception from what <c>raise</c> names: an instance, or a class to be called.</summary>
    ToException,
    /// <summary>What is no RPython; the detail is the <see cref="CompileException"/>. Where annotation does not come, nobody minds.</summary>
    Wrong,
}

/// <summary>How the operands of a call are passed.</summary>
internal sealed record CallShape(int Positional, string[] Keywords, bool HasStar)
{
    /// <summary>Whether a for loop goes over the result and nothing else sees it, so that an iterator need not be an object.</summary>
    public bool IsLoopSource { get; init; }

    public static CallShape Plain(int positional) => new(positional, [], false);
}

internal sealed class Operation(OpCode code, Operand[] operands, FlowVariable result, int line)
{
    public OpCode Code { get; } = code;

    public Operand[] Operands { get; } = operands;

    public FlowVariable Result { get; } = result;

    public int Line { get; } = line;

    public Operator Operator { get; init; }

    public object? Detail { get; init; }

    /// <summary>What annotation decided that lowering has to do: a <see cref="CallPlan"/> or null.</summary>
    public CallPlan? Plan { get; set; }

    /// <summary>Whether an exception can leave the operation; known when it is annotated.</summary>
    public bool CanRaise => Code switch
    {
        OpCode.Binary => Plan is not null || Operator is Operator.FloorDivide or Operator.Divide or Operator.Modulo or Operator.Power,
        OpCode.Unary or OpCode.Compare or OpCode.GetAttribute or OpCode.SetAttribute or OpCode.GetSlice or OpCode.SetSlice or OpCode.DeleteSlice => Plan is not (null or ConstantPlan or RawPlan),
        _ => true,
    };

    public override string ToString()
    {
        string what = Code is OpCode.Binary or OpCode.BinaryChecked or OpCode.Unary or OpCode.UnaryChecked or OpCode.Compare ? $"{Code}.{Operator}" : Code.ToString();
        return $"{Result} = {what}({string.Join(", ", Operands.AsEnumerable())}){(Detail is null or CallShape { Keywords.Length: 0, HasStar: false } ? "" : $" [{Detail}]")}";
    }
}

internal sealed class FlowLink(FlowBlock target)
{
    public FlowBlock Target { get; set; } = target;

    /// <summary>Values of the target's parameters.</summary>
    public List<Operand> Arguments { get; } = [];

    public override string ToString() => $"block{Target.Number}({string.Join(", ", Arguments)})";
}

/// <summary>How a block ends.</summary>
internal abstract record FlowEnd
{
    public abstract IEnumerable<FlowLink> Links { get; }
}

internal sealed record JumpEnd(FlowLink Link) : FlowEnd
{
    public override IEnumerable<FlowLink> Links => [Link];

    public override string ToString() => $"goto {Link}";
}

internal sealed record BranchEnd(Operand Condition, FlowLink Yes, FlowLink No) : FlowEnd
{
    public override IEnumerable<FlowLink> Links => [Yes, No];

    public override string ToString() => $"if {Condition} goto {Yes} else {No}";
}

/// <summary>The last operation is a Next: whether there was an item.</summary>
internal sealed record NextEnd(FlowLink Item, FlowLink Done) : FlowEnd
{
    public override IEnumerable<FlowLink> Links => [Item, Done];

    public override string ToString() => $"next: {Item} done: {Done}";
}

internal sealed record ReturnEnd(Operand Value, int Line) : FlowEnd
{
    public override IEnumerable<FlowLink> Links => [];

    public override string ToString() => $"return {Value}";
}

internal sealed record RaiseEnd(Operand Value) : FlowEnd
{
    public override IEnumerable<FlowLink> Links => [];

    public override string ToString() => $"raise {Value}";
}

internal sealed class FlowBlock(int number)
{
    public int Number { get; } = number;

    public List<FlowVariable> Parameters { get; } = [];

    public List<Operation> Operations { get; } = [];

    public FlowEnd? End { get; set; }

    /// <summary>Where an exception of the last operation goes; null for the caller.</summary>
    public FlowLink? Exception { get; set; }

    /// <summary>The exception on that edge.</summary>
    public FlowVariable? ExceptionValue { get; set; }

    public IEnumerable<FlowLink> Links => Exception is null ? End!.Links : End!.Links.Append(Exception);
}

/// <summary>The flow graph of a function, for one specialisation of it.</summary>
internal sealed class FlowGraph(string name, PyFunction function)
{
    private int variables;

    public string Name { get; } = name;

    public PyFunction Function { get; } = function;

    public List<FlowBlock> Blocks { get; } = [];

    public FlowBlock Start => Blocks[0];

    public FlowVariable NewVariable(string? name = null) => new(name, variables++);

    public FlowBlock NewBlock()
    {
        var block = new FlowBlock(Blocks.Count);
        Blocks.Add(block);
        return block;
    }

    /// <summary>The graph as text, with what annotation found.</summary>
    public string Dump(bool withTypes)
    {
        var text = new StringBuilder($"{Name} ({Function.Source})\n");
        foreach (var block in Blocks)
        {
            if (block.End is null) continue;
            text.Append($"block{block.Number}({string.Join(", ", block.Parameters.Select(Show))}):\n");
            foreach (var operation in block.Operations)
                text.Append($"  {operation}{(withTypes ? $"   : {operation.Result.Annotation?.ToString() ?? "unreached"}" : "")}   # line {operation.Line}\n");
            text.Append($"  {block.End}{(block.Exception is null ? "" : $" except {block.ExceptionValue}: {block.Exception}")}\n");
        }
        return text.ToString();

        string Show(FlowVariable v) => withTypes ? $"{v}: {v.Annotation?.ToString() ?? "unreached"}" : v.ToString();
    }
}
