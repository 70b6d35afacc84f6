using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

/// <summary>
/// Makes the flow graph of a function by abstract interpretation of its body: what is known is computed at once, branches not taken for known conditions are left out,
/// loops over unrolling iterables are unrolled; the rest becomes operations.
/// </summary>
internal sealed partial class FlowBuilder
{
    private readonly Evaluator evaluator;
    private readonly PyFunction function;
    private readonly FlowGraph graph;
    private readonly Dictionary<FlowVariable, Fact> facts = [];
    private readonly Stack<LoopTargets> loops = new();
    private readonly Stack<Protection> protections = new();
    private FlowState state = new();
    private FlowBlock? current;
    private readonly bool isGenerator;
    private int temporaries;
    private int line;

    private FlowBuilder(Evaluator evaluator, PyFunction function, FlowGraph graph)
    {
        this.evaluator = evaluator;
        this.function = function;
        this.graph = graph;
        isGenerator = function.Node.Scope.IsGenerator;
    }

    /// <summary>What a condition says about a variable.</summary>
    private sealed record Fact(FactKind Kind, FlowVariable Subject, PyClass? Class, bool IsNegated)
    {
        /// <summary>Of an order: what is no less than what when the condition holds, and when it does not.</summary>
        public ((Operand High, Operand Low) Holds, (Operand High, Operand Low) Fails) Order { get; init; }

        public Fact Negate() => this with { IsNegated = !IsNegated };
    }

    private enum FactKind
    {
        IsInstance,
        IsNone,
        IsTrue,
        IsOrdered,
    }

    /// <summary>Where break and continue go, and how many protections are open around the loop.</summary>
    private sealed record LoopTargets(JoinPoint Break, Action Continue, int Protections);

    /// <summary>A try statement around the code being built: handlers, or a finally clause.</summary>
    private sealed record Protection(JoinPoint? Handler, Statement[]? Finally);

    /// <summary>Builds a graph; parameters in <paramref name="constants"/> are known. The graph's parameters are the function's, then *args as single parameters.</summary>
    public static FlowGraph Build(Evaluator evaluator, PyFunction function, string name, IReadOnlyDictionary<int, object> constants, int starArguments)
    {
        var graph = new FlowGraph(name, function);
        var builder = new FlowBuilder(evaluator, function, graph);
        builder.Run(constants, starArguments);
        DeadParameters.Remove(graph);
        return builder.isGenerator ? GeneratorGraph.Build(evaluator, function, graph) : graph;
    }

    private void Run(IReadOnlyDictionary<int, object> constants, int starArguments)
    {
        var node = function.Node;
        current = graph.NewBlock();
        line = node.Line;
        for (int i = 0; i < node.Parameters.Length; i++)
        {
            string name = node.Parameters[i].NameAt(i);
            var parameter = graph.NewVariable(name);
            current.Parameters.Add(parameter);
            state.Locals[name] = constants.TryGetValue(i, out var known) ? new ConstantOperand(known) : parameter;
        }
        if (node.Rest is { } rest)
        {
            var items = new Operand[starArguments];
            for (int i = 0; i < starArguments; i++)
            {
                var parameter = graph.NewVariable($"{rest}_{i}_");
                current.Parameters.Add(parameter);
                items[i] = constants.TryGetValue(node.Parameters.Length + i, out var known) ? new ConstantOperand(known) : parameter;
            }
            state.Locals[rest] = Tuple(items);
        }
        if (node.Keywords is not null) throw Error("**keywords are not RPython");
        for (int i = 0; i < node.Parameters.Length; i++)
            if (node.Parameters[i].Target is TupleExpression pattern) Assign(pattern, state.Locals[node.Parameters[i].NameAt(i)]);
        Build(node.Body);
        if (current is not null) EndBlock(new ReturnEnd(ConstantOperand.None, line));
    }

    private CompileException Error(string message) => new(new SourceLine(function.Module.File, line), message);

    private FlowBlock Block => current ?? throw new InvalidOperationException("operation in unreachable code");

    private void EndBlock(FlowEnd end)
    {
        Block.End = end;
        current = null;
    }

    /// <summary>Goes to a join point.</summary>
    private void GoTo(JoinPoint target)
    {
        if (current is not null) EndBlock(new JumpEnd(target.From(state)));
    }

    /// <summary>Continues at a join point, if anything leads there.</summary>
    private void Place(JoinPoint point)
    {
        if (current is not null) throw new InvalidOperationException("a block is open");
        if (!point.IsReached) return;
        state = point.Join();
        current = point.Block;
    }

    private void StartBlock(FlowBlock block, FlowState with)
    {
        current = block;
        state = with;
    }

    private string NewTemporary() => $".{temporaries++}";

    private Operand Emit(OpCode code, Operand[] operands, Operator op = default, object? detail = null)
    {
        foreach (var operand in operands)
            if (operand is UndefinedOperand undefined) throw Error($"local variable '{undefined.Name}' may be used before it is bound");
        var result = graph.NewVariable();
        Block.Operations.Add(new Operation(code, operands, result, line) { Operator = op, Detail = detail });
        if (CanRaise(code)) Protect();
        return result;
    }

    /// <summary>Inside a try statement, ends the block after an operation that can raise.</summary>
    private void Protect()
    {
        if (Handler is not { } handler) return;
        var block = Block;
        RaiseTo(handler, block);
        var next = graph.NewBlock();
        EndBlock(new JumpEnd(new FlowLink(next)));
        current = next;
    }

    private void RaiseTo(JoinPoint handler, FlowBlock block)
    {
        var exception = graph.NewVariable("exception");
        var raised = state.Copy();
        raised.Locals[ExceptionName] = exception;
        block.ExceptionValue = exception;
        block.Exception = handler.From(raised);
    }

    private const string ExceptionName = ".exception";

    /// <summary>The innermost handler in force.</summary>
    private JoinPoint? Handler => protections.FirstOrDefault(p => p.Handler is not null)?.Handler;

    /// <summary>Also operations that raise only where annotation makes a call of them (<see cref="Operation.CanRaise"/>).</summary>
    private static bool CanRaise(OpCode code) => code is OpCode.Binary or OpCode.Unary or OpCode.Compare or OpCode.GetAttribute or OpCode.SetAttribute or OpCode.GetSlice or OpCode.SetSlice or OpCode.DeleteSlice
        or OpCode.BinaryChecked or OpCode.UnaryChecked or OpCode.GetItem or OpCode.SetItem or OpCode.DeleteItem or OpCode.Call or OpCode.Iterate or OpCode.ToException or OpCode.Str;
}
