using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Syntax;

namespace Mu.Lua.Runtime;

// Functions from binary chunks.
internal sealed unsafe partial class LuaRuntime
{
    /// <summary>A chunk of either form. Throws <see cref="LuaSyntaxException"/>.</summary>
    public ulong LoadAny(LuaHeap heap, ReadOnlySpan<byte> chunk, string chunkName, ulong environment)
    {
        if (chunk is not [FunctionDump.FirstByte, ..]) return LoadChunk(heap, chunk, chunkName, environment);
        return FunctionDump.Read(chunk, out string problem) is { } dump
            ? LoadDump(heap, dump, environment)
            : throw new LuaSyntaxException($"{ChunkName.Display(chunkName)}: bad binary format ({problem})", 0, 0);
    }

    /// <summary>A closure of a dumped function with fresh upvalues, the first of which is the environment, as in PUC. They are nil but for that.</summary>
    public ulong LoadDump(LuaHeap heap, FunctionDump dump, ulong environment)
    {
        var bundle = new Bundle();
        var prototype = Prototypes.Add(ChunkName.Display(dump.SourceName), dump.SourceName, dump.Source, Parse(dump.Source, dump.SourceName),
            bundle.AddFunction(null, LuaTypes.Signature), null, dump.IsStripped);
        foreach (int child in dump.Path) prototype = DeclareChild(prototype, prototype.Node.Children[child], bundle);
        Vm.Load(bundle);
        var upvalues = prototype.Node.Upvalues;
        using var roots = heap.OpenRoots();
        ref ulong first = ref roots.Tagged(upvalues.Count > 0 ? environment : LuaTag.NilWord);
        ref ulong closure = ref roots.Tagged(LuaTag.NilWord);
        var values = new ulong[upvalues.Count];
        Array.Fill(values, LuaTag.NilWord);
        closure = NewClosure(heap, prototype.Function, prototype.Number, values);
        for (int i = 0; i < values.Length; i++)
        {
            ulong value = i == 0 ? first : LuaTag.NilWord;
            if (upvalues[i].Origin.NeedsCell) value = NewCell(heap, value);
            FunctionObject.Upvalues((FunctionObject*)TagRef64.ToAddress(closure))[i] = value;
        }
        return closure;
    }
}
