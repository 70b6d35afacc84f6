using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

// Statements but loops.
internal sealed partial class FunctionCompiler
{
    /// <summary>The open blocks (and generic loops, which close a value), each with the number of close scopes open at its beginning.</summary>
    private readonly List<(object Owner, int Scopes)> openBlocks = [];

    private readonly Dictionary<LuaLabel, Block> labelBlocks = [];

    private readonly HashSet<LuaLabel> placedLabels = [];

    private void Statements(Block block)
    {
        int scopes = closeScopes.Count, variables = live.Count;
        var outerVisible = visible;
        openBlocks.Add((block, scopes));
        foreach (var statement in block.Statements)
            if (statement is LabelStatement label) labelBlocks[label.Label] = block;
        for (int i = 0; i < block.Statements.Count; i++)
        {
            if (!b.IsReachable && block.Statements[i] is not LabelStatement) continue;
            Statement(block.Statements[i], block);
        }
        while (closeScopes.Count > scopes) EndCloseScope();
        visible = outerVisible;
        openBlocks.RemoveAt(openBlocks.Count - 1);
        live.RemoveRange(variables, live.Count - variables);
    }

    private void Statement(Statement statement, Block block)
    {
        if (isObserved) ObserveBegin(statement);
        switch (statement)
        {
            case LocalStatement s: Local(s); break;
            case LocalFunctionStatement s: LocalFunction(s); break;
            case AssignStatement s: Assign(s); break;
            case CallStatement s: CallList(s.Call); break;
            case DoStatement s: Statements(s.Body); break;
            case WhileStatement s: While(s); break;
            case RepeatStatement s: Repeat(s); break;
            case IfStatement s: If(s); break;
            case NumericForStatement s: NumericFor(s); break;
            case GenericForStatement s: GenericFor(s); break;
            case ReturnStatement s: Return(s); break;
            case BreakStatement: Leave(loops.Peek()); break;
            case GotoStatement s:
                if (placedLabels.Contains(s.Target.Label)) ObserveJumpBack();
                Leave(LabelOf(s.Target.Label));
                break;
            case LabelStatement s: Label(s.Label); break;
            default: throw new InvalidOperationException($"unknown statement {statement.GetType().Name}");
        }
    }

    private void Local(LocalStatement s)
    {
        var values = Adjust(s.Values, s.Variables.Count);
        if (!isObserved || s.Values.Count == 0 || s.Variables[^1].Attribute == LocalAttribute.Close) At(s.End);
        for (int i = 0; i < values.Length; i++)
        {
            Declare(s.Variables[i], values[i]);
            if (s.Variables[i].Attribute == LocalAttribute.Close) BeginCloseScope(s.Variables[i]);
        }
    }

    private void LocalFunction(LocalFunctionStatement s)
    {
        // The function sees its own variable: the cell must be there before the closure.
        Declare(s.Variable, f.Nil);
        WriteLocal(s.Variable, Closure(s.Function));
    }

    private void If(IfStatement s)
    {
        var end = b.NewLabel("endif");
        foreach (var clause in s.Clauses)
        {
            if (!b.IsReachable) break;
            var then = b.NewLabel("then");
            var next = b.NewLabel("else");
            Test(clause, then, next);
            PlaceIfTargeted(then);
            if (b.IsReachable) Statements(clause.Body);
            if (b.IsReachable) b.Jump(end);
            PlaceIfTargeted(next);
        }
        if (b.IsReachable && s.Otherwise is not null) Statements(s.Otherwise);
        PlaceIfTargeted(end);
    }

    /// <summary>A condition. For hooks, one that has a value is tested by an instruction of the line of <c>then</c>.</summary>
    private void Test(IfClause clause, Label then, Label next)
    {
        if (!isObserved || clause.Condition is BinaryExpression or UnaryExpression { Operator: UnaryOperator.Not })
        {
            Branch(clause.Condition, then, next);
            return;
        }
        if (clause.Condition is NilExpression or BooleanExpression { Value: false }) At(clause.Condition.At);
        var value = Expression(clause.Condition);
        if (clause.Condition is LocalExpression or UpvalueExpression or GlobalExpression or IndexExpression or CallExpression or MethodCallExpression) At(clause.Then);
        b.Branch(f.IsFalsy(value), next, then);
    }

    private void Assign(AssignStatement s)
    {
        if (s.Targets.Count == 1 && s.Values.Count == 1)
        {
            AssignOne(s);
            return;
        }
        // All expressions before any assignment (manual §3.3.3); PUC assigns from the right.
        var places = new (Value Table, Value Key)?[s.Targets.Count];
        for (int i = 0; i < places.Length; i++)
            if (s.Targets[i] is IndexExpression index) places[i] = (Expression(index.Object), Expression(index.Key));
        var values = Adjust(s.Values, s.Targets.Count);
        for (int i = s.Targets.Count - 1; i >= 0; i--) Store(s.Targets[i], places[i], values[i]);
    }

    private void AssignOne(AssignStatement s)
    {
        (Value, Value)? place = s.Targets[0] is IndexExpression index ? (Expression(index.Object), Expression(index.Key)) : null;
        Store(s.Targets[0], place, Expression(s.Values[0]));
    }

    private void Store(Expression target, (Value Table, Value Key)? place, Value value)
    {
        switch (target)
        {
            case LocalExpression e: WriteLocal(e.Variable, value); break;
            case UpvalueExpression e: WriteUpvalue(e.Upvalue, value); break;
            case GlobalExpression e:
            {
                var environment = Expression(e.Environment);
                var name = Cells.String(e.Name);
                At(e.At, new OperandNames(NameOf(e.Environment), Quote("global", e.Name)));
                if (e.Name.Length <= Runtime.StringObject.MaxInterned) Indexing.EmitSetName(f, runtime, SiteOf(e, StorePart), environment, name, value);
                else Indexing.EmitSet(f, runtime, SiteOf(e, StorePart), environment, name, value);
                break;
            }
            case IndexExpression e:
            {
                var (table, key) = place!.Value;
                At(e.At, new OperandNames(NameOf(e.Object), KeyName(e.Key)));
                if (IsShortName(e.Key)) Indexing.EmitSetName(f, runtime, SiteOf(e, StorePart), table, key, value);
                else Indexing.EmitSet(f, runtime, SiteOf(e, StorePart), table, key, value);
                break;
            }
            default: throw new InvalidOperationException($"cannot assign to {target.GetType().Name}");
        }
    }

    private void Return(ReturnStatement s)
    {
        // With variables to be closed there are no tail calls (manual §3.3.8).
        if (s.Values is [CallExpression or MethodCallExpression] && closeScopes.Count == 0)
        {
            TailCall(s.Values[0]);
            return;
        }
        var list = List([], s.Values);
        At(s.End);
        CloseDownTo(0);
        ObserveReturn();
        b.Return([.. list]);
    }

    /// <summary>Jumps to a label out of the blocks in between, closing their variables.</summary>
    private void Leave((Label Label, int Scopes) target)
    {
        CloseDownTo(target.Scopes);
        b.Jump(target.Label);
    }

    private (Label Label, int Scopes) LabelOf(LuaLabel label)
    {
        if (!labels.TryGetValue(label, out var target)) labels[label] = target = (b.NewLabel(label.Name), ScopesAt(label));
        return target;
    }

    /// <summary>
    /// Close scopes that will be open at a label further on, seen from a goto: those that its block had when the block inside it on the way to the goto began. (No goto jumps into the
    /// scope of a local, so what the block opens later does not count.)
    /// </summary>
    private int ScopesAt(LuaLabel label)
    {
        int block = openBlocks.FindIndex(open => ReferenceEquals(open.Owner, labelBlocks[label]));
        return block + 1 < openBlocks.Count ? openBlocks[block + 1].Scopes : closeScopes.Count;
    }

    private void Label(LuaLabel label)
    {
        var (target, _) = LabelOf(label);
        b.Place(target);
        Mark(label.At);
        if (prototype.ClosesVariables) Interruption.EmitCheck(f, runtime);
        placedLabels.Add(label);
    }
}
