using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Library;

/// <summary>
/// Collects the library functions that are written in C#, and puts function objects for them into tables when a state begins. Two kinds: functions that programs see, and
/// primitives that only the prelude (<see cref="PreludeSource"/>) gets.
/// </summary>
internal sealed unsafe class LibraryBuilder(LuaRuntime runtime, Bundle bundle)
{
    /// <summary>Library name of the base functions, which are globals.</summary>
    public const string Base = "_G";

    private readonly List<Entry> entries = [];

    /// <summary>Declares all functions of the standard library.</summary>
    public void AddStandardLibrary()
    {
        BaseLibrary.Register(this);
        LoadLibrary.Register(this);
        StringLibrary.Register(this);
        TableLibrary.Register(this);
        MathLibrary.Register(this);
        Utf8Library.Register(this);
        OsLibrary.Register(this);
        IoLibrary.Register(this);
        DebugLibrary.Register(this);
    }

    /// <summary>A function of a library; <see cref="Base"/> for a global.</summary>
    public void Add(string library, string name, delegate*<ref HostCall, LeafResult> body)
    {
        string qualified = QualifiedName(library == Base ? null : library, name);
        entries.Add(new(library, name, qualified, runtime.Host.Declare(bundle, new HostFunction(qualified, body))));
    }

    /// <summary>A library function's name in tracebacks; base functions have no library.</summary>
    public static string QualifiedName(string? library, string name) => library is null ? name : library + "." + name;

    /// <summary>The Mu function of a library function that was added.</summary>
    public Function FunctionOf(string library, string name) => entries.Find(entry => entry.Library == library && entry.Name == name)!.Code;

    /// <summary>A function that no table has: what makes its objects, or calls it from Mu code, keeps the Mu function. No level of the stack when it has no name.</summary>
    public Function AddHidden(string? name, delegate*<ref HostCall, LeafResult> body) =>
        runtime.Host.Declare(bundle, new HostFunction(name, body) { NeedsCallee = true });

    /// <summary>What the library keeps outside of the guest heap.</summary>
    public LibraryState State => runtime.Library;

    /// <summary>A primitive for the prelude.</summary>
    public void AddPrimitive(string name, delegate*<ref HostCall, LeafResult> body) =>
        entries.Add(new(null, name, name, runtime.Host.Declare(bundle, new HostFunction(name, body))));

    /// <summary>
    /// Makes the library tables and the functions in them, which <paramref name="functionOf"/> allocates. Gives the table of primitives, the prelude's argument; null when there is no memory.
    /// </summary>
    public TableObject* Install(LuaHeap heap, HostFunctionObjectFactory functionOf)
    {
        using var roots = heap.OpenRoots();
        ref ulong primitives = ref roots.Ref((ulong)heap.NewTable());
        ref ulong library = ref roots.Ref(0);
        ref ulong function = ref roots.Tagged(LuaTag.NilWord);
        if (primitives == 0) return null;
        foreach (var entry in entries)
        {
            library = entry.Library is null ? primitives : (ulong)LibraryTable(heap, entry.Library);
            if (library == 0) return null;
            function = functionOf(heap, entry.Code);
            if (entry.Library is not null) runtime.Host.SetObject(entry.Qualified, function);
            if (!SetField(heap, (TableObject*)library, entry.Name, function)) return null;
        }
        return SetField(heap, (TableObject*)primitives, "_G", Table((TableObject*)runtime.StateWord(RootCell.Globals)))
            && SetField(heap, (TableObject*)primitives, "registry", Table((TableObject*)runtime.StateWord(RootCell.Registry)))
            ? (TableObject*)primitives : null;
    }

    private TableObject* LibraryTable(LuaHeap heap, string name)
    {
        var globals = (TableObject*)runtime.StateWord(RootCell.Globals);
        if (name == Base) return globals;
        ulong there = GetField(heap, globals, name);
        if (LuaTag.Has(there, LuaTag.Table)) return (TableObject*)TagRef64.ToAddress(there);
        using var roots = heap.OpenRoots();
        ref ulong made = ref roots.Ref((ulong)heap.NewTable());
        if (made == 0 || !SetField(heap, (TableObject*)runtime.StateWord(RootCell.Globals), name, Table((TableObject*)made))) return null;
        return (TableObject*)made;
    }

    private static ulong Table(TableObject* table) => TagRef64.FromRef((ulong)table, LuaTag.Table);

    private static ulong GetField(LuaHeap heap, TableObject* table, string name)
    {
        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref((ulong)table);
        ulong key = ErrorLeaves.Text(heap, name);
        return TableAccess.Get((TableObject*)t, key);
    }

    private static bool SetField(LuaHeap heap, TableObject* table, string name, ulong value)
    {
        using var roots = heap.OpenRoots();
        ref ulong t = ref roots.Ref((ulong)table);
        ref ulong v = ref roots.Tagged(value);
        ulong key = ErrorLeaves.Text(heap, name);
        return TableInsertion.Set(heap, (TableObject*)t, key, v);
    }

    private sealed record Entry(string? Library, string Name, string Qualified, Function Code);
}

/// <summary>Allocates the function object of a Mu function without upvalues, as a value.</summary>
internal delegate ulong HostFunctionObjectFactory(LuaHeap heap, Function code);
