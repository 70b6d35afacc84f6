using System.Text;
using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Syntax;

namespace Mu.Lua.Compilation;

/// <summary>
/// The global memory of one compiled function: constants that are heap objects (strings, wide integers). Objects move, so code loads them
/// from a cell; the cells are arrays whose lengths are known when compilation ends, hence one cell for each constant.
/// </summary>
internal sealed class ConstantCells(LuaFunctionBuilder f, Dictionary<string, GlobalCell> chunkStrings)
{
    private readonly Dictionary<string, GlobalCell> strings = [];
    private readonly Dictionary<long, GlobalCell> integers = [];
    private readonly List<(GlobalCell Cell, IReadOnlyList<Expression> Literals)> arrays = [];

    /// <summary>Cells to be filled with strings (each char of the key is a byte) once the bundle is loaded.</summary>
    public IEnumerable<KeyValuePair<string, GlobalCell>> Strings => strings;

    /// <summary>Cells to be filled with boxed integers.</summary>
    public IEnumerable<KeyValuePair<long, GlobalCell>> Integers => integers;

    /// <summary>Cells to be filled with arrays of constants.</summary>
    public IEnumerable<(GlobalCell Cell, IReadOnlyList<Expression> Literals)> Arrays => arrays;

    /// <summary>An array of literals.</summary>
    public Value Array(IReadOnlyList<Expression> literals)
    {
        var cell = f.B.Bundle.AddGlobal(null, LuaTypes.ValuesRef);
        arrays.Add((cell, literals));
        return f.B.Load(cell);
    }

    public Value String(ReadOnlySpan<byte> bytes)
    {
        string key = Encoding.Latin1.GetString(bytes);
        // A long constant is one object in the whole chunk, as PUC's scanner makes it.
        if (bytes.Length > StringObject.MaxInterned && chunkStrings.TryGetValue(key, out var known)) return f.B.Load(known);
        if (!strings.TryGetValue(key, out var cell)) strings[key] = cell = f.B.Bundle.AddGlobal(null, LuaTypes.Value);
        if (bytes.Length > StringObject.MaxInterned) chunkStrings.Add(key, cell);
        return f.B.Load(cell);
    }

    public Value Integer(long value)
    {
        if (LuaNumbers.FitsSmall(value)) return f.B.TagRefWord(TagRef64.FromInt(value));
        if (!integers.TryGetValue(value, out var cell)) integers[value] = cell = f.B.Bundle.AddGlobal(null, LuaTypes.Value);
        return f.B.Load(cell);
    }
}
