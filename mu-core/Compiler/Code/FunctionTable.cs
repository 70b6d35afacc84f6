using System.Runtime.InteropServices;
using Mu.Core.IR;

namespace Mu.Core.Compiler.Code;

/// <summary>The functions of a micro VM with their cells and lazy stubs.</summary>
internal sealed unsafe class FunctionTable(CodeMemory memory, ulong lazyStub)
{
    private const int ThunkSize = 11;
    private readonly Lock gate = new();
    private readonly Dictionary<Function, nint> cells = [];
    private readonly List<FunctionEntry> entries = [new FunctionEntry(null!, 0)];

    /// <summary>The cell of a function, made at the first request; it leads to the lazy stub until something is installed.</summary>
    public FunctionCell* CellOf(Function function)
    {
        lock (gate)
        {
            if (cells.TryGetValue(function, out nint known)) return (FunctionCell*)known;
            int id = entries.Count;
            var cell = (FunctionCell*)memory.AllocateData(sizeof(FunctionCell));
            *cell = new FunctionCell { FunctionId = (ulong)id, Entry = MakeThunk(id) };
            entries.Add(new FunctionEntry(function, cell->Entry));
            cells.Add(function, (nint)cell);
            return cell;
        }
    }

    /// <summary>The function with an id of a cell.</summary>
    public Function FunctionOf(int id)
    {
        lock (gate) return entries[id].Function;
    }

    /// <summary>The function of a funcref, which is a cell's address.</summary>
    public Function FunctionAt(ulong cell) => FunctionOf((int)((FunctionCell*)cell)->FunctionId);

    /// <summary>Callers enter this code from now on.</summary>
    public void Install(Function function, ulong entry) => Volatile.Write(ref CellOf(function)->Entry, entry);

    /// <summary>The code that callers enter; null if there is none, and they are led to the lazy stub.</summary>
    public ulong? EntryOf(Function function)
    {
        FunctionCell* cell = CellOf(function);
        lock (gate)
        {
            ulong entry = Volatile.Read(ref cell->Entry);
            return entry == entries[(int)cell->FunctionId].Thunk ? null : entry;
        }
    }

    /// <summary>The next call compiles the function's newest version.</summary>
    public void Reset(Function function)
    {
        FunctionCell* cell = CellOf(function);
        lock (gate) Volatile.Write(ref cell->Entry, entries[(int)cell->FunctionId].Thunk);
    }

    /// <summary>mov r11d, id; jmp lazy stub.</summary>
    private ulong MakeThunk(int id)
    {
        ulong address = memory.AllocateCode(ThunkSize);
        Span<byte> code = stackalloc byte[ThunkSize];
        (code[0], code[1], code[6]) = (0x41, 0xBB, 0xE9);
        MemoryMarshal.Write(code[2..], id);
        MemoryMarshal.Write(code[7..], (int)((long)lazyStub - (long)(address + ThunkSize)));
        memory.Write(address, code);
        return address;
    }

    private readonly record struct FunctionEntry(Function Function, ulong Thunk);
}
