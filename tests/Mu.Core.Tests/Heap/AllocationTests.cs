using Mu.Core.Heap;
using Mu.Core.Types;
using Xunit;
using static Mu.Core.Tests.Heap.TestMutator;

namespace Mu.Core.Tests.Heap;

public sealed unsafe class AllocationTests
{
    private static HeapOptions Small(ulong maxHeap) =>
        new() { BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30, MaxHeap = maxHeap, MinimumThreshold = 1UL << 20 };

    [Fact]
    public void A_new_object_has_a_fresh_header_and_zero_contents()
    {
        using var m = new TestMutator();
        int typeId = m.Heap.Types.TypeIdOf(Refs);
        ulong made = m.NewHybrid(typeId, 5);
        Assert.Equal(0UL, made & 7);
        Assert.Equal(5UL << 32 | (ulong)typeId << 8, ObjectHeader.Of(made));
        for (int i = 0; i < 6; i++) Assert.Equal(0UL, At(made, i));
    }

    [Theory]
    [InlineData(0)] [InlineData(1)] [InlineData(247)] [InlineData(248)] [InlineData(249)] [InlineData(4000)] [InlineData(8192)] [InlineData(8193)] [InlineData(1 << 20)]
    public void Memory_is_zero_and_contents_survive_whatever_the_size(int length)
    {
        using var m = new TestMutator(Small(64 << 20));
        for (int round = 0; round < 200; round++)
        {
            int slot = round % 16;
            m.Root(slot) = m.NewHybrid(Bytes, (ulong)length);
            var bytes = new Span<byte>((void*)m.Root(slot), length);
            Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0));
            bytes.Fill((byte)(slot + 1));
            if (round % 40 == 39) m.Heap.Collect();
            for (int i = 0; i < 16; i++)
                if (m.Root(i) != 0) Assert.Equal(-1, new Span<byte>((void*)m.Root(i), length).IndexOfAnyExcept((byte)(i + 1)));
        }
        m.Heap.Verify();
    }

    [Fact]
    public void Allocation_fails_when_what_lives_fills_the_heap_and_works_again_afterwards()
    {
        using var m = new TestMutator(Small(4 << 20));
        int typeId = m.Heap.Types.TypeIdOf(Node);
        long made = 0;
        while (m.Heap.AllocateFixed(m.Buffer, typeId) is not 0 and var node)
        {
            At(node, 0) = m.Root(0);
            m.Root(0) = node;
            Assert.True(++made < 1 << 20);
        }
        Assert.InRange(made * 32, 3 << 20, 5 << 20);
        Assert.Equal(0UL, m.Heap.AllocateHybrid(m.Buffer, m.Heap.Types.TypeIdOf(Bytes), 100_000));
        m.Heap.Verify();
        m.Root(0) = 0;
        Assert.NotEqual(0UL, m.Heap.AllocateFixed(m.Buffer, typeId));
        Assert.NotEqual(0UL, m.Heap.AllocateHybrid(m.Buffer, m.Heap.Types.TypeIdOf(Bytes), 100_000));
    }

    [Fact]
    public void Lengths_that_no_heap_can_hold_fail()
    {
        using var m = new TestMutator();
        int typeId = m.Heap.Types.TypeIdOf(Refs);
        Assert.Equal(0UL, m.Heap.AllocateHybrid(m.Buffer, typeId, uint.MaxValue));
        Assert.Equal(0UL, m.Heap.AllocateHybrid(m.Buffer, typeId, 1UL << 32));
        Assert.Equal(0UL, m.Heap.AllocateHybrid(m.Buffer, typeId, ulong.MaxValue));
    }

    [Fact]
    public void Garbage_is_reclaimed_and_the_heap_stays_small()
    {
        using var m = new TestMutator(Small(8 << 20));
        for (int i = 0; i < 1_000_000; i++) m.Root(i % 100) = m.NewNode(i);
        for (int i = 0; i < 2_000; i++) m.Root(i % 10) = m.NewHybrid(Bytes, 100_000);
        Assert.True(m.Heap.Statistics.Collections > 10);
        Assert.True(m.Heap.HeapBytes <= 8 << 20);
    }

    [Fact]
    public void A_buffer_is_refilled_with_zeroed_lines()
    {
        using var m = new TestMutator();
        Assert.True(m.Heap.RefillBuffer(m.Buffer));
        Assert.True(m.Buffer->Limit - m.Buffer->Cursor >= Line.Size);
        Assert.Equal(-1, new Span<byte>((void*)m.Buffer->Cursor, (int)(m.Buffer->Limit - m.Buffer->Cursor)).IndexOfAnyExcept((byte)0));
        m.Heap.Collect();
        Assert.Equal((0UL, 0UL), (m.Buffer->Cursor, m.Buffer->Limit));
    }

    [Fact]
    public void Global_cells_stay_and_keep_what_they_refer_to()
    {
        using var m = new TestMutator(Stress);
        ulong cell = m.Heap.AllocateGlobal(TypeLayout.Of(Node)), other = m.Heap.AllocateGlobal(TypeLayout.Of(SimpleType.Void));
        Assert.NotEqual(cell, other);
        At(cell, 1) = m.NewNode(42);
        m.Heap.Collect();
        Assert.Equal(42UL, At(At(cell, 1), 2));
    }
}
