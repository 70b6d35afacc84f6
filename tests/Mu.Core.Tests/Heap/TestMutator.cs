using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Types;

namespace Mu.Core.Tests.Heap;

/// <summary>A heap with one mutator: an allocation buffer and an array of typed root slots.</summary>
internal sealed unsafe class TestMutator : IRootSource, IDisposable
{
    public const int RootCount = 256;
    private readonly ulong* roots = (ulong*)NativeMemory.AllocZeroed(RootCount * sizeof(ulong));
    private readonly SlotKind[] kinds = new SlotKind[RootCount];

    public TestMutator(HeapOptions? options = null)
    {
        Heap = new MuHeap(options ?? new HeapOptions { BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30 });
        Buffer = (AllocationBuffer*)NativeMemory.AllocZeroed((nuint)sizeof(AllocationBuffer));
        Array.Fill(kinds, SlotKind.Ref);
        Heap.AttachBuffer(Buffer);
        Heap.AddRootSource(this);
    }

    public static HeapOptions Stress { get; } =
        new() { BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30, Stress = true };

    public static readonly StructType Node = MakeNode();
    public static readonly HybridType Refs = new([IntType.I64], new ReferenceType(TypeKind.Ref, Node));
    public static readonly HybridType TagRefs = new([IntType.I64], SimpleType.TagRef64);
    public static readonly HybridType Bytes = new([], IntType.I8);
    public static readonly HybridType Pairs = new([IntType.I64], new StructType(IntType.I32, SimpleType.TagRef64, SimpleType.TagRef64));
    public static readonly StructType InteriorHolder = new(new ReferenceType(TypeKind.IRef, IntType.I64));
    public static readonly StructType WeakHolder = new(new ReferenceType(TypeKind.WeakRef, Node));

    public MuHeap Heap { get; }
    public AllocationBuffer* Buffer { get; }

    public ref ulong Root(int index) => ref roots[index];

    public void SetKind(int index, SlotKind kind) => kinds[index] = kind;

    public ulong New(MuType type)
    {
        ulong made = Heap.AllocateFixed(Buffer, Heap.Types.TypeIdOf(type));
        return made != 0 ? made : throw new OutOfMemoryException("test heap");
    }

    public ulong NewNode(long value)
    {
        ulong node = New(Node);
        At(node, 2) = (ulong)value;
        return node;
    }

    public ulong NewHybrid(MuType type, ulong length) => NewHybrid(Heap.Types.TypeIdOf(type), length);

    public ulong NewHybrid(int typeId, ulong length)
    {
        ulong made = Heap.AllocateHybrid(Buffer, typeId, length);
        return made != 0 ? made : throw new OutOfMemoryException("test heap");
    }

    /// <summary>A word of an object.</summary>
    public static ref ulong At(ulong reference, int word) => ref ((ulong*)reference)[word];

    public void VisitRoots(IRootVisitor visitor)
    {
        for (int i = 0; i < RootCount; i++) visitor.Visit(roots + i, kinds[i]);
    }

    public void Dispose()
    {
        Heap.DetachBuffer(Buffer);
        NativeMemory.Free(Buffer);
        NativeMemory.Free(roots);
        Heap.Dispose();
    }

    /// <summary>struct&lt;ref ref int64&gt;</summary>
    private static StructType MakeNode()
    {
        var node = new StructType();
        var reference = new ReferenceType(TypeKind.Ref, node);
        node.SetFields(reference, reference, IntType.I64);
        return node;
    }
}
