using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Library;
using Mu.Lua.Library.Files;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime;

// The standard library in a state.
internal sealed unsafe partial class LuaRuntime
{
    /// <summary>What the library keeps outside of the guest heap.</summary>
    public LibraryState Library { get; private set; } = null!;

    /// <summary>Makes the standard library's tables and functions.</summary>
    public void OpenLibraries(Stream? input = null, Stream? output = null, Stream? error = null, bool ignoresEnvironment = false)
    {
        Library = new LibraryState { Hooks = new LibraryHooks(this), Files = new FileTable(input, output, error), IgnoresEnvironment = ignoresEnvironment };
        var bundle = new Bundle();
        var builder = new LibraryBuilder(this, bundle);
        builder.AddStandardLibrary();
        CoroutineLibrary.Register(builder);
        Vm.Load(bundle);
        var primitives = builder.Install(Heap, (heap, code) => NewClosure(heap, code, 0, []));
        if (primitives == null) throw new LuaFailure(OutOfMemoryMessage);
        using var kept = Keep(TagRef64.FromRef((ulong)primitives, LuaTag.Table));
        foreach (var (library, name, function) in Functions.LibraryFunctions) SetLibraryFunction(library, name, function);
        PutFastPartsInFront(builder);
        SetDeferredPart("string.gsub", Functions.Substitute);
        RunPrelude(kept);
        Prototypes.EndLibrary();
    }

    private readonly Dictionary<Function, (string? Library, string Name, Function Host)> fastParts = [];

    /// <summary>Replaces library functions by those that try a common case in Mu code first.</summary>
    private void PutFastPartsInFront(LibraryBuilder builder)
    {
        var bundle = new Bundle();
        foreach (var (library, name) in FastBuiltins.Names)
            fastParts.Add(bundle.AddFunction(null, LuaTypes.Signature), (library, name, builder.FunctionOf(library ?? LibraryBuilder.Base, name)));
        Vm.Load(bundle);
        foreach (var (function, part) in fastParts) SetLibraryFunction(part.Library, part.Name, function);
        // What pairs gives, and what compiled loops compare their iterator with.
        StateWord(RootCell.NextFunction) = GlobalFunction("next");
        StateWord(RootCell.SelectFunction) = GlobalFunction("select");

        ulong GlobalFunction(string name)
        {
            ulong key = ErrorLeaves.Text(Heap, name);
            return TableAccess.Get(Globals, key);
        }
    }

    private bool TryDefineFast(Function function, Bundle bundle)
    {
        if (!fastParts.TryGetValue(function, out var part)) return false;
        FastBuiltins.Define(this, bundle, function, part.Library, part.Name, part.Host);
        return true;
    }

    /// <summary>The number of the library's function that calls finalisers; 0 before there is one.</summary>
    public unsafe int FinalizerRunner => StateWord(RootCell.FinalizerRunner) is var address && address == 0 ? 0 : ((FunctionObject*)address)->Prototype;

    /// <summary>Ends the state for programs: finalisers of all objects are called, what programs left open is written out and closed.</summary>
    public void CloseLibraries()
    {
        if (Library is null) return;
        Finalizers.Close();
        if (Finalizers.ArePending) ProtectedCall(TagRef64.FromRef(StateWord(RootCell.FinalizerRunner), LuaTag.Function), LuaTag.NilWord, []);
        Library.Dispose();
    }

    private void SetLibraryFunction(string? library, string name, Function function)
    {
        using var closure = Keep(NewClosure(Heap, function, 0, []));
        using var table = Keep(library is null ? GlobalsValue : TableAccess.Get(Globals, ErrorLeaves.Text(Heap, library)));
        ulong key = ErrorLeaves.Text(Heap, name);
        Host.SetObject(LibraryBuilder.QualifiedName(library, name), closure.Word);
        if (!TableInsertion.Set(Heap, (TableObject*)TagRef64.ToAddress(table.Word), key, closure.Word)) throw new LuaFailure(OutOfMemoryMessage);
    }

    /// <summary>Makes Mu code take over where a C# function gives up, as <c>defer</c> in the prelude does for Lua code.</summary>
    private void SetDeferredPart(string name, Function function)
    {
        ulong part = NewClosure(Heap, function, 0, []);
        if (!TableInsertion.Set(Heap, (TableObject*)StateWord(RootCell.Registry), HostFunctions.DeferredKey(Host.NumberOf(name)), part)) throw new LuaFailure(OutOfMemoryMessage);
    }

    /// <summary>Runs the parts of the library that are written in Lua; each chunk gets the table of primitives.</summary>
    private void RunPrelude(GuestValue primitives)
    {
        foreach (var (name, source) in PreludeSource.Chunks)
        {
            var (succeeded, values) = ProtectedCall(LoadChunk(Heap, source, "=[C]", GlobalsValue), LuaTag.NilWord, [primitives.Word]);
            if (!succeeded) throw new InvalidOperationException($"the prelude {name} fails: {(values.Length > 0 ? PlainMessage(values[0]) : "")}");
        }
    }

    private static string PlainMessage(ulong value) => LuaTag.Has(value, LuaTag.String) ? ErrorLeaves.Latin1(value) : LuaTypeNames.Of(value);
}
