using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>Addresses of global variables that have one: function cells, global cells, native symbols. They are fixed for good.</summary>
internal sealed unsafe class GlobalAddresses(MuHeap heap, FunctionTable functions, NativeSymbols symbols, NativeEntries entries)
{
    private readonly Lock gate = new();
    private readonly Dictionary<GlobalCell, ulong> cells = [];

    /// <summary>The address of a function's cell, of a global cell's memory (made at the first request), of a native symbol, or of an exposed function's thunk.</summary>
    public ulong Of(GlobalValue value) => value switch
    {
        Function function => (ulong)functions.CellOf(function),
        GlobalCell cell => OfCell(cell),
        ExternConstant external => symbols.AddressOf(external.Symbol),
        ExposedFunction exposed => entries.AddressOf(exposed),
        _ => throw new ArgumentException($"{value} has no address"),
    };

    /// <summary>All global cells by ascending address.</summary>
    public (ulong Address, GlobalCell Cell)[] Cells()
    {
        lock (gate) return [.. cells.Select(pair => (pair.Value, pair.Key)).OrderBy(pair => pair.Value)];
    }

    private ulong OfCell(GlobalCell cell)
    {
        lock (gate)
        {
            if (!cells.TryGetValue(cell, out ulong address)) cells.Add(cell, address = heap.AllocateGlobal(TypeLayout.Of(cell.CellType)));
            return address;
        }
    }
}
