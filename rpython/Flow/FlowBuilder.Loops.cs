using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

// for loops and comprehensions.
internal sealed partial class FlowBuilder
{
    /// <summary>A for loop, up to where its ways out join.</summary>
    private JoinPoint For(Expression target, Expression source, Action body, Statement[] otherwise, Node[] inside)
    {
        if (BuiltinCall(source) is { } call)
            switch (call.Name)
            {
                case "range" or "xrange" when isGenerator:
                    Operand[] bounds = Array.ConvertAll(call.Arguments, Evaluate);
                    if (bounds.Length == 1) bounds = [new ConstantOperand(0L), bounds[0]];
                    if (bounds.Length == 2) bounds = [.. bounds, new ConstantOperand(1L)];
                    return Loop(target, [Emit(OpCode.Iterate, [Call(LibraryFunction("rt.iterators", "RangeIterator"), bounds)])], null, body, otherwise, inside);
                case "range" or "xrange":
                    return Loop(target, [Emit(OpCode.Iterate, Array.ConvertAll(call.Arguments, Evaluate), detail: "range")], null, body, otherwise, inside);
                case "enumerate":
                    var first = call.Arguments.Length > 1 ? Evaluate(call.Arguments[1]) : new ConstantOperand(0L);
                    return Loop(target, [Iterator(call.Arguments[0])], first, body, otherwise, inside);
                case "zip":
                    return Loop(target, [.. call.Arguments.Select(Iterator)], null, body, otherwise, inside);
                case "reversed":
                    return Loop(target, [isGenerator ? Emit(OpCode.Iterate, [Call(new ConstantOperand(Builtins.All["reversed"]), [Evaluate(call.Arguments[0])])]) : Emit(OpCode.Iterate, [Evaluate(call.Arguments[0])], detail: "reversed")], null, body, otherwise, inside);
            }
        var value = LoopSource(source);
        if (value is ConstantOperand { Value: PyUnrolling u }) return Unroll(target, Array.ConvertAll(u.Items, i => (Operand)new ConstantOperand(i)), body, otherwise);
        if (KnownItems(value) is { } items) return Unroll(target, items, body, otherwise);
        return Loop(target, [Iterator(value)], null, body, otherwise, inside);
    }

    private Operand Iterator(Expression source) => Iterator(LoopSource(source));

    /// <summary>What a loop goes over. In a generator it must survive where the body stops, so that it is an object.</summary>
    private Operand Iterator(Operand value) => Emit(OpCode.Iterate, [isGenerator ? Call(new ConstantOperand(Builtins.All["iter"]), [value]) : value]);

    private Operand LoopSource(Expression source) => source is CallExpression call && !isGenerator ? Call(call, isLoopSource: true) : Evaluate(source);

    /// <summary>A call of a built-in function by its name, without keywords.</summary>
    private (string Name, Expression[] Arguments)? BuiltinCall(Expression expression) =>
        expression is CallExpression { Keywords.Length: 0, Star: null, DoubleStar: null, Function: NameExpression name } call
        && !state.Locals.ContainsKey(name.Name) && Lookup(name.Name) is PyBuiltin builtin ? (builtin.Name, call.Arguments) : null;

    private JoinPoint Unroll(Expression target, Operand[] items, Action body, Statement[] otherwise)
    {
        var end = new JoinPoint(graph);
        foreach (var item in items)
        {
            if (current is null) break;
            var next = new JoinPoint(graph);
            Assign(target, item);
            loops.Push(new LoopTargets(end, () => GoTo(next), protections.Count));
            body();
            loops.Pop();
            GoTo(next);
            Place(next);
        }
        if (current is not null) Build(otherwise);
        GoTo(end);
        return end;
    }

    /// <summary>A loop over one iterator, or over several side by side (zip); with a counter for enumerate.</summary>
    private JoinPoint Loop(Expression target, Operand[] iterators, Operand? counter, Action body, Statement[] otherwise, Node[] inside)
    {
        JoinPoint done = new(graph), end = new(graph);
        string? counterName = counter is null ? null : NewTemporary();
        if (counterName is not null) state.Locals[counterName] = counter!;
        string[] names = [.. FunctionScope.BoundBy([new ForStatement(line, target, new NameExpression(line, "."), [], []), .. inside]), .. counterName is null ? Array.Empty<string>() : [counterName]];
        var back = LoopHead([.. names.Where(n => !function.Node.Scope.Globals.Contains(n))]);
        int head = line;
        var items = new Operand[iterators.Length];
        for (int i = 0; i < iterators.Length; i++) items[i] = Next(iterators[i], done);
        var value = items.Length == 1 ? items[0] : Tuple(items);
        if (counterName is not null)
        {
            var index = state.Locals[counterName];
            state.Locals[counterName] = Emit(OpCode.Binary, [index, new ConstantOperand(1L)], Operator.Add);
            value = Tuple([index, value]);
        }
        Assign(target, value);
        loops.Push(new LoopTargets(end, back, protections.Count));
        body();
        if (current is not null) back();
        loops.Pop();
        line = head;
        Place(done);
        if (counterName is not null) state.Locals.Remove(counterName);
        Build(otherwise);
        GoTo(end);
        return end;
    }

    private Operand Next(Operand iterator, JoinPoint done)
    {
        var result = graph.NewVariable();
        Block.Operations.Add(new Operation(OpCode.Next, [iterator], result, line));
        if (Handler is { } handler) RaiseTo(handler, Block);
        var next = graph.NewBlock();
        EndBlock(new NextEnd(new FlowLink(next), done.From(state)));
        current = next;
        return result;
    }

    private Operand Comprehension(ComprehensionExpression e)
    {
        if (e.Kind == ComprehensionKind.Set) throw Error("set comprehensions are not RPython");
        var result = Emit(e.Kind == ComprehensionKind.Dict ? OpCode.NewDict : OpCode.NewList, []);
        var saved = state.Copy();
        Clause(0);
        if (e.Kind != ComprehensionKind.List)
            foreach (string name in e.Clauses.SelectMany(c => FunctionScope.BoundBy(new ForStatement(line, c.Target, c.Source, [], []))))
                if (saved.Locals.TryGetValue(name, out var old)) state.Locals[name] = old;
                else state.Locals.Remove(name);
        return result;

        void Clause(int index)
        {
            if (current is null) return;
            if (index == e.Clauses.Length)
            {
                if (e.Kind == ComprehensionKind.Dict) Emit(OpCode.SetItem, [result, Evaluate(e.Element), Evaluate(e.Value!)]);
                else Emit(OpCode.Append, [result, Evaluate(e.Element)]);
                return;
            }
            var clause = e.Clauses[index];
            Node[] inside = [e.Element, e.Value ?? e.Element, .. e.Clauses.Skip(index).Select(c => new ForStatement(line, c.Target, c.Source, [], [])), .. e.Clauses.SelectMany(c => c.Conditions)];
            Place(For(clause.Target, clause.Source, () =>
            {
                JoinPoint? skip = clause.Conditions.Length > 0 ? new JoinPoint(graph) : null;
                foreach (var condition in clause.Conditions)
                {
                    if (current is null) break;
                    var yes = new JoinPoint(graph);
                    Branch(condition, yes, skip!);
                    Place(yes);
                }
                Clause(index + 1);
                if (skip is null) return;
                GoTo(skip);
                Place(skip);
            }, [], inside));
        }
    }
}
