using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

/// <summary>
/// A generator as RPython makes it (rpython/translator/generator.py): calling the function makes an object that keeps the arguments; its method <c>next</c> runs the body from where it stopped.
/// Variables that are alive where the body stops are attributes of the object: they are stored where they are defined, and loaded by every block that uses them.
/// </summary>
internal sealed class GeneratorGraph
{
    private const string State = "state";

    private readonly FlowGraph graph;
    private readonly FlowVariable self;
    private readonly HashSet<FlowVariable> kept = [];

    private GeneratorGraph(FlowGraph graph)
    {
        this.graph = graph;
        self = graph.NewVariable("self");
    }

    /// <summary>From the graph of a generator's body to the graph of the function that makes the generator.</summary>
    public static FlowGraph Build(Evaluator evaluator, PyFunction function, FlowGraph body)
    {
        var template = (PyClass)evaluator.Loader.Library(evaluator, "rt.iterators").Names["Generator"];
        var made = new PyClass($"generator {function.QualifiedName}", [BuiltinTypes.Object], function.Module.Name) { Source = function.Source };
        foreach (var (name, value) in template.Names) made.Names[name] = value is PyFunction f ? f.Copy(made) : value;
        var resumed = new GeneratorGraph(body);
        var parameters = resumed.Transform();
        ((PyFunction)made.Names["next"]).Graph = body;

        var outer = new FlowGraph(body.Name, function);
        var block = outer.NewBlock();
        foreach (var parameter in parameters) block.Parameters.Add(outer.NewVariable(parameter.Name));
        int line = function.Node.Line;
        var instance = outer.NewVariable();
        block.Operations.Add(new Operation(OpCode.Call, [new ConstantOperand(made)], instance, line) { Detail = CallShape.Plain(0) });
        for (int i = 0; i < parameters.Count; i++)
            if (resumed.kept.Contains(parameters[i])) block.Operations.Add(new Operation(OpCode.SetAttribute, [instance, block.Parameters[i]], outer.NewVariable(), line) { Detail = NameOf(parameters[i]) });
        block.Operations.Add(new Operation(OpCode.SetAttribute, [instance, new ConstantOperand(0L)], outer.NewVariable(), line) { Detail = State });
        block.End = new ReturnEnd(instance, line);
        return outer;
    }

    /// <summary>Turns the body into the method next; the parameters that it had.</summary>
    private List<FlowVariable> Transform()
    {
        var blocks = Reachable();
        var start = graph.Start;
        List<FlowVariable> parameters = [.. start.Parameters];
        FlowBlock[] resumed = [.. blocks.Where(IsYield).Select(b => ((JumpEnd)b.End!).Link.Target)];
        var live = Liveness(blocks);
        foreach (var block in resumed) kept.UnionWith(live[block]);
        kept.UnionWith(live[start]);
        kept.UnionWith(parameters.Where(p => blocks.Any(b => UsesOf(b).Contains(p))));
        foreach (var block in blocks) LoadKept(block, parameters);
        foreach (var block in blocks) StoreKept(block);
        start.Parameters.Clear();
        foreach (var block in blocks) End(block, resumed);
        Dispatch(start, resumed);
        return parameters;
    }

    private static bool IsYield(FlowBlock block) => block.Operations is [.., { Code: OpCode.Yield }];

    private static string NameOf(FlowVariable variable) => $"{variable.Name ?? "value"}_{variable.Number}";

    private List<FlowBlock> Reachable()
    {
        var reached = new HashSet<FlowBlock> { graph.Start };
        var work = new Stack<FlowBlock>(reached);
        while (work.TryPop(out var block))
            foreach (var link in block.Links)
                if (reached.Add(link.Target)) work.Push(link.Target);
        return [.. graph.Blocks.Where(reached.Contains)];
    }

    private static IEnumerable<Operand> EndOperands(FlowBlock block) =>
        block.End switch { BranchEnd e => [e.Condition], ReturnEnd e => [e.Value], RaiseEnd e => (Operand[])[e.Value], _ => [] };

    private static IEnumerable<FlowVariable> UsesOf(FlowBlock block) =>
        block.Operations.SelectMany(o => o.Operands).Concat(EndOperands(block)).Concat(block.Links.SelectMany(l => l.Arguments)).OfType<FlowVariable>();

    private static HashSet<FlowVariable> DefinitionsOf(FlowBlock block) => [.. block.Parameters, .. block.Operations.Select(o => o.Result)];

    /// <summary>What is alive where each block begins.</summary>
    private static Dictionary<FlowBlock, HashSet<FlowVariable>> Liveness(List<FlowBlock> blocks)
    {
        var live = blocks.ToDictionary(b => b, _ => new HashSet<FlowVariable>());
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (var block in blocks.AsEnumerable().Reverse())
            {
                var here = new HashSet<FlowVariable>(UsesOf(block));
                foreach (var link in block.Links) here.UnionWith(live[link.Target]);
                here.ExceptWith(DefinitionsOf(block));
                if (block.ExceptionValue is { } exception) here.Remove(exception);
                if (here.Count == live[block].Count) continue;
                live[block] = here;
                changed = true;
            }
        }
        return live;
    }

    /// <summary>Uses of kept variables that other blocks define become uses of what is loaded at the block's begin.</summary>
    private void LoadKept(FlowBlock block, List<FlowVariable> parameters)
    {
        var defined = DefinitionsOf(block);
        if (block == graph.Start) defined.ExceptWith(parameters);
        if (block.ExceptionValue is { } exception) defined.Add(exception);
        var loaded = new Dictionary<FlowVariable, FlowVariable>();
        int line = block.Operations.Count > 0 ? block.Operations[0].Line : 0;
        foreach (var variable in UsesOf(block).Distinct().ToArray())
            if (kept.Contains(variable) && !defined.Contains(variable)) loaded[variable] = graph.NewVariable(variable.Name);
        if (loaded.Count == 0) return;
        var operations = block.Operations.ConvertAll(o => new Operation(o.Code, Array.ConvertAll(o.Operands, Replace), o.Result, o.Line) { Operator = o.Operator, Detail = o.Detail });
        block.Operations.Clear();
        foreach (var (variable, value) in loaded) block.Operations.Add(new Operation(OpCode.GetAttribute, [self], value, line) { Detail = NameOf(variable) });
        block.Operations.AddRange(operations);
        block.End = block.End switch
        {
            BranchEnd e => e with { Condition = Replace(e.Condition) },
            ReturnEnd e => e with { Value = Replace(e.Value) },
            RaiseEnd e => e with { Value = Replace(e.Value) },
            var other => other,
        };
        foreach (var link in block.Links)
            for (int i = 0; i < link.Arguments.Count; i++) link.Arguments[i] = Replace(link.Arguments[i]);

        Operand Replace(Operand operand) => operand is FlowVariable v && loaded.TryGetValue(v, out var value) ? value : operand;
    }

    private void StoreKept(FlowBlock block)
    {
        if (block != graph.Start)
            foreach (var parameter in block.Parameters) Store(block, 0, parameter);
        bool endsWithLast = block.Exception is not null || block.End is NextEnd;
        for (int i = block.Operations.Count - 1; i >= 0; i--)
        {
            var result = block.Operations[i].Result;
            if (i < block.Operations.Count - 1 || !endsWithLast) Store(block, i + 1, result);
            else Store(block.End switch { NextEnd e => e.Item.Target, JumpEnd e => e.Link.Target, _ => throw new InvalidOperationException("a protected operation ends in a jump") }, 0, result);
        }
        if (block.Exception is { } handler) Store(handler.Target, 0, block.ExceptionValue!);
    }

    private void Store(FlowBlock block, int at, FlowVariable variable)
    {
        if (kept.Contains(variable)) block.Operations.Insert(at, Set(NameOf(variable), variable, 0));
    }

    private Operation Set(string name, Operand value, int line) => new(OpCode.SetAttribute, [self, value], graph.NewVariable(), line) { Detail = name };

    private void End(FlowBlock block, FlowBlock[] resumed)
    {
        if (IsYield(block))
        {
            var yield = block.Operations[^1];
            block.Operations[^1] = Set(State, new ConstantOperand(1L + Array.IndexOf(resumed, ((JumpEnd)block.End!).Link.Target)), yield.Line);
            block.End = new ReturnEnd(yield.Operands[0], yield.Line);
        }
        else if (block.End is ReturnEnd e)
        {
            block.Operations.Add(Set(State, new ConstantOperand(-1L), e.Line));
            block.End = new RaiseEnd(Stop());
        }
    }

    private static ConstantOperand Stop() => new(new PyInstance(BuiltinTypes.Exception("StopIteration")));

    /// <summary>The new start: goes to where the body stopped last.</summary>
    private void Dispatch(FlowBlock start, FlowBlock[] resumed)
    {
        int line = graph.Function.Node.Line;
        var block = graph.NewBlock();
        graph.Blocks.Remove(block);
        graph.Blocks.Insert(0, block);
        block.Parameters.Add(self);
        var state = graph.NewVariable(State);
        block.Operations.Add(new Operation(OpCode.GetAttribute, [self], state, line) { Detail = State });
        for (int i = 0; i <= resumed.Length; i++)
        {
            var isHere = graph.NewVariable();
            block.Operations.Add(new Operation(OpCode.Compare, [state, new ConstantOperand((long)i)], isHere, line) { Operator = Operator.Equal });
            var next = graph.NewBlock();
            block.End = new BranchEnd(isHere, new FlowLink(i == 0 ? start : resumed[i - 1]), new FlowLink(next));
            block = next;
        }
        block.End = new RaiseEnd(Stop());
    }
}
