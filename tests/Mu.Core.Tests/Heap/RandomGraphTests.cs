using Mu.Core.Heap;
using Mu.Core.Types;
using Xunit;
using static Mu.Core.Tests.Heap.TestMutator;

namespace Mu.Core.Tests.Heap;

/// <summary>Random object graphs beside a shadow of them in .NET objects: after any mutations and collections the two have the same shape.</summary>
public sealed unsafe class RandomGraphTests
{
    private const int Roots = 64;
    private static readonly StructType Mixed = new(
        IntType.I64, new ReferenceType(TypeKind.IRef, IntType.I64), new StructType(IntType.I8, SimpleType.TagRef64), new ReferenceType(TypeKind.Ref, Node));

    public static TheoryData<int, bool> Seeds()
    {
        var data = new TheoryData<int, bool>();
        for (int seed = 1; seed <= 6; seed++)
        {
            data.Add(seed, false);
            data.Add(seed, true);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_graph_keeps_its_shape_through_mutation_and_collection(int seed, bool stress)
    {
        var options = new HeapOptions
        {
            BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30, MinimumThreshold = 1UL << 20, Stress = stress, StressInterval = stress ? 7 : 1,
        };
        using var m = new TestMutator(options);
        var graph = new Graph(m, new Random(seed));
        for (int step = 0; step < (stress ? 6_000 : 60_000); step++)
        {
            graph.Step();
            if (step % 2_000 == 1_999) graph.Check();
        }
        m.Heap.Collect();
        graph.Check();
        Assert.True(m.Heap.Statistics.Collections > 3);
        if (stress) Assert.True(m.Heap.Statistics.EvacuatedBytes > 0);
    }

    private enum Shape { Node, Refs, TagRefs, Mixed, LargeRefs }

    /// <summary>What a word should hold: an object at a byte offset (interior), with a tag, or a number.</summary>
    private readonly record struct Word(Shadow? Target, int Offset, int Tag, long Number);

    private sealed class Shadow(Shape shape, int words)
    {
        public readonly Shape Shape = shape;
        public readonly Word[] Words = new Word[words];
        public int Pins;
    }

    private sealed class Graph(TestMutator m, Random random)
    {
        private readonly Shadow?[] roots = new Shadow?[Roots];
        private long numbers;

        public void Step()
        {
            int root = random.Next(Roots);
            switch (random.Next(20))
            {
                case < 9: Create(root); break;
                case < 16: Mutate(root); break;
                case < 18: Drop(root); break;
                case 18: Follow(root); break;
                default: TogglePin(root); break;
            }
        }

        public void Check()
        {
            m.Heap.Verify();
            var addresses = new Dictionary<Shadow, ulong>();
            var owners = new Dictionary<ulong, Shadow>();
            var pending = new Stack<(Shadow, ulong)>();
            void Meet(Shadow shadow, ulong address)
            {
                if (!addresses.TryAdd(shadow, address))
                {
                    Assert.Equal(addresses[shadow], address);
                    return;
                }
                Assert.True(owners.TryAdd(address, shadow), "two objects at one address");
                pending.Push((shadow, address));
            }
            for (int i = 0; i < Roots; i++)
            {
                if (roots[i] is { } shadow) Meet(shadow, m.Root(i));
                else Assert.Equal(0UL, m.Root(i));
            }
            while (pending.TryPop(out var each))
                for (int i = 0; i < each.Item1.Words.Length; i++)
                {
                    Word word = each.Item1.Words[i];
                    ulong actual = At(each.Item2, i);
                    if (word.Target != null) Meet(word.Target, AddressIn(KindOf(each.Item1.Shape, i), actual, word));
                    else Assert.Equal((ulong)word.Number, actual);
                }
        }

        private static ulong AddressIn(SlotKind kind, ulong actual, Word word)
        {
            if (kind != SlotKind.TagRef64) return actual - (ulong)word.Offset;
            Assert.True(TagRef64.IsRef(actual));
            Assert.Equal(word.Tag, TagRef64.ToTag(actual));
            return TagRef64.ToAddress(actual);
        }

        private static SlotKind KindOf(Shape shape, int word) => (shape, word) switch
        {
            (Shape.Node, < 2) => SlotKind.Ref,
            (Shape.Refs or Shape.LargeRefs, > 0) => SlotKind.Ref,
            (Shape.TagRefs, > 0) => SlotKind.TagRef64,
            (Shape.Mixed, 1) => SlotKind.IRef,
            (Shape.Mixed, 3) => SlotKind.TagRef64,
            (Shape.Mixed, 4) => SlotKind.Ref,
            _ => SlotKind.None,
        };

        private void Create(int root)
        {
            Unpin(root);
            Shape shape = random.Next(200) == 0 ? Shape.LargeRefs : (Shape)random.Next(4);
            int length = shape == Shape.LargeRefs ? random.Next(1024, 3000) : random.Next(30) == 0 ? random.Next(1000) : random.Next(12);
            ulong made = shape switch
            {
                Shape.Node => m.New(Node),
                Shape.Mixed => m.New(Mixed),
                Shape.TagRefs => m.NewHybrid(TagRefs, (ulong)length),
                _ => m.NewHybrid(Refs, (ulong)length),
            };
            var shadow = new Shadow(shape, shape switch { Shape.Node => 3, Shape.Mixed => 5, _ => length + 1 });
            (m.Root(root), roots[root]) = (made, shadow);
            int stamp = shape == Shape.Node ? 2 : 0;
            shadow.Words[stamp] = new Word(null, 0, 0, ++numbers);
            At(made, stamp) = (ulong)numbers;
        }

        private void Mutate(int root)
        {
            int other = random.Next(Roots);
            if (roots[root] is not { } from || roots[other] is not { } to) return;
            int word = random.Next(from.Words.Length);
            ulong target = m.Root(other);
            switch (KindOf(from.Shape, word))
            {
                case SlotKind.Ref:
                    (from.Words[word], At(m.Root(root), word)) = (new Word(to, 0, 0, 0), target);
                    break;
                case SlotKind.TagRef64:
                    int tag = random.Next(64);
                    (from.Words[word], At(m.Root(root), word)) = (new Word(to, 0, tag, 0), TagRef64.FromRef(target, tag));
                    break;
                case SlotKind.IRef:
                    // Up to one past the end, at any byte.
                    int offset = random.Next(to.Words.Length * 8 + 1);
                    (from.Words[word], At(m.Root(root), word)) = (new Word(to, offset, 0, 0), target + (ulong)offset);
                    break;
            }
        }

        private void Drop(int root)
        {
            Unpin(root);
            (roots[root], m.Root(root)) = (null, 0);
        }

        /// <summary>Moves a root along a reference, so that deep parts of the graph are mutated too.</summary>
        private void Follow(int root)
        {
            if (roots[root] is not { } from) return;
            int word = random.Next(from.Words.Length);
            if (from.Words[word].Target is not { } to) return;
            ulong address = AddressIn(KindOf(from.Shape, word), At(m.Root(root), word), from.Words[word]);
            Unpin(root);
            (roots[root], m.Root(root)) = (to, address);
        }

        private readonly bool[] pinned = new bool[Roots];
        private readonly ulong[] pinnedAt = new ulong[Roots];

        private void TogglePin(int root)
        {
            if (pinned[root])
            {
                Unpin(root);
                return;
            }
            if (roots[root] is not { } shadow || shadow.Pins > 2) return;
            shadow.Pins++;
            m.Heap.Pin(m.Root(root));
            (pinned[root], pinnedAt[root]) = (true, m.Root(root));
        }

        private void Unpin(int root)
        {
            if (!pinned[root]) return;
            Assert.Equal(pinnedAt[root], m.Root(root));
            m.Heap.Unpin(m.Root(root));
            pinned[root] = false;
            roots[root]!.Pins--;
        }
    }
}
