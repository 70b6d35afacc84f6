using Mu.Core.Heap;
using Mu.Core.Types;
using Xunit;
using static Mu.Core.Tests.Heap.TestMutator;

namespace Mu.Core.Tests.Heap;

/// <summary>Pins, interior references, finalisation and stacks, all with everything moving.</summary>
public sealed unsafe class ReachabilityTests
{
    [Fact]
    public void Stress_moves_what_is_reachable()
    {
        using var m = new TestMutator(Stress);
        ulong before = m.Root(0) = m.NewNode(7);
        m.Heap.Collect();
        Assert.NotEqual(before, m.Root(0));
        Assert.Equal(7UL, At(m.Root(0), 2));
    }

    [Fact]
    public void A_pinned_object_lives_and_stays_until_the_last_unpin()
    {
        using var m = new TestMutator(Stress);
        ulong pinned = m.NewNode(5);
        m.Root(0) = m.NewNode(6);
        At(pinned, 0) = m.Root(0);
        m.Heap.Pin(pinned);
        m.Heap.Pin(pinned);
        m.Root(0) = 0;
        m.Heap.Unpin(pinned);
        m.Heap.Collect();
        Assert.Equal(5UL, At(pinned, 2));
        Assert.Equal(6UL, At(At(pinned, 0), 2));
        m.Root(0) = pinned;
        m.Heap.Unpin(pinned);
        m.Heap.Collect();
        Assert.NotEqual(pinned, m.Root(0));
        Assert.Throws<InvalidOperationException>(() => m.Heap.Unpin(m.Root(0)));
    }

    [Theory]
    [InlineData(0)] [InlineData(3)] [InlineData(16)] [InlineData(24)]
    public void An_iref_alone_keeps_its_object_and_moves_with_it(int offset)
    {
        using var m = new TestMutator(Stress);
        ulong first = m.NewNode(1);
        m.Root(0) = first;
        m.Root(1) = m.NewNode(99);
        m.SetKind(0, SlotKind.IRef);
        m.Root(0) += (ulong)offset;
        for (int i = 0; i < 5; i++) m.Heap.Collect();
        Assert.NotEqual(first + (ulong)offset, m.Root(0));
        Assert.Equal(1UL, At(m.Root(0) - (ulong)offset, 2));
        m.Heap.Verify();
    }

    [Fact]
    public void An_iref_may_point_at_the_end_of_an_object_that_ends_its_block_and_into_large_objects()
    {
        using var m = new TestMutator();
        m.SetKind(0, SlotKind.IRef);
        m.SetKind(1, SlotKind.IRef);
        ulong last;
        do last = m.NewNode(3);
        while (((last + 24) & (Block.Size - 1)) != 0);
        m.Root(0) = last + 24;
        m.Root(1) = m.NewHybrid(Bytes, 50_000) + 50_000;
        At(m.Root(1) - 50_000, 0) = 77;
        m.Heap.Collect();
        for (int i = 0; i < 100; i++) m.NewHybrid(Bytes, 50_000);
        m.Heap.Collect();
        Assert.Equal(3UL, At(m.Root(0) - 24, 2));
        Assert.Equal(77UL, At(m.Root(1) - 50_000, 0));
        m.Heap.Verify();
    }

    [Fact]
    public void Irefs_to_memory_outside_the_heap_are_left_alone()
    {
        using var m = new TestMutator(Stress);
        ulong local = 0;
        m.SetKind(0, SlotKind.IRef);
        m.SetKind(1, SlotKind.IRef);
        m.Root(0) = (ulong)&local;
        ulong cell = m.Root(1) = m.Heap.AllocateGlobal(TypeLayout.Of(IntType.I64));
        m.Heap.Collect();
        Assert.Equal((ulong)&local, m.Root(0));
        Assert.Equal(cell, m.Root(1));
        m.Heap.Verify();
    }

    [Fact]
    public void Dead_finalizable_objects_come_back_once_the_last_registered_first()
    {
        using var m = new TestMutator(Stress);
        for (int i = 0; i < 3; i++)
        {
            m.Root(i) = m.NewNode(i);
            ulong companion = m.NewNode(100 + i);
            At(m.Root(i), 0) = companion;
            m.Heap.RegisterFinalizable(m.Root(i));
        }
        m.Heap.Collect();
        Assert.False(m.Heap.HasFinalizable);
        m.Root(0) = m.Root(2) = 0;
        m.Heap.Collect();
        m.Heap.Collect();
        Assert.Equal(2UL, Take());
        Assert.Equal(0UL, Take());
        Assert.False(m.Heap.TryTakeFinalizable(out _));
        m.Heap.Collect();
        Assert.False(m.Heap.HasFinalizable);
        m.Root(1) = 0;
        m.Heap.Collect();
        Assert.Equal(1UL, Take());

        ulong Take()
        {
            Assert.True(m.Heap.TryTakeFinalizable(out ulong dead));
            Assert.Equal(At(dead, 2) + 100, At(At(dead, 0), 2));
            return At(dead, 2);
        }
    }

    [Fact]
    public void Stacks_are_scanned_when_reachable_follow_their_object_and_die_with_it()
    {
        using var m = new TestMutator(Stress);
        var scanner = new OneSlotStacks(m);
        m.Heap.StackScanner = scanner;
        ulong outer = 0, inner = 0;
        m.Root(0) = m.Heap.AllocateStack(m.Buffer, (ulong)&outer);
        inner = m.NewNode(11);
        m.Root(1) = inner;
        outer = m.Heap.AllocateStack(m.Buffer, (ulong)&inner);
        inner = m.Root(1);
        m.Root(1) = 0;
        m.Heap.Collect();
        Assert.Equal(11UL, At(inner, 2));
        Assert.Equal(m.Root(0), scanner.Moved[(ulong)&outer]);
        Assert.Equal(outer, scanner.Moved[(ulong)&inner]);
        m.Heap.Verify();
        outer = 0;
        m.Heap.Collect();
        Assert.Equal([(ulong)&inner], scanner.Died);
        m.Root(0) = 0;
        m.Heap.Collect();
        Assert.Equal([(ulong)&inner, (ulong)&outer], scanner.Died);
    }

    /// <summary>Each control block is one ref slot.</summary>
    private sealed class OneSlotStacks(TestMutator m) : IStackScanner
    {
        public readonly List<ulong> Died = [];
        public readonly Dictionary<ulong, ulong> Moved = [];
        private readonly MuHeap heap = m.Heap;

        public void ScanStack(ulong control, IRootVisitor visitor)
        {
            Assert.NotNull(heap);
            visitor.Visit((ulong*)control, SlotKind.Ref);
        }

        public void StackMoved(ulong control, ulong stackObject) => Moved[control] = stackObject;

        public void StackDied(ulong control) => Died.Add(control);
    }

    [Fact]
    public void Sparse_blocks_are_emptied_by_moving_what_lives_in_them()
    {
        using var m = new TestMutator();
        m.Root(0) = m.NewHybrid(Refs, 4_000);
        for (int i = 0; i < 4_000 * 100; i++)
        {
            ulong node = m.NewNode(i);
            if (i % 100 == 0) At(m.Root(0), 1 + i / 100) = node;
        }
        m.Heap.Collect();
        ulong sparse = m.Heap.HeapBytes;
        for (int i = 0; i < 5; i++) m.Heap.Collect();
        Assert.True(m.Heap.HeapBytes < sparse / 2, $"{sparse} before, {m.Heap.HeapBytes} after");
        for (int i = 0; i < 4_000; i++) Assert.Equal((ulong)i * 100, At(At(m.Root(0), 1 + i), 2));
        m.Heap.Verify();
    }

    [Fact]
    public void Verification_finds_a_reference_to_the_middle_of_an_object()
    {
        using var m = new TestMutator();
        m.Root(0) = m.NewNode(1);
        m.Heap.Verify();
        m.Root(0) += 8;
        Assert.Throws<HeapCorruptionException>(m.Heap.Verify);
        m.Root(0) = 0x1000;
        Assert.Throws<HeapCorruptionException>(m.Heap.Verify);
    }
}
