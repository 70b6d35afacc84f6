namespace Mu.Lua.Tests.Differential;

// Expressions: mostly of the kinds that their places want, sometimes of another, so that programs run into errors too.
internal sealed partial class RandomProgram
{
    private const int MaxNesting = 4;

    private static readonly string[] Numbers =
    [
        "1", "0", "2", "-1", "7", "0.5", "-0.0", "3.0", "1e15", "0x7fffffff", "4503599627370496", "2251799813685247", "-2251799813685248", "math.maxinteger", "math.mininteger", "math.huge", "-math.huge", "1e308",
        "0/0", "2^53", "255", "63", "100", "-7", "1.5e-7", "3",
    ];

    private static readonly string[] Texts = ["\"a\"", "\"\"", "\"10\"", "\"0x1p4\"", "\"abc\"", "\"-3.5\"", "\"x\\0y\"", "\"hello world\"", "\" 7 \"", "\"1e2\"", "\"\\xff\""];

    private static readonly string[] Arithmetic = ["+", "-", "*", "/", "//", "%", "^", "&", "|", "~", "<<", ">>"];

    private static readonly string[] Comparisons = ["<", "==", "<=", "~=", ">", ">="];

    private int nesting;

    private string Expression(Kind kind)
    {
        if (nesting >= MaxNesting) return Leaf(kind);
        nesting++;
        // One of twenty-five expressions is of any kind.
        string result = choices.Below(50) == 49 ? Compound(AnyKind()) : choices.Below(3) == 0 ? Leaf(kind) : Compound(kind);
        nesting--;
        return result;
    }

    private string Leaf(Kind kind)
    {
        var known = variables.Where(v => v.Kind == kind).ToList();
        if (known.Count > 0 && choices.Below(3) != 2) return known[^(1 + choices.Below(Math.Min(known.Count, 6)))].Name;
        return kind switch
        {
            Kind.Number => choices.Of(Numbers),
            Kind.Text => choices.Of(Texts),
            Kind.Truth => choices.Of(["true", "false", "nil"]),
            Kind.List => choices.Of(["{}", "{1, 2, 3}", "{5, 4.5, 3, 2}"]),
            Kind.Record => choices.Of(["{x = 1}", "P(1, 2)", "{y = 2, x = \"s\"}", "P(3, 0.5)"]),
            Kind.Function => "math.abs",
            _ => choices.Of(["nil", "1", "\"s\"", "true", "G0", "G1", "G2", "G3"]),
        };
    }

    private string Compound(Kind kind) => kind switch
    {
        Kind.Number => Number(),
        Kind.Text => Text(),
        Kind.Truth => Truth(),
        Kind.List => List(),
        Kind.Record => Record(),
        Kind.Function => Leaf(Kind.Function),
        _ => Expression(AnyKind()),
    };

    private string Number() => choices.Below(15) switch
    {
        <= 5 => $"({Expression(Kind.Number)} {choices.Of(Arithmetic)} {Expression(Kind.Number)})",
        6 => $"({choices.Of(["- ", "~", "- "])}{Expression(Kind.Number)})",
        7 => $"#{Expression(choices.Coin() ? Kind.Text : Kind.List)}",
        8 => $"{choices.Of(["math.floor", "math.ceil", "math.abs", "math.tointeger", "tonumber", "math.sqrt"])}({Expression(Kind.Number)})",
        9 => $"{choices.Of(["math.max", "math.min", "math.fmod", "math.ult"])}({Expression(Kind.Number)}, {Expression(Kind.Number)})",
        10 => $"({Expression(Kind.List)})[{choices.Of(["1", "2", "3", "-1"])}]",
        11 => $"({Expression(Kind.Record)}).{Field()}",
        12 => $"({Expression(Kind.Text)}):{choices.Of(["byte()", "len()", "find(\"b\")", "find(\"%d+\", 2)"])}",
        13 => Call(),
        _ => $"({Expression(Kind.Truth)} {choices.Of(["and", "or"])} {Expression(Kind.Number)})",
    };

    private string Text() => choices.Below(9) switch
    {
        0 or 1 => $"({Expression(choices.Coin() ? Kind.Text : Kind.Number)} .. {Expression(Kind.Text)})",
        2 => $"cut({Expression(Kind.Text)}):sub({Expression(Kind.Number)}, {choices.Of(["-1", "2", "3", "-2"])})",
        3 => $"({Expression(Kind.Text)}):{choices.Of(["upper()", "reverse()", "rep(2)", "rep(3, \",\")", "gsub(\"%w\", \"<%0>\")", "match(\"%a+\")", "gsub(\"\", \"-\")"])}",
        4 => $"string.format({choices.Of(["\"%d\"", "\"%5.1f\"", "\"%g\"", "\"%x\"", "\"%q\"", "\"%i|%s\""])}, {Expression(Kind.Number)}, {Expression(Kind.Text)})",
        5 => $"tostring({Expression(choices.Coin() ? Kind.Truth : Kind.Number)})",
        6 => $"{choices.Of(["type", "math.type"])}({Expression(AnyKind())})",
        7 => $"table.concat({Expression(Kind.List)}, \",\")",
        _ => $"({Expression(Kind.Truth)} and {Expression(Kind.Text)} or {Expression(Kind.Text)})",
    };

    private string Truth() => choices.Below(8) switch
    {
        <= 3 => $"({Expression(Kind.Number)} {choices.Of(Comparisons)} {Expression(Kind.Number)})",
        4 => $"({Expression(Kind.Text)} {choices.Of(Comparisons)} {Expression(Kind.Text)})",
        5 => $"not {Expression(AnyKind())}",
        6 => $"({Expression(Kind.Truth)} {choices.Of(["and", "or"])} {Expression(Kind.Truth)})",
        _ => $"({Expression(Kind.Record)} {choices.Of(Comparisons)} {Expression(Kind.Record)})",
    };

    private string List() => choices.Below(4) switch
    {
        0 or 1 => $"{{{Expression(Kind.Number)} or 0, {Expression(Kind.Number)} or 1}}",
        2 => $"sorted({Expression(Kind.List)})",
        _ => $"pack({Several()})",
    };

    private string Record() => choices.Below(4) switch
    {
        0 => $"{{x = {Expression(AnyKind())}, y = {Expression(AnyKind())}}}",
        1 => $"P({Expression(Kind.Number)}, {Expression(Kind.Number)})",
        2 => $"({Expression(Kind.Record)} {choices.Of(["+", "..", "*", "-"])} {Expression(choices.Coin() ? Kind.Record : Kind.Number)})",
        _ => $"{{[{Expression(Kind.Text)}] = {Expression(Kind.Number)}, w = {Expression(Kind.Text)}}}",
    };

    private string Call()
    {
        string callee = choices.Below(4) switch
        {
            0 => $"(function(a, ...) tick() return {Closed()} end)",
            1 => Expression(Kind.Record),
            _ => Leaf(Kind.Function),
        };
        if (callee[0] == '{') callee = $"({callee})";
        if (isCoroutine && choices.Coin()) callee = "coroutine.yield";
        return choices.Below(4) == 3 ? $"(select(2, pcall({callee}, {Several()})))" : $"{callee}({Several()})";
    }

    /// <summary>A result of a small function.</summary>
    private string Closed()
    {
        bool outer = isVararg;
        isVararg = true;
        variables.Add(new Variable("a", Kind.Any));
        string result = Several();
        variables.RemoveAt(variables.Count - 1);
        isVararg = outer;
        return result;
    }

    /// <summary>A list of expressions, whose last may be many values.</summary>
    private string Several()
    {
        var list = new List<string>();
        int count = choices.Below(4);
        for (int i = 0; i < count; i++) list.Add(Expression(AnyKind()));
        if (isVararg && choices.Coin()) list.Add("...");
        if (list.Count == 0) list.Add(Expression(Kind.Number));
        return string.Join(", ", list);
    }
}
