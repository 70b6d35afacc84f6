using System.Text;
using Mu.Core.Tests.Generation;

namespace Mu.Lua.Tests.Differential;

/// <summary>
/// A Lua program that some choices make. It ends (loops and functions spend fuel with <c>tick</c>), its strings stay short (<c>cut</c>), and it tells what it computes with <c>out</c>; nothing that it
/// tells depends on addresses, on the order of keys, or on borders of tables with holes. Those functions are of <c>driver.lua</c>.
/// </summary>
internal sealed partial class RandomProgram
{
    private const int MaxDepth = 3;

    private readonly Choices choices;
    private readonly StringBuilder text = new();
    private readonly List<Variable> variables = [];
    private int indentation, names, depth, loops, functions;
    private bool isVararg, isCoroutine;

    private RandomProgram(byte[] bytes) => choices = new Choices(bytes);

    private enum Kind
    {
        Number,
        Text,
        Truth,
        List,
        Record,
        Function,
        Any,
    }

    private readonly record struct Variable(string Name, Kind Kind, bool IsConstant = false);

    /// <summary>The program's text.</summary>
    public static string Make(byte[] choices)
    {
        var program = new RandomProgram(choices);
        program.Line("local P = point");
        program.Block(program.choices.AtEnd ? 0 : 12);
        program.Tell();
        return program.text.ToString();
    }

    private void Line(string line) => text.Append(' ', 2 * indentation).Append(line).Append('\n');

    private string Fresh(string prefix) => prefix + ++names;

    /// <summary>Statements with the variables that they declare in scope.</summary>
    private void Block(int most)
    {
        int outer = variables.Count;
        for (int i = 0; i < most && !choices.AtEnd; i++) Statement();
        if (indentation == 0) return;
        variables.RemoveRange(outer, variables.Count - outer);
    }

    private void Indented(string open, Action body, string close = "end")
    {
        Line(open);
        indentation++;
        depth++;
        int outer = variables.Count;
        body();
        variables.RemoveRange(outer, variables.Count - outer);
        depth--;
        indentation--;
        Line(close);
    }

    private void Tell()
    {
        foreach (var variable in variables) Line($"out({variable.Name})");
    }

    private void Statement()
    {
        bool mayNest = depth < MaxDepth;
        switch (choices.Below(mayNest ? 20 : 9))
        {
            case 0: Line($"out({Expression(AnyKind())})"); break;
            case 1 or 2: Local(); break;
            case 3 or 4: Assign(); break;
            case 5: SeveralLocals(); break;
            case 6: StoreIntoTable(); break;
            case 7: Line($"G{choices.Below(4)} = cut({Expression(AnyKind())})"); break;
            case 8: Leave(); break;
            case 9: NumericLoop(); break;
            case 10: GenericLoop(); break;
            case 11: While(); break;
            case 12 or 13: If(); break;
            case 14 or 15: DeclareFunction(); break;
            case 16: Protected(); break;
            case 17: Coroutine(); break;
            case 18: Closing(); break;
            default: Indented("do", () => Block(3)); break;
        }
    }

    private Kind AnyKind() => (Kind)choices.Below(5);

    private void Local()
    {
        var kind = AnyKind();
        string name = Fresh("v"), value = Expression(kind);
        bool isConstant = choices.Below(6) == 5;
        Line($"local {name}{(isConstant ? " <const>" : "")} = {Kept(kind, value)}");
        variables.Add(new Variable(name, kind, isConstant));
    }

    private void SeveralLocals()
    {
        string first = Fresh("v"), second = Fresh("v"), third = Fresh("v");
        Line($"local {first}, {second}, {third} = {Kept(Kind.Number, Expression(Kind.Number))}, {Several()}");
        variables.AddRange([new Variable(first, Kind.Number), new Variable(second, Kind.Any), new Variable(third, Kind.Any)]);
    }

    private void Assign()
    {
        var targets = variables.Where(v => !v.IsConstant && v.Kind != Kind.Function).ToList();
        if (targets.Count == 0)
        {
            Local();
            return;
        }
        var target = choices.Of(targets);
        if (choices.Below(4) == 3)
        {
            var other = choices.Of(targets);
            Line($"{target.Name}, {other.Name} = cut({Expression(target.Kind)}), cut({Expression(other.Kind)})");
        }
        else
        {
            Line($"{target.Name} = {Kept(target.Kind, Expression(target.Kind))}");
        }
    }

    private static string Kept(Kind kind, string value) => kind is Kind.Text or Kind.Any ? $"cut({value})" : value;

    private void StoreIntoTable()
    {
        if (choices.Coin()) Line($"({Expression(Kind.Record)}).{Field()} = cut({Expression(AnyKind())})");
        else Line($"push({Expression(Kind.List)}, {Expression(Kind.Number)})");
    }

    private string Field() => "xyzw"[choices.Below(4)].ToString();

    private void Leave()
    {
        if (loops > 0 && choices.Coin()) Line($"if {Expression(Kind.Truth)} then break end");
        else if (functions > 0) Line($"if {Expression(Kind.Truth)} then return {Expression(AnyKind())} end");
        else Line($"out({Expression(Kind.Truth)})");
    }

    private void Loop(string head, Action declare)
    {
        loops++;
        Indented(head, () =>
        {
            Line("tick()");
            declare();
            string? next = choices.Below(5) == 4 ? Fresh("next") : null;
            if (next is not null) Line($"if {Expression(Kind.Truth)} then goto {next} end");
            // A label at the end of a block: locals in between do no harm.
            Indented("do", () => Block(4));
            if (next is not null) Line($"::{next}::");
        });
        loops--;
    }

    private void NumericLoop()
    {
        string name = Fresh("i");
        string[] bounds = ["1, 5", "3, 1, -1", "0.5, 3", "1, 2, 0.25", "10, 1", "math.maxinteger - 1, math.maxinteger", "1, 3.7", "-2, 2", "math.mininteger, math.mininteger + 2"];
        string range = choices.Below(4) == 3 ? $"{Expression(Kind.Number)}, {Expression(Kind.Number)}, {Expression(Kind.Number)}" : choices.Of(bounds);
        Loop($"for {name} = {range} do", () => variables.Add(new Variable(name, Kind.Number, IsConstant: choices.Coin())));
    }

    private void GenericLoop()
    {
        string key = Fresh("k"), value = Fresh("e");
        bool isText = choices.Coin();
        string over = isText ? $"string.gmatch({Expression(Kind.Text)}, \"()(%w)\")" : $"ipairs({Expression(Kind.List)})";
        Loop($"for {key}, {value} in {over} do", () => variables.AddRange([new Variable(key, Kind.Number), new Variable(value, isText ? Kind.Text : Kind.Number)]));
    }

    private void While()
    {
        string counter = Fresh("n");
        Line($"local {counter} = 0");
        variables.Add(new Variable(counter, Kind.Number, IsConstant: true));
        if (choices.Coin())
        {
            Loop($"while {counter} < {1 + choices.Below(6)} do", () => Line($"{counter} = {counter} + 1"));
            return;
        }
        loops++;
        Indented("repeat", () =>
        {
            Line("tick()");
            Line($"{counter} = {counter} + 1");
            Indented("do", () => Block(3));
        }, $"until {counter} >= {1 + choices.Below(5)} or {Expression(Kind.Truth)}");
        loops--;
    }

    private void If()
    {
        Line($"if {Expression(Kind.Truth)} then");
        Branch();
        if (choices.Below(3) == 2)
        {
            Line($"elseif {Expression(Kind.Truth)} then");
            Branch();
        }
        if (choices.Coin())
        {
            Line("else");
            Branch();
        }
        Line("end");

        void Branch()
        {
            indentation++;
            depth++;
            Block(3);
            depth--;
            indentation--;
        }
    }

    /// <summary>Declares a function, which may use what is in scope, itself too: fuel ends that.</summary>
    private void DeclareFunction()
    {
        string name = Fresh("f");
        string parameters = choices.Of(["a, b", "a", "", "a, ...", "..."]);
        if (choices.Coin()) variables.Add(new Variable(name, Kind.Function, IsConstant: true));
        Indented($"local function {name}({parameters})", () => Body(parameters, () => Line($"return {Several()}")));
        if (variables.All(v => v.Name != name)) variables.Add(new Variable(name, Kind.Function, IsConstant: true));
    }

    private void Body(string parameters, Action end)
    {
        var (outerLoops, outerVararg) = (loops, isVararg);
        (loops, isVararg) = (0, parameters.Contains("..."));
        functions++;
        Line("tick()");
        if (parameters.Contains('a')) variables.Add(new Variable("a", Kind.Any));
        if (parameters.Contains('b')) variables.Add(new Variable("b", Kind.Any));
        Block(4);
        end();
        functions--;
        (loops, isVararg) = (outerLoops, outerVararg);
    }

    private void Protected() =>
        Indented("out(pcall(function()", () => Body("", () => Line(choices.Coin() ? $"error({Expression(AnyKind())})" : $"return {Several()}")), "end))");

    private void Coroutine()
    {
        string name = Fresh("co");
        bool outer = isCoroutine;
        isCoroutine = true;
        Indented($"local {name} = coroutine.create(function(...)", () => Body("...", () => Line($"return {Several()}")), "end)");
        isCoroutine = outer;
        int resumes = 1 + choices.Below(4);
        for (int i = 0; i < resumes; i++) Line($"out(coroutine.resume({name}, {Expression(AnyKind())}))");
        Line($"out(coroutine.status({name}), coroutine.close({name}))");
    }

    private void Closing() => Indented("out(pcall(function()", () => Body("", () =>
    {
        Line($"local closed <close> = setmetatable({{}}, {{__close = function(_, e) out(\"close\", e){(choices.Below(4) == 3 ? " error(\"in close\")" : "")} end}})");
        Block(2);
        Line($"return {Expression(AnyKind())}");
    }), "end))");
}
