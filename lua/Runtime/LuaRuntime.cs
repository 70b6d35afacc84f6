using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Diagnostics;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Runtime.Strings;
using Mu.Lua.Syntax;

namespace Mu.Lua.Runtime;

/// <summary>
/// One Lua state on a micro VM of its own: its root cell, its runtime functions, and compilation on first call. Everything of Lua that is not
/// guest data hangs here.
/// </summary>
internal sealed unsafe partial class LuaRuntime : IDisposable
{
    /// <summary>
    /// Address space of the main stack, and of a coroutine's: of it only what calls have touched takes memory. A coroutine may call about as deep as in PUC, whose stacks end at a million values.
    /// </summary>
    public const ulong MainStack = 64UL << 20, CoroutineStack = 16UL << 20;

    /// <summary>Runs of a function before it is specialised, unless options say otherwise.</summary>
    public const int UsualHotRuns = 4000;

    private readonly GlobalCell stateCell;
    private readonly ulong stateAddress;

    public LuaRuntime(MuVMOptions? options = null)
    {
        Vm = new MuVM((options ?? new()) with { KeepsBodies = false });
        Context = Vm.NewContext();
        Vm.SetClientState(this);
        Vm.UndefinedFunction = Define;
        HeapTypes = new LuaHeapTypes(Vm);
        Finalizers = new Finalizers(this);
        Host = new HostFunctions(this);
        Leaves = new RuntimeLeaves();

        var bundle = new Bundle();
        stateCell = bundle.AddGlobal("lua.state", RootCell.Type);
        Functions = new RuntimeFunctions(bundle, this);
        Vm.Load(bundle);
        stateAddress = Vm.AddressOfGlobal(stateCell);
        Vm.AddWeakSlots(Strings);
        Vm.AddWeakSlots(Finalizers);
        Vm.SetOverflowFunction(Functions.Overflow);
        Interrupts = new Interrupts(this);
        Vm.SetInterrupt(Functions.Interrupted, Interrupts.Decide);
        InitializeState();
    }

    public MuVM Vm { get; }

    public MuContext Context { get; }

    public LuaHeapTypes HeapTypes { get; }

    public Finalizers Finalizers { get; }

    public RuntimeFunctions Functions { get; }

    public Interrupts Interrupts { get; }

    public RuntimeLeaves Leaves { get; }

    public HostFunctions Host { get; }

    public PrototypeTable Prototypes { get; } = new();

    /// <summary>Entries of a function, or turns of a loop, before it is compiled for what has come.</summary>
    public int HotRuns { get; init; } = UsualHotRuns;

    /// <summary>Runs after which code of a tier is made.</summary>
    public int RunsBefore(Tier tier) => tier == Tier.Specialized ? HotRuns : Math.Max(HotRuns / 40, 1);

    /// <summary>What has been compiled.</summary>
    public CompilationStatistics Compilations { get; } = new();

    /// <summary>What is printed of functions that are compiled; null for nothing.</summary>
    public FunctionDumps? Dumps { get; init; }

    /// <summary>Whether code is made that counts what inline caches find (<see cref="RootCell.CacheUses"/>).</summary>
    public bool CountsCaches { get; init; }

    public MessageTable Messages { get; } = new();

    public StringTable Strings { get; } = new();

    /// <summary>How tracebacks name a library function, be it C# or Mu code; null for what is none.</summary>
    public string? HostNameOf(Function function) =>
        Host.Find(fastParts.TryGetValue(function, out var part) ? part.Host : function)?.Name ?? Functions.VisibleName(function);

    /// <summary>Allocation from the state's own thread: while no Mu code runs, or in the undefined-function handler.</summary>
    public LuaHeap Heap => new(this, Context.OpenMutator());

    /// <summary>The node array of all tables without hash part.</summary>
    public NodesObject* SharedNodes => (NodesObject*)StateWord(RootCell.SharedNodes);

    public ulong OutOfMemoryMessage => StateWord(RootCell.OutOfMemoryMessage);

    private long knownExhaustions;

    /// <summary>Whether an allocation has failed since the last question.</summary>
    public bool TakeExhaustion()
    {
        long known = knownExhaustions;
        knownExhaustions = Vm.Exhaustions();
        return known != knownExhaustions;
    }

    public TableObject* Globals => (TableObject*)StateWord(RootCell.Globals);

    /// <summary>The state of a leaf's context.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaRuntime Of(nint context) => Of(new Mutator(context));

    /// <summary>The client state of a micro VM is set once, to its Lua state: no check on the way into every leaf.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaRuntime Of(Mutator mutator) => Unsafe.As<LuaRuntime>(mutator.ClientState!);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static LuaHeap HeapOf(nint context)
    {
        var mutator = new Mutator(context);
        return new LuaHeap(Of(mutator), mutator);
    }

    /// <summary>A word of the root cell.</summary>
    public ref ulong StateWord(int field) => ref *(ulong*)(stateAddress + (ulong)RootCell.Offset(field));

    /// <summary>The location of a field of the root cell, for Mu code.</summary>
    public Value State(LuaFunctionBuilder f, int field) => f.B.Field(stateCell, field);

    /// <summary>The location of a metamethod's name, for Mu code.</summary>
    public Value MetamethodNameLocation(LuaFunctionBuilder f, int metamethod) => MetamethodNameLocation(f, f.B.Int64(metamethod));

    /// <summary>The same for a number that is known at run time only.</summary>
    public Value MetamethodNameLocation(LuaFunctionBuilder f, Value metamethod) => f.B.Element(f.B.Field(stateCell, RootCell.MetamethodNames), metamethod);

    public StringObject* MetamethodName(int metamethod) => (StringObject*)TagRef64.ToAddress(StateWord(RootCell.MetamethodNames + metamethod));

    /// <summary>Compiles a chunk as far as its main function's existence, and gives a closure of it with this _ENV. Throws <see cref="LuaSyntaxException"/>.</summary>
    public ulong LoadChunk(LuaHeap heap, ReadOnlySpan<byte> source, string chunkName, ulong environment)
    {
        long begin = Stopwatch.GetTimestamp();
        var node = Parse(source, chunkName);
        Compilations.AddChunk(Stopwatch.GetElapsedTime(begin));
        var bundle = new Bundle();
        var prototype = Prototypes.Add(ChunkName.Display(chunkName), chunkName, source.ToArray(), node, bundle.AddFunction(null, LuaTypes.Signature), null);
        Vm.Load(bundle);
        return NewClosure(heap, prototype.Function, prototype.Number, [node.Upvalues[0].Origin.NeedsCell ? NewCell(heap, environment) : environment]);
    }

    /// <summary>What the chunks loaded so far can ask of debug.</summary>
    public DebugUse DebugUse { get; private set; }

    /// <summary>Whether a function is compiled for debug to observe. Programs that do not name what observes have none such.</summary>
    public bool Observes(Prototype prototype) =>
        !prototype.IsLibrary && (DebugUse.HasFlag(DebugUse.Locals) || prototype.NamesHooks || hooksAreUsed);

    private bool hooksAreUsed;

    /// <summary>A hook is set for the first time: what has been compiled without a look at hooks is compiled again. Calls that are under way go on as they are.</summary>
    public void UseHooks()
    {
        if (hooksAreUsed) return;
        hooksAreUsed = true;
        foreach (var prototype in Prototypes.Compiled.Where(prototype => !prototype.IsObserved && Observes(prototype)).ToList()) Compile(prototype, new Bundle());
    }

    /// <summary>The lines of a function that have code; it is compiled for the answer if it was not.</summary>
    public IReadOnlyCollection<int> ActiveLines(Prototype prototype)
    {
        if (prototype.ActiveLines is null) Compile(prototype, new Bundle());
        return prototype.ActiveLines!;
    }

    /// <summary>A chunk's tree. What it names of debug holds for it and for all chunks behind it; the library's own text names nothing for programs.</summary>
    private FunctionNode Parse(ReadOnlySpan<byte> source, string chunkName)
    {
        if (chunkName != "=[C]") DebugUse |= DebugNames.In(source);
        return LuaFrontEnd.Parse(source, chunkName, DebugUse.HasFlag(DebugUse.Variables));
    }

    /// <summary>A captured variable.</summary>
    public static ulong NewCell(LuaHeap heap, ulong value)
    {
        using var roots = heap.OpenRoots();
        ref ulong kept = ref roots.Tagged(value);
        var cell = (CellObject*)heap.Mutator.New(heap.Runtime.HeapTypes.Cell);
        if (cell == null) throw new LuaFailure(heap.Runtime.OutOfMemoryMessage);
        cell->Value = kept;
        return TagRef64.FromRef((ulong)cell, LuaTag.Cell);
    }

    /// <summary>A function object.</summary>
    public ulong NewClosure(LuaHeap heap, Function code, int prototype, ReadOnlySpan<ulong> upvalues)
    {
        using var roots = heap.OpenRoots();
        ref ulong first = ref roots.Tagged(upvalues.Length > 0 ? upvalues[0] : LuaTag.NilWord);
        for (int i = 1; i < upvalues.Length; i++) roots.Tagged(upvalues[i]);
        var function = (FunctionObject*)heap.Mutator.NewHybrid(HeapTypes.Function, (ulong)upvalues.Length);
        if (function == null) throw new LuaFailure(OutOfMemoryMessage);
        function->Code = Vm.FunctionCell(code);
        function->Info = (uint)prototype;
        for (int i = 0; i < upvalues.Length; i++) FunctionObject.Upvalues(function)[i] = Unsafe.Add(ref first, i);
        return TagRef64.FromRef((ulong)function, LuaTag.Function);
    }

    /// <summary>The prototype of a nested function, declared in its parent's bundle.</summary>
    public Prototype DeclareChild(Prototype parent, FunctionNode node, Bundle bundle) =>
        Prototypes.Add(parent.ChunkName, parent.SourceName, parent.Source, node, bundle.AddFunction(null, LuaTypes.Signature), parent);

    /// <summary>
    /// Calls a Lua function from C# on a new stack with a message handler (nil: none), as lua.c's docall does. The results, or the error after the handler, are in the returned array's
    /// values; they are valid until the next allocation.
    /// </summary>
    public (bool Succeeded, ulong[] Values) ProtectedCall(ulong function, ulong handler, ReadOnlySpan<ulong> arguments)
    {
        var results = CallList(Functions.Enter, [function, handler, .. arguments]);
        return (results[0] == LuaTag.TrueWord, results[1..]);
    }

    /// <summary>Calls a Mu function with Lua's signature from C#, on a new stack.</summary>
    private ulong[] CallList(Function code, ReadOnlySpan<ulong> arguments)
    {
        var handles = new List<MuValue> { Context.FromReference(LuaTypes.FunctionRef, 0), Context.FromInteger(IntType.I32, (ulong)arguments.Length) };
        for (int i = 0; i < LuaTypes.RegisterValues; i++) handles.Add(Context.FromTagRef(i < arguments.Length ? arguments[i] : LuaTag.NilWord));
        var rest = new List<MuValue>();
        for (int i = LuaTypes.RegisterValues; i < arguments.Length; i++) rest.Add(Context.FromTagRef(arguments[i]));
        ValuesObject* extra = null;
        if (rest.Count > 0)
        {
            extra = Heap.NewValues(rest.Count);
            for (int i = 0; i < rest.Count; i++) ValuesObject.Items(extra)[i] = Context.ToAddress(rest[i]);
        }
        handles.Add(Context.FromReference(LuaTypes.ValuesRef, (ulong)extra));
        var results = Context.Call(code, handles.ToArray());
        foreach (var handle in handles) Context.Delete(handle);
        foreach (var handle in rest) Context.Delete(handle);
        return ListOf(results);
    }

    private ulong[] ListOf(MuValue[] results)
    {
        var values = new ulong[(int)(uint)Context.ToUInt64(results[0])];
        var extra = (ValuesObject*)Context.ToAddress(results[^1]);
        for (int i = 0; i < values.Length; i++)
            values[i] = i < LuaTypes.RegisterValues ? Context.ToAddress(results[1 + i]) : ValuesObject.Items(extra)[i - LuaTypes.RegisterValues];
        foreach (var handle in results) Context.Delete(handle);
        return values;
    }

    public ulong GlobalsValue => TagRef64.FromRef(StateWord(RootCell.Globals), LuaTag.Table);

    /// <summary>A new table, as a value.</summary>
    public ulong NewTableValue()
    {
        var table = Heap.NewTable();
        return table == null ? throw new LuaFailure(OutOfMemoryMessage) : TagRef64.FromRef((ulong)table, LuaTag.Table);
    }

    /// <summary>Keeps a value alive, and findable when it moves.</summary>
    public GuestValue Keep(ulong word) => new(Context, word);

    /// <summary>The message handler of the command: the message, with __tostring's help, and a traceback (lua.c's msgh).</summary>
    public ulong NewMessageHandler()
    {
        var bundle = new Bundle();
        var function = Host.Declare(bundle, new HostFunction("?", &HandleMessage));
        Vm.Load(bundle);
        return NewClosure(Heap, function, 0, []);
    }

    private static LeafResult HandleMessage(ref HostCall c)
    {
        ulong message = c[0];
        string text;
        if (LuaTag.Has(message, LuaTag.String)) text = ErrorLeaves.Latin1(message);
        else if (LuaNumbers.TryGet(message, out _, out _, out _))
        {
            c.EnsureString(0);
            text = ErrorLeaves.Latin1(c[0]);
        }
        else if (MetatableLeaves.Find(c.Runtime, message, Metamethods.AsString) != LuaTag.NilWord) return HostCall.One(message);
        else text = $"(error object is a {LuaTypeNames.Of(message)} value)";
        // Level 0 is this handler.
        return HostCall.One(ErrorLeaves.Text(c.Heap, Traceback.Text(c.Heap, text, 1)));
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        Context.Dispose();
        Vm.Dispose();
        Strings.Dispose();
    }

    /// <summary>The micro VM asks for a function on its first call: runtime functions, library functions and Lua functions are all built then.</summary>
    private void Define(Function function)
    {
        var bundle = new Bundle();
        if (Functions.TryDefine(function, bundle) || Host.TryDefine(function, bundle) || TryDefineFast(function, bundle))
        {
            Vm.Load(bundle);
            return;
        }
        Compile(Prototypes.Find(function) ?? throw new InvalidOperationException($"function {function} is not Lua's"), bundle);
    }

    /// <summary>Compiles a function for a tier. New calls enter the new code.</summary>
    public void Promote(Prototype prototype, Tier tier)
    {
        if (prototype.Tier >= tier) return;
        prototype.Tier = tier;
        Compile(prototype, new Bundle());
    }

    /// <summary>Compiles a function again without the expectations that have been disappointed; not for ever, since code that copes with everything is made of slow paths anyway.</summary>
    public void Generalize(Prototype prototype)
    {
        if (prototype.Generalizations == Prototype.MostGeneralizations) return;
        prototype.Generalizations++;
        prototype.Feedback.Generalize(Vm);
        prototype.Tier = Tier.Specialized;
        Compile(prototype, new Bundle());
    }

    /// <summary>
    /// Compiles the rest of a function from the head of a loop on, once, and puts the code where the loop finds it. A function that has been called before is compiled as a whole first,
    /// since it may be called again: then the loop goes on as it is, and false is given, unless it becomes hot once more in this call.
    /// </summary>
    public bool PromoteLoop(Prototype prototype, int number, ulong[] variables)
    {
        var entry = prototype.Feedback.Entry(number);
        if (*(ulong*)Vm.AddressOfGlobal(entry.Code) != 0) return true;
        if (prototype.Tier < entry.Tier && prototype.Feedback.Heat(prototype.Node, Vm) > 1)
        {
            Promote(prototype, entry.Tier);
            prototype.Feedback.Cool(entry.Loop, Vm, entry.Tier == Tier.Specialized ? RunsBefore(Tier.Recording) : 0);
            return false;
        }
        long begin = Stopwatch.GetTimestamp();
        var bundle = new Bundle();
        var function = bundle.AddFunction(null, LuaTypes.LoopSignature);
        Prototypes.AddCode(function, prototype);
        Finish(prototype, FunctionCompiler.CompileFromLoop(this, prototype, entry, variables, function, bundle), bundle);
        Translated(prototype, entry.Tier, function, bundle, begin);
        *(ulong*)Vm.AddressOfGlobal(entry.Code) = Vm.FunctionCell(function);
        return true;
    }

    private void Compile(Prototype prototype, Bundle bundle)
    {
        long begin = Stopwatch.GetTimestamp();
        prototype.IsObserved = Observes(prototype);
        Finish(prototype, FunctionCompiler.Compile(this, prototype, bundle), bundle);
        Translated(prototype, prototype.Tier, prototype.Function, bundle, begin);
    }

    private void Finish(Prototype prototype, ConstantCells cells, Bundle bundle)
    {
        Vm.Load(bundle);
        Fill(cells);
        prototype.Feedback.SetOwner(Vm, prototype.Number);
    }

    private void Translated(Prototype prototype, Tier tier, Function function, Bundle bundle, long begin)
    {
        bool isLoop = function != prototype.Function;
        Compilations.AddFunction(tier, isLoop, Stopwatch.GetElapsedTime(begin));
        Dumps?.Translated(Vm, prototype, tier, isLoop, bundle.Versions.Single(version => version.Function == function));
    }

    private void Fill(ConstantCells cells)
    {
        var heap = Heap;
        foreach (var (text, cell) in cells.Strings) *(ulong*)Vm.AddressOfGlobal(cell) = ErrorLeaves.Text(heap, text);
        foreach (var (value, cell) in cells.Integers) *(ulong*)Vm.AddressOfGlobal(cell) = LuaNumbers.FromInteger(heap, value);
        foreach (var (cell, literals) in cells.Arrays)
        {
            // Through the cell each time: making a value may move the array. Without memory it stays NULL, which the leaf that reads it reports.
            var array = (ValuesObject**)Vm.AddressOfGlobal(cell);
            *array = heap.NewValues(literals.Count);
            for (int i = 0; i < literals.Count && *array != null; i++)
            {
                ulong word = Literals.WordOf(literals[i], heap);
                ValuesObject.Items(*array)[i] = word;
            }
        }
    }

    /// <summary>The names of types by tag: what <c>type</c> gives.</summary>
    private void InitializeTypeNames(LuaHeap heap)
    {
        const int count = LuaTag.LightUserdata + 1;
        StateWord(RootCell.TypeNames) = (ulong)heap.NewValues(count);
        for (int tag = 0; tag < count; tag++)
        {
            if (tag == LuaTag.Cell) continue;
            var s = heap.NewString(System.Text.Encoding.Latin1.GetBytes(LuaTypeNames.OfTag(tag)));
            ValuesObject.Items((ValuesObject*)StateWord(RootCell.TypeNames))[tag] = TagRef64.FromRef((ulong)s, LuaTag.String);
        }
    }

    private void InitializeState()
    {
        var heap = Heap;
        for (int i = RootCell.MetamethodNames; i < RootCell.MetamethodNames + Metamethods.Count; i++) StateWord(i) = LuaTag.NilWord;
        var shared = (NodesObject*)heap.Mutator.NewHybrid(HeapTypes.Nodes, 1);
        NodesObject.At(shared, 0)->Key = NodesObject.At(shared, 0)->Value = LuaTag.NilWord;
        StateWord(RootCell.SharedNodes) = (ulong)shared;
        StateWord(RootCell.OutOfMemoryMessage) = ErrorLeaves.Text(heap, "not enough memory");
        for (int i = 1; i < Metamethods.Count; i++) StateWord(RootCell.MetamethodNames + i) = ErrorLeaves.Text(heap, Metamethods.NameOf(i));
        StateWord(RootCell.ByteStrings) = (ulong)heap.NewValues(256);
        for (int i = 0; i < 256; i++)
        {
            var s = heap.NewString([(byte)i]);
            ValuesObject.Items((ValuesObject*)StateWord(RootCell.ByteStrings))[i] = TagRef64.FromRef((ulong)s, LuaTag.String);
        }
        InitializeTypeNames(heap);
        StateWord(RootCell.NextFunction) = StateWord(RootCell.IpairsIterator) = StateWord(RootCell.SelectFunction) = LuaTag.NilWord;
        StateWord(RootCell.Globals) = (ulong)heap.NewTable();
        StateWord(RootCell.Registry) = (ulong)heap.NewTable();
        var main = (CoroutineObject*)heap.Mutator.New(HeapTypes.Coroutine);
        main->Body = main->Handler = main->Error = LuaTag.NilWord;
        main->Info = (ulong)CoroutineStatus.Running;
        StateWord(RootCell.MainCoroutine) = StateWord(RootCell.Current) = (ulong)main;
    }
}

/// <summary>A value that C# holds over calls and collections.</summary>
internal sealed class GuestValue(MuContext context, ulong word) : IDisposable
{
    private readonly MuValue handle = context.FromTagRef(word);

    public ulong Word => context.ToAddress(handle);

    public void Dispose() => context.Delete(handle);
}

/// <summary>The heap's numbers of Lua's types.</summary>
internal sealed class LuaHeapTypes(MuVM vm)
{
    private const ulong StrongTags = 1UL << LuaTag.String | 1UL << LuaTag.BoxedInteger;

    public HeapType Table { get; } = vm.HeapTypeOf(LuaTypes.Table);

    public HeapType Values { get; } = vm.HeapTypeOf(LuaTypes.Values);

    public HeapType Nodes { get; } = vm.HeapTypeOf(LuaTypes.Nodes);

    public HeapType String { get; } = vm.HeapTypeOf(LuaTypes.String);

    public HeapType Function { get; } = vm.HeapTypeOf(LuaTypes.Function);

    public HeapType Userdata { get; } = vm.HeapTypeOf(LuaTypes.Userdata);

    public HeapType Coroutine { get; } = vm.HeapTypeOf(LuaTypes.Coroutine);

    public HeapType BoxedInteger { get; } = vm.HeapTypeOf(LuaTypes.BoxedInteger);

    public HeapType Cell { get; } = vm.HeapTypeOf(LuaTypes.Cell);

    /// <summary>The array part of a table with weak values. Strings and numbers are values, not objects, for this purpose (manual §2.5.4).</summary>
    public HeapType WeakValues { get; } = vm.WeakHeapTypeOf(LuaTypes.Values, Weakness.Elements, LuaTag.NilWord, LuaTag.NilWord, StrongTags);

    public HeapType NodesWeakKeys { get; } = WeakNodes(vm, Weakness.Keys);

    public HeapType NodesWeakValues { get; } = WeakNodes(vm, Weakness.Values);

    public HeapType NodesWeakBoth { get; } = WeakNodes(vm, Weakness.KeysAndValues);

    /// <summary>A dead key becomes a key that nothing equals: the chain stays walkable, and the node is dropped by the next rehash.</summary>
    private static HeapType WeakNodes(MuVM vm, Weakness weakness) =>
        vm.WeakHeapTypeOf(LuaTypes.Nodes, weakness, LuaTag.DeadKeyWord, LuaTag.NilWord, StrongTags);
}

/// <summary>Texts of errors that Mu code raises, by number.</summary>
internal sealed class MessageTable
{
    private readonly List<string> messages = [];

    public string this[int number] => messages[number];

    public int Add(string message)
    {
        int known = messages.IndexOf(message);
        if (known >= 0) return known;
        messages.Add(message);
        return messages.Count - 1;
    }
}
