using System.Numerics;
using Mu.RPython.Evaluation;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Flow;

// Calls, and string formatting, which becomes calls.
internal sealed partial class FlowBuilder
{
    /// <summary>Functions whose calls with constants are computed now.</summary>
    private static readonly HashSet<string> Foldable =
    [
        "len", "isinstance", "issubclass", "hasattr", "callable", "chr", "ord", "unichr", "hex", "oct", "abs", "min", "max", "divmod", "pow", "round", "repr", "cmp", "buffer",
        "_mu.intmask", "_mu.sqrt", "_mu.widen",
    ];

    private static readonly HashSet<PyClass> FoldableTypes =
    [
        BuiltinTypes.Int, BuiltinTypes.Float, BuiltinTypes.Str, BuiltinTypes.Bool, BuiltinTypes.Long, BuiltinTypes.Tuple, BuiltinTypes.Unicode,
        BuiltinTypes.Complex, BuiltinTypes.RUInt, BuiltinTypes.RInt32, BuiltinTypes.RUInt32, BuiltinTypes.Type,
    ];

    private Operand Call(CallExpression e, bool isLoopSource = false)
    {
        var callee = Evaluate(e.Function);
        if (IsHintOfJit(callee)) return ConstantOperand.None;
        // The keywords of hint() are for RPython's JIT.
        if (callee is ConstantOperand { Value: PyBuiltin { Name: "_mu.hint" } } && e.Arguments.Length > 0) return Evaluate(e.Arguments[0]);
        if (callee is ConstantOperand { Value: PyBuiltin { Name: "print" } }) return PrintFunction(e);
        if (callee is ConstantOperand { Value: PyBuiltin { Name: "_mu.ovfcheck" } } && e.Arguments.Length == 1 && Checked(e.Arguments[0]) is { } checkedResult) return checkedResult;
        var operands = new List<Operand>();
        foreach (var argument in e.Arguments) operands.Add(Evaluate(argument));
        int positional = operands.Count;
        foreach (var (_, value) in e.Keywords) operands.Add(Evaluate(value));
        bool hasStar = false;
        if (e.Star is not null)
        {
            var star = Evaluate(e.Star);
            if (KnownItems(star) is { } items)
            {
                operands.InsertRange(positional, items);
                positional += items.Length;
            }
            else
            {
                operands.Add(star);
                hasStar = true;
            }
        }
        if (e.DoubleStar is not null) throw Error("calls with **keywords are not RPython");
        line = e.Line;
        return Call(callee, [.. operands], new CallShape(positional, Array.ConvertAll(e.Keywords, k => k.Name), hasStar) { IsLoopSource = isLoopSource });
    }

    /// <summary>jit_merge_point and its kin do nothing, and their arguments have no effects.</summary>
    private static bool IsHintOfJit(Operand callee) => callee is ConstantOperand { Value: PyMethod { Self: PyInstance driver } } && Annotation.Annotator.IsJitDriver(driver.Class);

    /// <summary>ovfcheck of an operation: the operation with overflow check.</summary>
    private Operand? Checked(Expression argument)
    {
        switch (argument)
        {
            case BinaryExpression { Operator: Operator.Add or Operator.Subtract or Operator.Multiply or Operator.ShiftLeft or Operator.FloorDivide or Operator.Modulo or Operator.Divide } b:
                var left = Evaluate(b.Left);
                return Emit(OpCode.BinaryChecked, [left, Evaluate(b.Right)], b.Operator);
            case UnaryExpression { Operator: Operator.Negate } u: return Emit(OpCode.UnaryChecked, [Evaluate(u.Operand)], Operator.Negate);
            case CallExpression { Function: NameExpression { Name: "abs" }, Arguments: [var number] } call when BuiltinCall(call) is { Name: "abs" }: return CheckedAbs(Evaluate(number));
            default: return null;
        }
    }

    private Operand CheckedAbs(Operand number)
    {
        JoinPoint negative = new(graph), other = new(graph), end = new(graph);
        string name = NewTemporary();
        BranchOn(Compare(Operator.Less, number, new ConstantOperand(0L)), negative, other);
        foreach (var point in new[] { negative, other })
        {
            Place(point);
            if (current is null) continue;
            var value = point == negative ? Emit(OpCode.UnaryChecked, [number], Operator.Negate) : number;
            state.Locals[name] = value;
            GoTo(end);
        }
        return Take(end, name);
    }

    private Operand Call(Operand callee, Operand[] arguments) => Call(callee, arguments, CallShape.Plain(arguments.Length));

    private Operand Call(Operand callee, Operand[] arguments, CallShape shape)
    {
        if (callee is ConstantOperand { Value: var target } && shape is { Keywords.Length: 0, HasStar: false })
        {
            if (target == BuiltinTypes.List && arguments is [var sequence] && KnownItems(sequence) is { } items) return Emit(OpCode.NewList, items);
            if (target is PyStaticMethod s) return Call(new ConstantOperand(s.Function), arguments, shape);
            if (target is PyBuiltin builtin && Known(builtin, arguments) is { } known) return known;
            if (target is PyClass type && FoldableTypes.Contains(type) && Constants(arguments) is { } values && Fold(() => evaluator.Call(type, values)) is { } computed && FitsWord(computed.Value) is { } folded) return folded;
        }
        var result = Emit(OpCode.Call, [callee, .. arguments], detail: shape);
        if (callee is ConstantOperand { Value: PyBuiltin { Name: "isinstance" } } && arguments is [FlowVariable subject, ConstantOperand { Value: PyClass c }])
            facts[(FlowVariable)result] = new Fact(FactKind.IsInstance, subject, c, false);
        return result;
    }

    /// <summary>The result of a built-in function when it is known now.</summary>
    private Operand? Known(PyBuiltin builtin, Operand[] arguments)
    {
        switch (builtin.Name)
        {
            case "_mu.we_are_translated": return new ConstantOperand(true);
            case "_mu.hint": return arguments[0];
            case "getattr" when arguments is [_, ConstantOperand { Value: string name }]: return GetAttribute(arguments[0], name);
            case "getattr" when arguments is [ConstantOperand owner, ConstantOperand { Value: string name }, _] && IsFoldableOwner(owner.Value):
                return HostAttributes.TryGet(evaluator, owner.Value, name, out var found) ? new ConstantOperand(found) : arguments[2];
            case "setattr" when arguments is [_, ConstantOperand { Value: string name }, _]:
                SetAttribute(arguments[0], name, arguments[2]);
                return ConstantOperand.None;
            case "len" when KnownItems(arguments[0]) is { } items: return new ConstantOperand((long)items.Length);
            case "min" or "max" when arguments.Length == 2 && Constants(arguments) is null: return MinMax(builtin.Name == "min", arguments);
        }
        return Foldable.Contains(builtin.Name) && Constants(arguments) is { } values ? Fold(() => evaluator.Call(builtin, values)) : null;
    }

    private Operand MinMax(bool isMin, Operand[] a)
    {
        JoinPoint yes = new(graph), no = new(graph), end = new(graph);
        string name = NewTemporary();
        BranchOn(Compare(isMin ? Operator.Less : Operator.Greater, a[1], a[0]), yes, no);
        foreach (var (point, value) in new[] { (yes, a[1]), (no, a[0]) })
        {
            Place(point);
            if (current is null) continue;
            state.Locals[name] = value;
            GoTo(end);
        }
        return Take(end, name);
    }

    private static object[]? Constants(Operand[] operands) =>
        Array.TrueForAll(operands, o => o is ConstantOperand { Value: var v } && IsPlain(v)) ? Array.ConvertAll(operands, o => ((ConstantOperand)o).Value) : null;

    /// <summary>A value as text. Constants are as the host has them: RPython folds them while it still runs on CPython.</summary>
    private Operand Text(Operand value, char type) => type is 's' or 'p' && value is ConstantOperand { Value: string or long or BigInteger or double or Complex or bool or PyNone or PyTuple } known && IsPlain(known.Value)
        ? new ConstantOperand(HostText.Str(known.Value))
        : Emit(OpCode.Str, [value], detail: type);

    /// <summary>A constant format applied to values: the pieces, joined.</summary>
    private Operand Format(object format, Expression argument)
    {
        string text = format.ToString()!;
        var pieces = new List<Operand>();
        var specifications = Specifications(text);
        int count = specifications.Count(s => s.Type != '\0');
        Operand[] values = argument is TupleExpression tuple ? Array.ConvertAll(tuple.Items, Evaluate) : Evaluate(argument) is var single && KnownItems(single) is { } known ? known
            : count == 1 ? [single] : [.. Enumerable.Range(0, count).Select(i => GetItem(single, new ConstantOperand((long)i)))];
        if (values.Length != count) throw Error($"the format takes {count} values, {values.Length} are given");
        int next = 0;
        bool isUnicode = format is PyUnicode;
        foreach (var (literal, type, width) in specifications)
        {
            int before = pieces.Count;
            if (type == '\0') pieces.Add(new ConstantOperand(isUnicode ? new PyUnicode(literal) : literal));
            else if (width.Length == 0) pieces.Add(Text(values[next++], type));
            else pieces.Add(Call(LibraryFunction("rt.formatting", type is 'f' ? "format_float" : type is 'g' ? "format_float_g" : type is 'e' ? "format_float_e" : type is 'o' ? "format_oct" : type is 'x' ? "format_hex" : type is 'd' ? "format_int" : "format_str"),
                [type is 's' or 'r' ? Text(values[next++], type) : values[next++], new ConstantOperand(width)]));
            if (isUnicode && type is not ('\0' or 's')) pieces[before] = Call(new ConstantOperand(BuiltinTypes.Unicode), [pieces[before]]);
        }
        if (pieces.Count == 0) return new ConstantOperand(isUnicode ? new PyUnicode("") : "");
        if (pieces.Count == 1) return pieces[0];
        var list = Emit(OpCode.NewList, [.. pieces]);
        return Call(GetAttribute(new ConstantOperand(isUnicode ? new PyUnicode("") : ""), "join"), [list]);
    }

    private List<(string Literal, char Type, string Width)> Specifications(string format)
    {
        var list = new List<(string, char, string)>();
        var literal = new System.Text.StringBuilder();
        for (int i = 0; i < format.Length; i++)
        {
            if (format[i] != '%') literal.Append(format[i]);
            else if (i + 1 < format.Length && format[i + 1] == '%')
            {
                literal.Append('%');
                i++;
            }
            else
            {
                int start = ++i;
                while (i < format.Length && "-+ #0123456789.l".Contains(format[i], StringComparison.Ordinal)) i++;
                if (i == format.Length) throw Error("incomplete format");
                if (literal.Length > 0) list.Add((literal.ToString(), '\0', ""));
                literal.Clear();
                char type = format[i] is 'i' or 'u' ? 'd' : format[i];
                if (!"sdxfrcoge".Contains(type, StringComparison.Ordinal)) throw Error($"format %{format[i]} is not RPython");
                list.Add(("", type, format[start..i]));
            }
        }
        if (literal.Length > 0) list.Add((literal.ToString(), '\0', ""));
        return list;
    }
}
