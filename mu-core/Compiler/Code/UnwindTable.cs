using System.Numerics;
using System.Runtime.InteropServices;

namespace Mu.Core.Compiler.Code;

/// <summary>
/// The call sites as the <c>Throw</c> stub reads them: for each return address, where an exception lands, or how far up the caller's return address lies.
/// Native memory, open addressing with linear probing. Readers need no lock: entries are never taken away, a key is written last, and a table that has been outgrown stays.
/// </summary>
internal sealed unsafe class UnwindTable : IDisposable
{
    /// <summary>Offsets in the block that <see cref="Root"/> leads to: index mask, shift of the hash, entries.</summary>
    public const int MaskOffset = 0, ShiftOffset = 8, EntriesOffset = 16;

    /// <summary>Offsets in an entry, and its size as a power of two.</summary>
    public const int KeyOffset = 0, LandingOffset = 8, AdvanceOffset = 16, EntryShift = 5;

    /// <summary>A key's first index is its product with this, shifted right.</summary>
    public const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly List<nint> blocks = [];
    private int count;

    /// <summary>An empty table.</summary>
    public UnwindTable()
    {
        Root = (Block**)NativeMemory.AllocZeroed((nuint)sizeof(nint));
        *Root = NewBlock(1024);
    }

    /// <summary>The cell with the address of the current block; its own address never changes.</summary>
    public Block** Root { get; }

    /// <summary>Adds a call site; calls exclude one another.</summary>
    /// <param name="returnAddress">The site's key.</param>
    /// <param name="landing">Where exceptions land; 0: in a caller.</param>
    /// <param name="advance">Bytes from the word with this return address to the one with the caller's.</param>
    public void Add(ulong returnAddress, ulong landing, ulong advance)
    {
        if ((count + 1) * 2 > (int)(*Root)->Mask + 1) Grow();
        Insert(*Root, new Entry { Key = returnAddress, Landing = landing, Advance = advance });
        count++;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (nint block in blocks) NativeMemory.Free((void*)block);
        NativeMemory.Free(Root);
        blocks.Clear();
    }

    private void Grow()
    {
        Block* old = *Root, larger = NewBlock(((int)old->Mask + 1) * 2);
        for (ulong i = 0; i <= old->Mask; i++)
            if (Entries(old)[i].Key != 0) Insert(larger, Entries(old)[i]);
        Volatile.Write(ref *(nint*)Root, (nint)larger);
    }

    private static void Insert(Block* block, Entry entry)
    {
        ulong i = entry.Key * Multiplier >> (int)block->Shift;
        while (Entries(block)[i].Key != 0) i = (i + 1) & block->Mask;
        Entry* place = &Entries(block)[i];
        place->Landing = entry.Landing;
        place->Advance = entry.Advance;
        Volatile.Write(ref place->Key, entry.Key);
    }

    private Block* NewBlock(int capacity)
    {
        var block = (Block*)NativeMemory.AllocZeroed((nuint)(EntriesOffset + capacity * sizeof(Entry)));
        blocks.Add((nint)block);
        block->Mask = (ulong)capacity - 1;
        block->Shift = 64 - (ulong)BitOperations.Log2((uint)capacity);
        return block;
    }

    private static Entry* Entries(Block* block) => (Entry*)((byte*)block + EntriesOffset);

    /// <summary>The head of a table; the entries follow.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Block
    {
        public ulong Mask, Shift;
    }

    [StructLayout(LayoutKind.Sequential, Size = 1 << EntryShift)]
    private struct Entry
    {
        public ulong Key, Landing, Advance;
    }
}
