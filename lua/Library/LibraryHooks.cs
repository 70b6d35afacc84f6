using Mu.Core.Api;
using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;

namespace Mu.Lua.Library;

/// <summary>The state's services to its library.</summary>
internal sealed unsafe class LibraryHooks(LuaRuntime runtime) : ILibraryHooks
{
    public ulong Compile(ref HostCall call, ReadOnlySpan<byte> source, string chunkName, ulong environment, bool hasEnvironment) =>
        runtime.LoadChunk(call.Heap, source, chunkName, hasEnvironment ? environment : runtime.GlobalsValue);

    public void Collect(ref HostCall call) => runtime.Vm.Collect();

    public long UsedBytes(ref HostCall call) => (long)runtime.Vm.UsedBytes();

    /// <summary>Both parts of the table become their weak or strong variants; the shared empty part is nobody's own and stays as it is.</summary>
    public void SetWeakness(ref HostCall call, int tableArgument, ReadOnlySpan<byte> mode)
    {
        bool keys = mode.Contains((byte)'k'), values = mode.Contains((byte)'v');
        var types = runtime.HeapTypes;
        if (!OwnParts(ref call, tableArgument, keys || values)) throw call.OutOfMemory();
        var table = (TableObject*)TagRef64.ToAddress(call[tableArgument]);
        if (table->Array != null) call.Heap.Mutator.ChangeType((ulong)table->Array, values ? types.WeakValues : types.Values);
        if (table->Nodes != runtime.SharedNodes)
            call.Heap.Mutator.ChangeType((ulong)table->Nodes, (keys, values) switch
            {
                (true, true) => types.NodesWeakBoth,
                (true, false) => types.NodesWeakKeys,
                (false, true) => types.NodesWeakValues,
                _ => types.Nodes,
            });
    }

    public void MarkForFinalization(ref HostCall call, ulong value) => runtime.Finalizers.Register(value);

    public FrameDescription? FrameAt(ref HostCall call, long level, ulong coroutine)
    {
        var levels = DebugLibrary.LevelsOf(ref call, coroutine);
        if (level < 0 || level >= levels.Count) return null;
        var frame = levels[(int)level];
        string? name = level + 1 < levels.Count ? levels[(int)level + 1].CalleeName : null;
        int space = name?.IndexOf(" '", StringComparison.Ordinal) ?? -1;
        var description = frame.Prototype is null ? Host : Describe(frame.Prototype);
        return new FrameDescription(Traceback.FunctionOf(runtime, frame), description, frame.Prototype is null ? -1 : frame.Line,
            name is null ? null : name[(space + 2)..^1], name is null ? "" : name[..space], IsTailCall(frame));
    }

    /// <summary>What the array of an observed function's frame says.</summary>
    private static bool IsTailCall(in StackLevel level) =>
        level.Prototype is not null && level.Frame.KeepAlives is [_, var array, ..] && *ValuesObject.Items((ValuesObject*)array) == LuaTag.TrueWord;

    public FunctionDescription Describe(ref HostCall call, ulong function)
    {
        var target = (FunctionObject*)TagRef64.ToAddress(function);
        var prototype = runtime.Prototypes.Find(target->Prototype);
        return prototype is null ? Host with { UpvalueCount = (int)FunctionObject.UpvalueCount(target) } : Describe(prototype);
    }

    private static FunctionDescription Host { get; } = new("=[C]", "C", -1, -1, 0, 0, true, () => []);

    private FunctionDescription Describe(Prototype prototype)
    {
        var node = prototype.Node;
        return new FunctionDescription(prototype.SourceName, prototype.IsMain ? "main" : "Lua", prototype.IsMain ? 0 : node.At.Line, prototype.IsMain ? -1 : node.LastLine,
            node.Upvalues.Count, node.Parameters.Count, node.IsVararg, () => runtime.ActiveLines(prototype));
    }

    /// <summary>A weak table needs parts of its own from the start, so that what is added later is weak too.</summary>
    private static bool OwnParts(ref HostCall call, int tableArgument, bool isWeak)
    {
        if (!isWeak) return true;
        ref ulong root = ref call.Heap.OpenRoots().Ref(TagRef64.ToAddress(call[tableArgument]));
        if (((TableObject*)root)->Array == null)
        {
            var array = call.Heap.NewValues(4);
            if (array == null) return false;
            ((TableObject*)root)->Array = array;
        }
        if (!call.Heap.IsSharedNodes(((TableObject*)root)->Nodes)) return true;
        var nodes = call.Heap.NewNodes(1, ((TableObject*)root)->Nodes);
        if (nodes == null) return false;
        ((TableObject*)root)->Nodes = nodes;
        return true;
    }
}
