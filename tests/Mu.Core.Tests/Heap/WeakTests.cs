using Mu.Core.Heap;
using Mu.Core.Types;
using Xunit;
using static Mu.Core.Tests.Heap.TestMutator;

namespace Mu.Core.Tests.Heap;

public sealed unsafe class WeakTests
{
    private const ulong DeadKey = 0x1234_5FFF, Nil = 0x77_7FFF;
    private const int StringTag = 4, TableTag = 5;

    private static int Variant(TestMutator m, HybridType type, WeakMode mode, ulong strongTags = 0) =>
        m.Heap.Types.WeakTypeIdOf(type, new WeakPolicy(mode, DeadKey, Nil, strongTags));

    private static ulong NewTagged(TestMutator m, long value, int tag = TableTag) => TagRef64.FromRef(m.NewNode(value), tag);

    /// <summary>Word of a pair in <see cref="Pairs"/>: one word of fixed part, elements of three words.</summary>
    private static ref ulong Key(ulong table, int pair) => ref At(table, 1 + pair * 3 + 1);

    private static ref ulong Value(ulong table, int pair) => ref At(table, 1 + pair * 3 + 2);

    private static ulong Content(ulong word) => At(TagRef64.ToAddress(word), 2);

    [Fact]
    public void A_weakref_is_cleared_when_its_object_dies_and_follows_it_while_it_lives()
    {
        using var m = new TestMutator(Stress);
        m.Root(0) = m.New(WeakHolder);
        m.Root(1) = m.NewNode(9);
        At(m.Root(0), 0) = m.Root(1);
        m.SetKind(2, SlotKind.WeakRef);
        m.Root(2) = m.Root(1);
        m.Heap.Collect();
        Assert.Equal(m.Root(1), At(m.Root(0), 0));
        Assert.Equal(m.Root(1), m.Root(2));
        m.Root(1) = 0;
        m.Heap.Collect();
        Assert.Equal(0UL, At(m.Root(0), 0));
        Assert.Equal(0UL, m.Root(2));
    }

    [Fact]
    public void Weak_elements_are_cleared_one_by_one()
    {
        using var m = new TestMutator(Stress);
        m.Root(0) = m.NewHybrid(Variant(m, TagRefs, WeakMode.Elements), 3);
        m.Root(1) = m.NewNode(1);
        ulong dying = NewTagged(m, 2);
        At(m.Root(0), 1) = TagRef64.FromRef(m.Root(1), TableTag);
        At(m.Root(0), 2) = dying;
        At(m.Root(0), 3) = TagRef64.FromInt(3);
        m.Heap.Collect();
        Assert.Equal(TagRef64.FromRef(m.Root(1), TableTag), At(m.Root(0), 1));
        Assert.Equal(Nil, At(m.Root(0), 2));
        Assert.Equal(TagRef64.FromInt(3), At(m.Root(0), 3));
    }

    [Theory]
    [InlineData((int)WeakMode.Keys, true, false, false)]
    [InlineData((int)WeakMode.Values, false, true, false)]
    [InlineData((int)WeakMode.KeysAndValues, true, true, false)]
    [InlineData((int)WeakMode.None, false, false, false)]
    [InlineData((int)WeakMode.KeysAndValues, true, true, true)]
    public void A_pair_goes_with_its_weak_side(int mode, bool weakKey, bool weakValue, bool strings)
    {
        using var m = new TestMutator(Stress);
        // Pair 0: key kept elsewhere; pair 1: value kept elsewhere. With strong tags nothing is weak.
        int tag = strings ? StringTag : TableTag;
        m.Root(0) = m.NewHybrid(Variant(m, Pairs, (WeakMode)mode, 1UL << StringTag), 2);
        m.Root(1) = m.NewNode(10);
        m.Root(2) = m.NewNode(21);
        m.Root(3) = m.NewNode(11);
        m.Root(4) = m.NewNode(20);
        Key(m.Root(0), 0) = TagRef64.FromRef(m.Root(1), tag);
        Value(m.Root(0), 0) = TagRef64.FromRef(m.Root(3), tag);
        Key(m.Root(0), 1) = TagRef64.FromRef(m.Root(4), tag);
        Value(m.Root(0), 1) = TagRef64.FromRef(m.Root(2), tag);
        m.Root(3) = m.Root(4) = 0;
        m.Heap.Collect();
        Assert.Equal(10UL, Content(Key(m.Root(0), 0)));
        if (weakValue && !strings) Assert.Equal(Nil, Value(m.Root(0), 0));
        else Assert.Equal(11UL, Content(Value(m.Root(0), 0)));
        if (weakKey && !strings)
        {
            Assert.Equal((DeadKey, Nil), (Key(m.Root(0), 1), Value(m.Root(0), 1)));
        }
        else
        {
            Assert.Equal(20UL, Content(Key(m.Root(0), 1)));
            Assert.Equal(21UL, Content(Value(m.Root(0), 1)));
        }
        m.Heap.Verify();
    }

    [Fact]
    public void An_ephemeron_chain_lives_from_its_first_key_and_a_cycle_through_the_table_dies()
    {
        using var m = new TestMutator(Stress);
        const int pairs = 50;
        m.Root(0) = m.NewHybrid(Variant(m, TagRefs, WeakMode.Keys), 2 * (pairs + 1));
        m.Root(1) = m.NewNode(0);
        m.Root(2) = m.Root(1);
        for (int i = 0; i < pairs; i++)
        {
            // Backwards in the table, so that one pass is not enough: the value of pair i is the key of pair i - 1.
            int key = 1 + 2 * (pairs - 1 - i);
            m.Root(3) = m.NewNode(i + 1);
            At(m.Root(0), key) = TagRef64.FromRef(m.Root(2), TableTag);
            At(m.Root(0), key + 1) = TagRef64.FromRef(m.Root(3), TableTag);
            m.Root(2) = m.Root(3);
        }
        ulong self = NewTagged(m, 1000);
        At(m.Root(0), 1 + 2 * pairs) = self;
        At(m.Root(0), 2 + 2 * pairs) = self;
        m.Root(2) = m.Root(3) = 0;
        m.Heap.Collect();
        for (int i = 0; i < pairs; i++) Assert.Equal((ulong)i + 1, Content(At(m.Root(0), 2 + 2 * (pairs - 1 - i))));
        Assert.Equal(DeadKey, At(m.Root(0), 1 + 2 * pairs));
        m.Root(1) = 0;
        m.Heap.Collect();
        for (int i = 0; i < pairs; i++) Assert.Equal((DeadKey, Nil), (At(m.Root(0), 1 + 2 * i), At(m.Root(0), 2 + 2 * i)));
    }

    [Fact]
    public void Changing_the_type_id_makes_a_table_weak_and_strong_again()
    {
        using var m = new TestMutator(Stress);
        m.Root(0) = m.NewHybrid(TagRefs, 2);
        ulong word = NewTagged(m, 1);
        At(m.Root(0), 1) = At(m.Root(0), 2) = word;
        m.Heap.Collect();
        Assert.Equal(1UL, Content(At(m.Root(0), 1)));
        m.Heap.ChangeTypeId(m.Root(0), Variant(m, TagRefs, WeakMode.Elements));
        m.Heap.Collect();
        Assert.Equal(Nil, At(m.Root(0), 1));
        m.Heap.ChangeTypeId(m.Root(0), m.Heap.Types.TypeIdOf(TagRefs));
        word = NewTagged(m, 2);
        At(m.Root(0), 1) = word;
        m.Heap.Collect();
        Assert.Equal(2UL, Content(At(m.Root(0), 1)));
        Assert.Throws<ArgumentException>(() => m.Heap.ChangeTypeId(m.Root(0), m.Heap.Types.TypeIdOf(Bytes)));
    }

    [Fact]
    public void A_finalised_object_is_gone_from_weak_values_and_still_a_weak_key()
    {
        using var m = new TestMutator(Stress);
        m.Root(0) = m.NewHybrid(Variant(m, TagRefs, WeakMode.Keys), 2);
        m.Root(1) = m.NewHybrid(Variant(m, TagRefs, WeakMode.Values), 2);
        m.Root(2) = m.NewNode(1);
        At(m.Root(0), 1) = At(m.Root(1), 2) = TagRef64.FromRef(m.Root(2), TableTag);
        At(m.Root(0), 2) = At(m.Root(1), 1) = TagRef64.FromInt(8);
        m.Heap.RegisterFinalizable(m.Root(2));
        m.Root(2) = 0;
        m.Heap.Collect();
        Assert.Equal(Nil, At(m.Root(1), 2));
        Assert.Equal(1UL, Content(At(m.Root(0), 1)));
        Assert.Equal(TagRef64.FromInt(8), At(m.Root(0), 2));
        Assert.True(m.Heap.TryTakeFinalizable(out _));
        m.Heap.Collect();
        Assert.Equal((DeadKey, Nil), (At(m.Root(0), 1), At(m.Root(0), 2)));
    }
}
