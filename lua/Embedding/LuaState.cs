using System.Collections.Concurrent;
using System.Text;
using Mu.Core.Api;
using Mu.Lua.Library;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Syntax;

namespace Mu.Lua;

/// <summary>
/// A Lua state: globals, objects, loaded code, on a micro VM of its own. States are independent of each other. One thread at a time works in a state, others wait; host functions that a state calls use it
/// on their own thread as they like.
/// </summary>
/// <example><code>
/// using var lua = new LuaState();
/// lua["greet"] = lua.CreateFunction("greet", (string name) => $"hello, {name}");
/// LuaValue[] results = lua.Run("return greet('world'), 6 * 7");
/// </code></example>
public sealed unsafe partial class LuaState : IDisposable
{
    private readonly LuaRuntime runtime;
    private readonly object gate = new();
    private readonly ConcurrentQueue<MuValue> released = new();
    private readonly LuaOptions options;
    private bool isDisposed;

    /// <summary>A state with the whole library and without limits.</summary>
    public LuaState()
        : this(new LuaOptions())
    {
    }

    /// <summary>A state as the options say.</summary>
    public LuaState(LuaOptions options)
    {
        this.options = options;
        runtime = new LuaRuntime(StateSetup.MachineOptions(options)) { HotRuns = options.HotRuns ?? LuaRuntime.UsualHotRuns };
        objects = new HostObjects(runtime);
        runtime.Vm.AddWeakSlots(objects);
        runtime.OpenLibraries(options.Input, options.Output, options.Error);
        runtime.Library.MaxTextLength = options.Limits.Memory ?? long.MaxValue;
        runtime.Host.Embedder = this;
        host = new HostEntry(runtime);
        StateSetup.Restrict(this, options.Libraries);
        watch = new RunWatch(runtime, options.Limits);
    }

    /// <summary>Ends the state: finalisers are called, files closed. Handles of its objects are useless afterwards.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            if (isDisposed) return;
            if (depth > 0) throw new InvalidOperationException("the state is running");
            try
            {
                watch.Begin(TimeLimit);
                runtime.CloseLibraries();
            }
            finally
            {
                watch.End();
                isDisposed = true;
                watch.Dispose();
                runtime.Dispose();
                objects.Dispose();
            }
        }
    }

    /// <summary>The table of global variables.</summary>
    public LuaTable Globals
    {
        get
        {
            using var scope = Enter();
            return (LuaTable)FromWord(runtime.GlobalsValue).Reference!;
        }
    }

    /// <summary>A global variable, without metamethods.</summary>
    public LuaValue this[string name]
    {
        get
        {
            using var scope = Enter();
            return GetRaw(runtime.GlobalsValue, name);
        }
        set
        {
            using var scope = Enter();
            SetRaw(runtime.GlobalsValue, name, value);
        }
    }

    /// <summary>Bytes that objects of the state take, garbage since the last collection included.</summary>
    public long MemoryInUse
    {
        get
        {
            using var scope = Enter();
            return (long)runtime.Vm.UsedBytes();
        }
    }

    /// <summary>The last exception of a library function that is no error of a program: an error of this library.</summary>
    internal Exception? InternalError => runtime.Host.InternalError;

    /// <summary>Collects garbage.</summary>
    public void Collect()
    {
        using var scope = Enter();
        runtime.Vm.Collect();
    }

    /// <summary>Compiles a chunk to a function.</summary>
    /// <param name="code">The source, or a binary chunk of <c>string.dump</c>.</param>
    /// <param name="chunkName">The name for messages: "@" and a file's name, or "=" and any other; without such a sign it is the source.</param>
    /// <param name="environment">What the chunk's global variables are fields of; null for the state's globals.</param>
    /// <exception cref="LuaCompileException">It is no Lua.</exception>
    public LuaFunction Load(string code, string? chunkName = null, LuaTable? environment = null) =>
        Load(Encoding.UTF8.GetBytes(code), chunkName ?? code, environment);

    /// <summary>Compiles a chunk of bytes to a function; see <see cref="Load(string, string?, LuaTable?)"/>.</summary>
    /// <exception cref="LuaCompileException">It is no Lua.</exception>
    public LuaFunction Load(ReadOnlySpan<byte> code, string chunkName, LuaTable? environment = null)
    {
        using var scope = Enter();
        try
        {
            return (LuaFunction)FromWord(runtime.LoadAny(runtime.Heap, code, chunkName, environment is null ? runtime.GlobalsValue : Own(environment))).Reference!;
        }
        catch (LuaSyntaxException e)
        {
            throw new LuaCompileException(e.Message, e);
        }
        catch (LuaFailure failure)
        {
            throw new LuaException(FromWord(failure.Value));
        }
    }

    /// <summary>Compiles a file, whose first line may be a <c>#!</c> comment.</summary>
    /// <exception cref="LuaCompileException">It is no Lua.</exception>
    public LuaFunction LoadFile(string path, LuaTable? environment = null)
    {
        byte[] code = File.ReadAllBytes(path);
        return Load(code.AsSpan(LuaFrontEnd.SkipFirstLine(code)), "@" + path, environment);
    }

    /// <summary>Compiles a chunk and runs it; its results.</summary>
    /// <exception cref="LuaException">An error.</exception>
    public LuaValue[] Run(string code, string? chunkName = null)
    {
        using LuaFunction chunk = Load(code, chunkName);
        return chunk.Call();
    }

    /// <summary>Compiles a file and runs it with arguments, which are its varargs; its results.</summary>
    /// <exception cref="LuaException">An error.</exception>
    public LuaValue[] RunFile(string path, params ReadOnlySpan<LuaValue> arguments)
    {
        using LuaFunction chunk = LoadFile(path);
        return chunk.Call(arguments);
    }

    /// <summary>
    /// Ends what runs in the state, from any thread, at its next loop or call: the host's call ends with a <see cref="LuaInterruptedException"/>. When nothing runs it has no effect.
    /// </summary>
    public void Interrupt(string message = "cancelled by the host") => watch.Cancel(message);

    /// <summary>A new table.</summary>
    public LuaTable CreateTable()
    {
        using var scope = Enter();
        return (LuaTable)FromWord(Checked(runtime.NewTableValue)).Reference!;
    }

    /// <summary>A table with values at 1, 2, 3….</summary>
    public LuaTable CreateTable(IEnumerable<LuaValue> values)
    {
        LuaTable table = CreateTable();
        long index = 0;
        foreach (LuaValue value in values) table.RawSet(++index, value);
        return table;
    }

    /// <summary>A table with keys and values.</summary>
    public LuaTable CreateTable(IEnumerable<KeyValuePair<LuaValue, LuaValue>> fields)
    {
        LuaTable table = CreateTable();
        foreach (var (key, value) in fields) table.RawSet(key, value);
        return table;
    }

    /// <summary>How long each call by the host may run (<see cref="LuaLimits.Time"/>); null for ever. It holds for the calls that begin from now on.</summary>
    public TimeSpan? TimeLimit
    {
        get => watch.TimeLimit;
        set => watch.TimeLimit = value;
    }

    /// <summary>A coroutine, suspended, that will call the function.</summary>
    public LuaCoroutine CreateCoroutine(LuaFunction function) => CallLibrary("coroutine.create", function)[0].AsCoroutine();

    /// <summary>What Lua's <c>tostring</c> gives, with metamethods.</summary>
    public string ToText(LuaValue value) => CallLibrary("tostring", value)[0].AsString();

    /// <summary>A library function, found as the state keeps it, whatever programs did to the table that has it.</summary>
    private LuaValue[] CallLibrary(string name, params ReadOnlySpan<LuaValue> arguments)
    {
        using var scope = Enter();
        return Call(runtime.Host.ObjectOf(name), arguments);
    }
}
