using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Library;

/// <summary>debug (ldblib.c), as far as it needs no locals or hooks of running functions.</summary>
internal static unsafe partial class DebugLibrary
{
    private const string Library = "debug";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "getmetatable", &GetMetatable);
        b.Add(Library, "setmetatable", &SetMetatable);
        b.Add(Library, "getregistry", &GetRegistry);
        b.Add(Library, "getuservalue", &GetUserValue);
        b.Add(Library, "setuservalue", &SetUserValue);
        b.Add(Library, "getinfo", &GetInfo);
        b.Add(Library, "traceback", &GetTraceback);
        b.Add(Library, "getlocal", &GetLocal);
        b.Add(Library, "setlocal", &SetLocal);
        b.Add(Library, "getupvalue", &GetUpvalue);
        b.Add(Library, "setupvalue", &SetUpvalue);
        b.Add(Library, "upvalueid", &UpvalueId);
        b.Add(Library, "upvaluejoin", &JoinUpvalues);
        b.Add(Library, "sethook", &SetHook);
        b.Add(Library, "gethook", &GetHook);
        b.Add(Library, "setcstacklimit", &SetNativeStackLimit);
    }

    private static LeafResult GetMetatable(ref HostCall c)
    {
        c.CheckAny(0);
        var metatable = MetatableLeaves.MetatableOf(c.Runtime, c[0]);
        return metatable == null ? Arguments.Nil : HostCall.One(TagRef64.FromRef((ulong)metatable, LuaTag.Table));
    }

    private static LeafResult SetMetatable(ref HostCall c)
    {
        if ((c[1] != LuaTag.NilWord || c.Count < 2) && !Arguments.IsTable(c[1])) throw c.TypeError(1, "nil or table");
        ulong metatable = Arguments.IsTable(c[1]) ? TagRef64.ToAddress(c[1]) : 0;
        ulong word = c[0];
        if (Arguments.IsTable(word)) Arguments.AsTable(word)->Metatable = (TableObject*)metatable;
        else if (LuaTag.Has(word, LuaTag.Userdata)) ((UserdataObject*)TagRef64.ToAddress(word))->Metatable = (TableObject*)metatable;
        else c.Runtime.StateWord(SharedMetatable(word)) = metatable;
        if (Arguments.IsTable(word) || LuaTag.Has(word, LuaTag.Userdata)) BaseLibrary.ApplySpecialFields(ref c);
        return HostCall.One(c[0]);
    }

    private static int SharedMetatable(ulong word) => LuaTypeNames.Of(word) switch
    {
        "string" => RootCell.StringMetatable,
        "number" => RootCell.NumberMetatable,
        "boolean" => RootCell.BooleanMetatable,
        "function" => RootCell.FunctionMetatable,
        "thread" => RootCell.CoroutineMetatable,
        "userdata" => RootCell.LightUserdataMetatable,
        _ => RootCell.NilMetatable,
    };

    private static LeafResult GetRegistry(ref HostCall c) => HostCall.One(TagRef64.FromRef(c.Runtime.StateWord(RootCell.Registry), LuaTag.Table));

    private static LeafResult GetUserValue(ref HostCall c)
    {
        long n = c.OptionalInteger(1, 1);
        if (!LuaTag.Has(c[0], LuaTag.Userdata)) return Arguments.Nil;
        var userdata = (UserdataObject*)TagRef64.ToAddress(c[0]);
        return n < 1 || n > ObjectHeader.ElementCount(userdata) ? Arguments.Nil : c.Two(UserdataObject.UserValues(userdata)[n - 1], LuaTag.TrueWord);
    }

    private static LeafResult SetUserValue(ref HostCall c)
    {
        if (!LuaTag.Has(c[0], LuaTag.Userdata)) throw c.TypeError(0, "userdata");
        c.CheckAny(1);
        long n = c.OptionalInteger(2, 1);
        var userdata = (UserdataObject*)TagRef64.ToAddress(c[0]);
        if (n < 1 || n > ObjectHeader.ElementCount(userdata)) return Arguments.Nil;
        UserdataObject.UserValues(userdata)[n - 1] = c[1];
        return HostCall.One(c[0]);
    }

    /// <summary>traceback([coroutine,] [message [, level]]).</summary>
    private static LeafResult GetTraceback(ref HostCall c)
    {
        int first = OtherCoroutine(ref c) ? 1 : 0;
        if (c[first] != LuaTag.NilWord && !Arguments.IsString(c[first]) && !Arguments.IsNumber(c[first])) return HostCall.One(c[first]);
        string? message = c[first] == LuaTag.NilWord ? null : Arguments.Latin1(c.CheckString(first));
        // The level of this function itself is left out; it is none of another coroutine.
        bool isCurrent = first == 0 || TagRef64.ToAddress(c[0]) == c.Runtime.StateWord(RootCell.Current);
        int level = (int)Math.Clamp(c.OptionalInteger(first + 1, isCurrent ? 1 : 0), 0, int.MaxValue / 2);
        return HostCall.One(ErrorLeaves.Text(c.Heap, isCurrent ? Traceback.Text(c.Heap, message, level) : Traceback.TextOf(c.Heap, (CoroutineObject*)TagRef64.ToAddress(c[0]), message, level)));
    }

    /// <summary>Whether the optional first argument, a coroutine, is there.</summary>
    private static bool OtherCoroutine(ref HostCall c) => LuaTag.Has(c[0], LuaTag.Coroutine);

    /// <summary>The levels of a coroutine, or of the current one if the value is none.</summary>
    public static List<StackLevel> LevelsOf(ref HostCall c, ulong coroutine)
    {
        if (!LuaTag.Has(coroutine, LuaTag.Coroutine) || TagRef64.ToAddress(coroutine) == c.Runtime.StateWord(RootCell.Current)) return Traceback.LevelsWithFrames(c.Heap);
        return Traceback.LevelsOf(c.Heap, (CoroutineObject*)TagRef64.ToAddress(coroutine));
    }

    private static LeafResult GetInfo(ref HostCall c)
    {
        int first = OtherCoroutine(ref c) ? 1 : 0;
        string what = c.IsNoneOrNil(first + 1) ? "flnSrtu" : Arguments.Latin1(c.CheckString(first + 1));
        if (what.AsSpan().ContainsAnyExcept("SlnrutLf")) throw c.ArgumentError(first + 1, what.StartsWith('>') ? "invalid option '>'" : "invalid option");
        FrameDescription? frame = null;
        FunctionDescription function;
        ref ulong value = ref c.Root(c[first]);
        if (LuaTag.Has(c[first], LuaTag.Function)) function = c.Library().Hooks.Describe(ref c, c[first]);
        else
        {
            frame = c.Library().Hooks.FrameAt(ref c, c.CheckInteger(first), first == 0 ? LuaTag.NilWord : c[0]);
            if (frame is null) return Arguments.Nil;
            function = frame.Description;
            value = frame.Function;
        }
        ref ulong table = ref c.NewTable();
        if (what.Contains('S')) AddSource(ref c, ref table, function);
        if (what.Contains('l')) c.SetField(ref table, "currentline", TagRef64.FromInt(frame?.CurrentLine ?? -1));
        if (what.Contains('u'))
        {
            c.SetField(ref table, "nups", TagRef64.FromInt(function.UpvalueCount));
            c.SetField(ref table, "nparams", TagRef64.FromInt(function.ParameterCount));
            c.SetField(ref table, "isvararg", LuaTag.Boolean(function.IsVariadic));
        }
        if (what.Contains('n'))
        {
            if (frame?.Name is { } name) SetText(ref c, ref table, "name", name);
            SetText(ref c, ref table, "namewhat", frame?.NameWhat ?? "");
        }
        if (what.Contains('r'))
        {
            c.SetField(ref table, "ftransfer", TagRef64.FromInt(0));
            c.SetField(ref table, "ntransfer", TagRef64.FromInt(0));
        }
        if (what.Contains('t')) c.SetField(ref table, "istailcall", LuaTag.Boolean(frame?.IsTailCall ?? false));
        if (what.Contains('L')) AddLines(ref c, ref table, function);
        if (what.Contains('f')) c.SetField(ref table, "func", value);
        return HostCall.One(table);
    }

    private static void AddSource(ref HostCall c, ref ulong table, FunctionDescription function)
    {
        SetText(ref c, ref table, "source", function.Source);
        SetText(ref c, ref table, "short_src", Syntax.ChunkName.Display(function.Source));
        SetText(ref c, ref table, "what", function.What);
        c.SetField(ref table, "linedefined", TagRef64.FromInt(function.FirstLine));
        c.SetField(ref table, "lastlinedefined", TagRef64.FromInt(function.LastLine));
    }

    private static void AddLines(ref HostCall c, ref ulong table, FunctionDescription function)
    {
        if (function.What == "C") return;
        ref ulong lines = ref c.NewTable();
        foreach (int line in function.ActiveLines()) c.SetIndex(ref lines, line, LuaTag.TrueWord);
        c.SetField(ref table, "activelines", lines);
    }

    private static void SetText(ref HostCall c, ref ulong table, string field, string text) =>
        c.SetField(ref table, field, ErrorLeaves.Text(c.Heap, text));
}
