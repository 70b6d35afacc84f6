using System.Text;
using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Library.Files;
using Mu.Lua.Command.Editing;
using Mu.Lua.Diagnostics;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;
using Mu.Lua.Syntax;

namespace Mu.Lua.Command;

/// <summary>One run of the command: a state, the chunks to run in it, and messages on standard error (lua.c's pmain).</summary>
internal sealed unsafe class Session : IDisposable
{
    public const string Version = "Lua 5.4 (mulua 0.1.0)";

    private readonly CommandLine line;
    private readonly string[] args;
    private readonly LuaRuntime runtime;
    private readonly GuestValue handler;
    private readonly Diagnosis diagnosis;
    private string prefix = "mulua: ";

    public Session(CommandLine line, string[] args)
    {
        this.line = line;
        this.args = args;
        runtime = new LuaRuntime(new MuVMOptions { CollectorStress = line.StressesCollector, MainStackSize = LuaRuntime.MainStack, StackSize = LuaRuntime.CoroutineStack, Engine = line.UsesInterpreter ? EngineKind.Interpreter : EngineKind.Jit })
        {
            HotRuns = line.HotRuns,
            CountsCaches = line.ShowsStatistics,
            Dumps = line.Dump is { } dump ? new FunctionDumps(dump.Stages, dump.Function, Console.Out) : null,
        };
        runtime.OpenLibraries(ignoresEnvironment: line.IgnoresEnvironment);
        diagnosis = new Diagnosis(line, line.Script < args.Length ? args[line.Script] : "mulua", runtime);
        handler = runtime.Keep(runtime.NewMessageHandler());
    }

    /// <summary>Does what the command line says; false when something failed.</summary>
    public bool Run()
    {
        if (line.ShowsVersion) Console.WriteLine(Version);
        SetArguments();
        if (!line.IgnoresEnvironment && !RunInit()) return false;
        if (line.WarningsOn && !RunText("warn('@on')", "=(warnings)")) return false;
        foreach (var preliminary in line.Preliminaries)
            if (!(preliminary.IsModule ? RunModule(preliminary.Text) : RunText(preliminary.Text, "=(command line)"))) return false;
        if (line.Script < args.Length && !RunScript(args[line.Script])) return false;
        bool idle = line.Script >= args.Length && line.Preliminaries.Count == 0 && !line.ShowsVersion;
        if (line.IsInteractive || (idle && !Console.IsInputRedirected))
        {
            if (idle) Console.WriteLine(Version);
            RunInteractively();
        }
        else if (idle) return RunBytes(ReadStandardInput(), "=stdin");
        return true;
    }

    /// <summary>With an editor on a terminal, whose lines are remembered; Ctrl-C interrupts what runs.</summary>
    private void RunInteractively()
    {
        // As in lua.c, whose messages have no program's name then.
        prefix = "";
        if (!EditingReader.IsPossible)
        {
            new Repl(this, new PlainReader(Console.In, Console.Out)).Run();
            return;
        }
        var history = new History(HistoryFile);
        Console.CancelKeyPress += Interrupt;
        new Repl(this, new EditingReader(history, new Completion(new LuaSymbols(runtime)))).Run();
        Console.CancelKeyPress -= Interrupt;
        if (!history.TrySave()) Report("cannot write the history");
    }

    /// <summary>MULUA_HISTORY names the file, an empty one none; else it is in the home directory.</summary>
    private static string? HistoryFile => Environment.GetEnvironmentVariable("MULUA_HISTORY") switch
    {
        null => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".mulua_history"),
        "" => null,
        var file => file,
    };

    private void Interrupt(object? sender, ConsoleCancelEventArgs e)
    {
        e.Cancel = true;
        runtime.Interrupts.Request(new Interrupt(InterruptKind.Error, "interrupted!"));
    }

    public void Dispose()
    {
        runtime.CloseLibraries();
        diagnosis.Dispose();
        runtime.Dispose();
    }

    /// <summary>Runs a chunk given as text; false after a message when it fails.</summary>
    public bool RunText(string text, string chunkName) => RunBytes(Encoding.UTF8.GetBytes(text), chunkName);

    /// <summary>Compiles a chunk; throws <see cref="LuaSyntaxException"/>.</summary>
    public ulong Load(byte[] source, string chunkName) => runtime.LoadChunk(runtime.Heap, source, chunkName, runtime.GlobalsValue);

    /// <summary>Calls a function; its results, or null after the error's message.</summary>
    public ulong[]? Call(ulong function, params ReadOnlySpan<ulong> arguments)
    {
        var (succeeded, values) = runtime.ProtectedCall(function, handler.Word, arguments);
        runtime.Interrupts.EndOfRun();
        if (succeeded) return values;
        Report(MessageOf(values.Length > 0 ? values[0] : LuaTag.NilWord));
        return null;
    }

    /// <summary>A global variable.</summary>
    public ulong Global(string name)
    {
        ulong key = ErrorLeaves.Text(runtime.Heap, name);
        return TableAccess.Get(runtime.Globals, key);
    }

    /// <summary>A global variable that is a string; else null.</summary>
    public string? GlobalText(string name) => Global(name) is var value && LuaTag.Has(value, LuaTag.String) ? ErrorLeaves.Latin1(value) : null;

    /// <summary>Prints values with the program's print.</summary>
    public void Print(ReadOnlySpan<ulong> values)
    {
        var kept = new GuestValue[values.Length];
        for (int i = 0; i < kept.Length; i++) kept[i] = runtime.Keep(values[i]);
        ulong print = Global("print");
        Call(print, Array.ConvertAll(kept, value => value.Word));
        foreach (GuestValue value in kept) value.Dispose();
    }

    /// <summary>Writes out what programs have written so far.</summary>
    public void Flush() => runtime.Library.Files.StandardOutput.TryFlush(out _);

    public void Report(string message)
    {
        Console.Out.Flush();
        Flush();
        using var error = Console.OpenStandardError();
        error.Write(Encoding.Latin1.GetBytes($"{prefix}{message}\n"));
    }

    private bool RunBytes(byte[] source, string chunkName)
    {
        try
        {
            return Call(Load(source, chunkName)) is not null;
        }
        catch (LuaSyntaxException e)
        {
            Report(e.Message);
            return false;
        }
    }

    private bool RunScript(string path)
    {
        byte[] source;
        try
        {
            source = path == "-" ? ReadStandardInput() : File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(Directory.Exists(path) ? $"cannot read {path}: {SystemError.Directory.Message}" : $"cannot open {path}: {SystemError.From(e)!.Message}");
            return false;
        }
        source = source[LuaFrontEnd.SkipFirstLine(source)..];
        try
        {
            ulong main = Load(source, path == "-" ? "=stdin" : "@" + path);
            using var kept = runtime.Keep(main);
            var arguments = new ulong[Math.Max(args.Length - line.Script - 1, 0)];
            using var table = runtime.Keep(Global("arg"));
            for (int i = 0; i < arguments.Length; i++)
                arguments[i] = TableAccess.Get((TableObject*)TagRef64.ToAddress(table.Word), TagRef64.FromInt(i + 1));
            return Call(kept.Word, arguments) is not null;
        }
        catch (LuaSyntaxException e)
        {
            Report(e.Message);
            return false;
        }
    }

    private bool RunModule(string text)
    {
        int equals = text.IndexOf('=');
        string global = equals < 0 ? text : text[..equals], module = equals < 0 ? text : text[(equals + 1)..];
        using var name = runtime.Keep(ErrorLeaves.Text(runtime.Heap, module));
        if (Call(Global("require"), name.Word) is not { } values) return false;
        using var loaded = runtime.Keep(values.Length > 0 ? values[0] : LuaTag.NilWord);
        ulong key = ErrorLeaves.Text(runtime.Heap, global);
        TableInsertion.Set(runtime.Heap, runtime.Globals, key, loaded.Word);
        return true;
    }

    private bool RunInit()
    {
        foreach (string variable in (string[])["LUA_INIT_5_4", "LUA_INIT"])
            if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } init)
                return init[0] == '@' ? RunScript(init[1..]) : RunText(init, "=" + variable);
        return true;
    }

    /// <summary>The table arg: the script at 0, its arguments behind it, what stands before it at negative indices.</summary>
    private void SetArguments()
    {
        int script = line.Script < args.Length ? line.Script : -1;
        using var table = runtime.Keep(runtime.NewTableValue());
        Set(table, script < 0 ? 0 : -(script + 1), "mulua");
        for (int i = 0; i < args.Length; i++)
            if (script >= 0 || i > 0 || args.Length > 0) Set(table, script < 0 ? i + 1 : i - script, args[i]);
        ulong key = ErrorLeaves.Text(runtime.Heap, "arg");
        TableInsertion.Set(runtime.Heap, runtime.Globals, key, table.Word);
    }

    private void Set(GuestValue table, int index, string text)
    {
        var s = runtime.Heap.NewString(Encoding.UTF8.GetBytes(text));
        TableInsertion.Set(runtime.Heap, (TableObject*)TagRef64.ToAddress(table.Word), TagRef64.FromInt(index), TagRef64.FromRef((ulong)s, LuaTag.String));
    }

    /// <summary>An error's message: what its __tostring says, where it is no string.</summary>
    private string MessageOf(ulong value)
    {
        if (LuaTag.Has(value, LuaTag.String)) return ErrorLeaves.Latin1(value);
        string type = LuaTypeNames.Of(value);
        ulong conversion = MetatableLeaves.Find(runtime, value, Metamethods.AsString);
        if (conversion != LuaTag.NilWord && runtime.ProtectedCall(conversion, handler.Word, [value]) is (true, [var text, ..]) && LuaTag.Has(text, LuaTag.String)) return ErrorLeaves.Latin1(text);
        return $"(error object is a {type} value)";
    }

    private static byte[] ReadStandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var memory = new MemoryStream();
        input.CopyTo(memory);
        return memory.ToArray();
    }
}
