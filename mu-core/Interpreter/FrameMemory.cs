using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>What ALLOCA and ALLOCAHYBRID of one frame have allocated: native memory, which never moves, with reference slots that the collector is shown.</summary>
internal sealed unsafe class FrameMemory : IDisposable
{
    private readonly List<(nint Address, TypeLayout Layout, int Length)> cells = [];

    /// <summary>Zeroed memory of a type; with <paramref name="length"/> elements if it is a hybrid.</summary>
    public ulong Allocate(TypeLayout layout, int length)
    {
        long size = SizeOf(layout, length);
        void* address = NativeMemory.AlignedAlloc((nuint)Math.Max(1, size), (nuint)Math.Max(8, layout.Alignment));
        NativeMemory.Clear(address, (nuint)size);
        cells.Add(((nint)address, layout, length));
        return (ulong)address;
    }

    /// <summary>Bytes of a cell; more than any stack if the length is absurd.</summary>
    public static long SizeOf(TypeLayout layout, long length) =>
        layout.IsHybrid && layout.ElementSize > 0 && (ulong)length > int.MaxValue ? long.MaxValue : layout.Size + (layout.IsHybrid ? layout.ElementSize * length : 0);

    /// <summary>Shows the references in it to the collector.</summary>
    public void VisitRoots(IRootVisitor visitor)
    {
        foreach ((nint address, TypeLayout layout, int length) in cells)
        {
            Visit(visitor, address, layout);
            if (!layout.IsHybrid || layout.Element!.References.Length == 0) continue;
            for (int i = 0; i < length; i++) Visit(visitor, address + layout.Size + i * layout.ElementSize, layout.Element);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((nint address, _, _) in cells) NativeMemory.AlignedFree((void*)address);
        cells.Clear();
    }

    private static void Visit(IRootVisitor visitor, nint address, TypeLayout layout)
    {
        foreach (ReferenceSlot slot in layout.References) visitor.Visit((ulong*)(address + slot.Offset), slot.Kind);
    }
}
