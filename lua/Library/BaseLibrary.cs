using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Library;

/// <summary>The base functions (lbaselib.c) that call no Lua code; print and tostring hand over to the prelude when a metamethod has a say.</summary>
internal static unsafe class BaseLibrary
{
    public static void Register(LibraryBuilder b)
    {
        b.Add(LibraryBuilder.Base, "rawget", &RawGet);
        b.Add(LibraryBuilder.Base, "rawset", &RawSet);
        b.Add(LibraryBuilder.Base, "rawequal", &RawEqual);
        b.Add(LibraryBuilder.Base, "rawlen", &RawLength);
        b.Add(LibraryBuilder.Base, "type", &Type);
        b.Add(LibraryBuilder.Base, "next", &Next);
        b.Add(LibraryBuilder.Base, "pairs", &Pairs);
        b.Add(LibraryBuilder.Base, "ipairs", &Ipairs);
        b.Add(LibraryBuilder.Base, "select", &Select);
        b.Add(LibraryBuilder.Base, "tonumber", &ToNumber);
        b.Add(LibraryBuilder.Base, "tostring", &ToString);
        b.Add(LibraryBuilder.Base, "print", &Print);
        b.Add(LibraryBuilder.Base, "setmetatable", &SetMetatable);
        b.Add(LibraryBuilder.Base, "getmetatable", &GetMetatable);
        b.Add(LibraryBuilder.Base, "error", &Error);
        b.Add(LibraryBuilder.Base, "warn", &Warn);
        b.Add(LibraryBuilder.Base, "collectgarbage", &CollectGarbage);
        b.AddPrimitive("assertion", &FailedAssertion);
        b.AddPrimitive("take_finalizable", &TakeFinalizable);
        b.AddPrimitive("finalizer_runner", &SetFinalizerRunner);
        b.AddPrimitive("finalizers_run", &FinalizersRun);
        b.AddPrimitive("retire_finalizable", &RetireFinalizable);
        b.AddPrimitive("ipairs_iterator", &SetIpairsIterator);
        b.AddPrimitive("metamethod", &Metamethod);
        b.AddPrimitive("argument_error", &ArgumentError);
        b.AddPrimitive("error", &LocatedError);
        b.AddPrimitive("type_name", &TypeName);
        b.AddPrimitive("raise", &Raise);
        b.AddPrimitive("check_integer", &CheckInteger);
        b.AddPrimitive("defer", &Defer);
        b.AddPrimitive("ignores_environment", &IgnoresEnvironment);
    }

    private static LeafResult RawGet(ref HostCall c)
    {
        var table = c.CheckTable(0);
        c.CheckAny(1);
        return HostCall.One(TableAccess.Get(table, c[1]));
    }

    private static LeafResult RawSet(ref HostCall c)
    {
        c.CheckTable(0);
        c.CheckAny(1);
        c.CheckAny(2);
        if (c[1] == LuaTag.NilWord) throw c.Error("table index is nil");
        if (c[1] == TagRef64.CanonicalNaN) throw c.Error("table index is NaN");
        return TableInsertion.Set(c.Heap, c.CheckTable(0), c[1], c[2]) ? HostCall.One(c[0]) : throw c.OutOfMemory();
    }

    private static LeafResult RawEqual(ref HostCall c)
    {
        c.CheckAny(0);
        c.CheckAny(1);
        return Arguments.Boolean(ComparisonLeaves.RawEqual(c[0], c[1]));
    }

    private static LeafResult RawLength(ref HostCall c)
    {
        if (Arguments.IsTable(c[0])) return HostCall.One(c.Integer(TableAccess.Border(Arguments.AsTable(c[0]))));
        if (Arguments.IsString(c[0])) return HostCall.One(TagRef64.FromInt(Arguments.BytesOf(c[0]).Length));
        throw c.TypeError(0, "table or string");
    }

    private static LeafResult Type(ref HostCall c)
    {
        c.CheckAny(0);
        return HostCall.One(c.String(LuaTypeNames.Of(c[0])));
    }

    private static LeafResult Next(ref HostCall c)
    {
        var table = c.CheckTable(0);
        if (TableAccess.Next(table, c[1], out ulong key, out ulong value, out bool found)) return c.Two(key, value);
        return found ? Arguments.Nil : HostCall.Raise(c.String("invalid key to 'next'"u8));
    }

    /// <summary>pairs: the prelude calls __pairs.</summary>
    private static LeafResult Pairs(ref HostCall c)
    {
        c.CheckAny(0);
        if (MetatableLeaves.Find(c.Runtime, c[0], Metamethods.Pairs) != LuaTag.NilWord) return HostCall.Deferred;
        return c.Three(c.Runtime.StateWord(RootCell.NextFunction), c[0], LuaTag.NilWord);
    }

    private static LeafResult Ipairs(ref HostCall c)
    {
        c.CheckAny(0);
        return c.Three(c.Runtime.StateWord(RootCell.IpairsIterator), c[0], TagRef64.FromInt(0));
    }

    private static LeafResult Select(ref HostCall c)
    {
        if (Arguments.IsString(c[0]) && Arguments.BytesOf(c[0]).SequenceEqual("#"u8)) return HostCall.One(TagRef64.FromInt(c.Count - 1));
        long n = c.CheckInteger(0);
        if (n < 0) n = c.Count + n;
        else if (n > c.Count) n = c.Count;
        return n >= 1 ? c.Rest((int)n) : throw c.ArgumentError(0, "index out of range");
    }

    private static LeafResult ToNumber(ref HostCall c)
    {
        if (!c.IsNoneOrNil(1)) return ToNumberWithBase(ref c);
        if (Arguments.IsNumber(c[0])) return HostCall.One(c[0]);
        c.CheckAny(0);
        if (!LuaNumbers.TryCoerce(c[0], out bool isInteger, out long integer, out double number)) return Arguments.Nil;
        return isInteger ? HostCall.One(c.Integer(integer)) : Arguments.Double(number);
    }

    private static LeafResult ToNumberWithBase(ref HostCall c)
    {
        long radix = c.CheckInteger(1);
        if (!Arguments.IsString(c[0])) throw c.TypeError(0, "string");
        if (radix is < 2 or > 36) throw c.ArgumentError(1, "base out of range");
        var text = Arguments.BytesOf(c[0]);
        while (text.Length > 0 && LuaNumber.IsSpace(text[0])) text = text[1..];
        while (text.Length > 0 && LuaNumber.IsSpace(text[^1])) text = text[..^1];
        bool negative = text.Length > 0 && text[0] == '-';
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+') text = text[1..];
        if (text.Length == 0) return Arguments.Nil;
        long value = 0;
        foreach (byte b in text)
        {
            int digit = b is >= (byte)'0' and <= (byte)'9' ? b - '0' : (b | 32) is >= 'a' and <= 'z' ? (b | 32) - 'a' + 10 : 99;
            if (digit >= radix) return Arguments.Nil;
            value = unchecked(value * radix + digit);
        }
        return HostCall.One(c.Integer(negative ? unchecked(-value) : value));
    }

    private static LeafResult ToString(ref HostCall c)
    {
        c.CheckAny(0);
        if (Arguments.IsString(c[0])) return HostCall.One(c[0]);
        var buffer = c.Library().TakeBuffer();
        return PlainText.TryAppend(ref c, c[0], buffer) ? c.StringResult(buffer.Written) : HostCall.Deferred;
    }

    private static LeafResult Print(ref HostCall c)
    {
        var buffer = c.Library().TakeBuffer();
        for (int i = 0; i < c.Count; i++)
        {
            if (i > 0) buffer.Append((byte)'\t');
            if (!PlainText.TryAppend(ref c, c[i], buffer)) return HostCall.Deferred;
        }
        buffer.Append((byte)'\n');
        c.Library().Files.StandardOutput.TryWrite(buffer.Written, out _);
        return HostCall.None;
    }

    private static LeafResult SetMetatable(ref HostCall c)
    {
        var table = c.CheckTable(0);
        if (c[1] != LuaTag.NilWord && !Arguments.IsTable(c[1]) || c.Count < 2) throw c.TypeError(1, "nil or table");
        if (MetatableLeaves.Find(c.Runtime, c[0], Metamethods.Metatable) != LuaTag.NilWord) throw c.Error("cannot change a protected metatable");
        table->Metatable = Arguments.IsTable(c[1]) ? Arguments.AsTable(c[1]) : null;
        ApplySpecialFields(ref c);
        return HostCall.One(c[0]);
    }

    /// <summary>What __mode and __gc of a metatable just set (argument 1, of argument 0) ask for.</summary>
    public static void ApplySpecialFields(ref HostCall c)
    {
        ulong mode = MetatableLeaves.Find(c.Runtime, c[0], Metamethods.Mode);
        if (LuaTag.Has(c[0], LuaTag.Table)) c.Library().Hooks.SetWeakness(ref c, 0, Arguments.IsString(mode) ? Arguments.BytesOf(mode) : default);
        if (MetatableLeaves.Find(c.Runtime, c[0], Metamethods.Gc) != LuaTag.NilWord) c.Library().Hooks.MarkForFinalization(ref c, c[0]);
    }

    private static LeafResult GetMetatable(ref HostCall c)
    {
        c.CheckAny(0);
        ulong field = MetatableLeaves.Find(c.Runtime, c[0], Metamethods.Metatable);
        if (field != LuaTag.NilWord) return HostCall.One(field);
        var metatable = MetatableLeaves.MetatableOf(c.Runtime, c[0]);
        return metatable == null ? Arguments.Nil : HostCall.One(TagRef64.FromRef((ulong)metatable, LuaTag.Table));
    }

    private static LeafResult Error(ref HostCall c)
    {
        long level = c.OptionalInteger(1, 1);
        if (!Arguments.IsString(c[0]) || level <= 0) return HostCall.Raise(c[0]);
        var buffer = c.Library().TakeBuffer();
        buffer.Append(System.Text.Encoding.Latin1.GetBytes(ErrorLeaves.Where(c.Heap, (int)Math.Min(level, int.MaxValue))));
        buffer.Append(Arguments.BytesOf(c[0]));
        return HostCall.Raise(c.String(buffer.Written));
    }

    private static LeafResult FailedAssertion(ref HostCall c)
    {
        if (c.Count == 0) throw new LuaFailure(ErrorLeaves.Argument(c.Heap, 1, "value expected", "assert"));
        if (c.Count > 1 && !Arguments.IsString(c[1])) throw new LuaFailure(c[1]);
        throw c.Error(c.Count > 1 ? Arguments.Latin1(Arguments.BytesOf(c[1])) : "assertion failed!");
    }

    private static LeafResult Warn(ref HostCall c)
    {
        for (int i = 0; i < Math.Max(c.Count, 1); i++) c.EnsureString(i);
        var state = c.Library();
        bool isControl = c.Count == 1 && !state.WarningContinues && Arguments.BytesOf(c[0]).StartsWith("@"u8);
        if (isControl)
        {
            var control = Arguments.BytesOf(c[0]);
            if (control.SequenceEqual("@on"u8)) state.WarningsAreOn = true;
            else if (control.SequenceEqual("@off"u8)) state.WarningsAreOn = false;
            return HostCall.None;
        }
        if (!state.WarningsAreOn) return HostCall.None;
        var buffer = state.TakeBuffer();
        buffer.Append("Lua warning: "u8);
        for (int i = 0; i < c.Count; i++) buffer.Append(Arguments.BytesOf(c[i]));
        buffer.Append((byte)'\n');
        state.Files.StandardOutput.TryFlush(out _);
        state.Files.StandardError.TryWrite(buffer.Written, out _);
        return HostCall.None;
    }

    private static LeafResult CollectGarbage(ref HostCall c)
    {
        var state = c.Library();
        int option = c.CheckOption(0, "collect", "collect", "count", "step", "isrunning", "stop", "restart", "generational", "incremental", "setpause", "setstepmul");
        // In a finaliser there is no collector, as in PUC.
        if (c.Runtime.Finalizers.AreRunning) return Arguments.Nil;
        switch (option)
        {
            case 0:
                state.Hooks.Collect(ref c);
                return c.Runtime.Finalizers.ArePending ? HostCall.Deferred : HostCall.One(TagRef64.FromInt(0));
            case 1:
                return Arguments.Double(state.Hooks.UsedBytes(ref c) / 1024.0);
            case 2:
                c.OptionalInteger(1, 0);
                state.Hooks.Collect(ref c);
                return c.Runtime.Finalizers.ArePending ? HostCall.Deferred : HostCall.One(LuaTag.TrueWord);
            case 3:
                return Arguments.Boolean(!state.CollectorIsStopped);
            case 4 or 5:
                state.CollectorIsStopped = c.Runtime.Finalizers.AreStopped = option == 4;
                c.Runtime.Vm.PauseCollector(option == 4);
                return HostCall.One(TagRef64.FromInt(0));
            case 6 or 7:
                for (int i = 1; i <= (option == 6 ? 2 : 3); i++) c.OptionalInteger(i, 0);
                bool was = state.CollectorIsGenerational;
                state.CollectorIsGenerational = option == 6;
                return c.StringResult(was ? "generational"u8 : "incremental"u8);
            case 8:
                long pause = state.CollectorPause;
                state.CollectorPause = c.OptionalInteger(1, 0);
                return HostCall.One(c.Integer(pause));
            default:
                long multiplier = state.CollectorStepMultiplier;
                state.CollectorStepMultiplier = c.OptionalInteger(1, 0);
                return HostCall.One(c.Integer(multiplier));
        }
    }

    /// <summary>finalizer_runner(function): what calls the finalisers that are due.</summary>
    private static LeafResult SetFinalizerRunner(ref HostCall c)
    {
        c.Runtime.StateWord(RootCell.FinalizerRunner) = TagRef64.ToAddress(c[0]);
        return HostCall.None;
    }

    /// <summary>ignores_environment(): whether variables of the process are not looked at (lua -E).</summary>
    private static LeafResult IgnoresEnvironment(ref HostCall c) => Arguments.Boolean(c.Library().IgnoresEnvironment);

    /// <summary>finalizers_run(): whether they are running already.</summary>
    private static LeafResult FinalizersRun(ref HostCall c) => Arguments.Boolean(c.Runtime.Finalizers.AreRunning);

    /// <summary>retire_finalizable(): all objects with finalisers are due.</summary>
    private static LeafResult RetireFinalizable(ref HostCall c)
    {
        c.Runtime.Finalizers.Close();
        return HostCall.None;
    }

    /// <summary>An object found dead that has a finaliser, and the finaliser; nothing when there is none, or finalisers are running.</summary>
    private static LeafResult TakeFinalizable(ref HostCall c)
    {
        while (c.Runtime.Finalizers.TryTake(out ulong value))
        {
            ulong finalizer = MetatableLeaves.Find(c.Runtime, value, Metamethods.Gc);
            if (finalizer != LuaTag.NilWord) return c.Two(value, finalizer);
        }
        return HostCall.None;
    }

    /// <summary>ipairs_iterator(function): what ipairs gives.</summary>
    private static LeafResult SetIpairsIterator(ref HostCall c)
    {
        c.Runtime.StateWord(RootCell.IpairsIterator) = c[0];
        return HostCall.None;
    }

    /// <summary>metamethod(value, name): raw field of the metatable.</summary>
    private static LeafResult Metamethod(ref HostCall c)
    {
        var metatable = MetatableLeaves.MetatableOf(c.Runtime, c[0]);
        return HostCall.One(metatable == null ? LuaTag.NilWord : TableAccess.Get(metatable, c[1]));
    }

    /// <summary>argument_error(function, n, message).</summary>
    private static LeafResult ArgumentError(ref HostCall c) =>
        throw new LuaFailure(ErrorLeaves.Argument(c.Heap, (int)c.CheckInteger(1), Arguments.Latin1(c.CheckString(2)), Name(ref c)));

    private static LeafResult LocatedError(ref HostCall c) => throw c.Error(Arguments.Latin1(c.CheckString(0)));

    /// <summary>type_name(value): with __name.</summary>
    private static LeafResult TypeName(ref HostCall c) =>
        HostCall.One(ErrorLeaves.Text(c.Heap, c.Count == 0 ? "no value" : ErrorLeaves.TypeNameOf(c.Runtime, c[0])));

    /// <summary>raise(value): without position.</summary>
    private static LeafResult Raise(ref HostCall c) => throw new LuaFailure(c[0]);

    /// <summary>check_integer(function, n, value, has argument): the integer.</summary>
    private static LeafResult CheckInteger(ref HostCall c)
    {
        string message;
        if (!LuaNumbers.TryCoerce(c[2], out bool isInteger, out long integer, out double number))
            message = $"number expected, got {(c[3] == LuaTag.FalseWord ? "no value" : c.TypeName(c[2]))}";
        else if (isInteger || LuaArithmetic.TryToInteger(number, out integer)) return HostCall.One(c.Integer(integer));
        else message = "number has no integer representation";
        throw new LuaFailure(ErrorLeaves.Argument(c.Heap, (int)c.CheckInteger(1), message, Name(ref c)));
    }

    /// <summary>defer(name, function): the Lua part of a C# function.</summary>
    private static LeafResult Defer(ref HostCall c)
    {
        int number = c.Runtime.Host.NumberOf(Name(ref c));
        if (number < 0) throw c.Error($"no library function '{Name(ref c)}'");
        var part = c.Runtime.Prototypes.Find(((FunctionObject*)TagRef64.ToAddress(c[1]))->Prototype);
        c.Runtime.Host.SetDeferredPart(part!.Function, number);
        var registry = (TableObject*)c.Runtime.StateWord(RootCell.Registry);
        return TableInsertion.Set(c.Heap, registry, HostFunctions.DeferredKey(number), c[1]) ? HostCall.None : throw c.OutOfMemory();
    }

    private static string Name(ref HostCall c) => Arguments.Latin1(c.CheckString(0));
}
