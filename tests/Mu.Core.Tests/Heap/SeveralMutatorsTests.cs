using System.Runtime.InteropServices;
using Mu.Core.Heap;
using Mu.Core.Types;
using Xunit;
using static Mu.Core.Tests.Heap.TestMutator;

namespace Mu.Core.Tests.Heap;

/// <summary>Threads that allocate in one heap at the same time, stopped at cooperative safepoints.</summary>
public sealed unsafe class SeveralMutatorsTests
{
    private const int Threads = 4, ListLength = 300, Rounds = 300;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_mutator_keeps_its_own_objects(bool stress)
    {
        using var heap = new MuHeap(new HeapOptions
        {
            BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30, MinimumThreshold = 1UL << 20, Stress = stress, StressInterval = 50,
        });
        var world = new CooperativeWorld(Threads);
        heap.World = world;
        Exception? failure = null;
        var threads = new Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            int number = i;
            threads[i] = new Thread(() =>
            {
                try
                {
                    new Mutator(heap, world, number).Run();
                }
                catch (Exception e)
                {
                    failure = e;
                }
                finally
                {
                    world.Leave();
                }
            });
            threads[i].Start();
        }
        foreach (Thread thread in threads) Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "a mutator hangs");
        Assert.Null(failure);
        Assert.True(heap.Statistics.Collections > 2);
    }

    private sealed class Mutator(MuHeap heap, CooperativeWorld world, int number) : IRootSource
    {
        private readonly AllocationBuffer* buffer = (AllocationBuffer*)NativeMemory.AllocZeroed((nuint)sizeof(AllocationBuffer));
        private readonly ulong* root = (ulong*)NativeMemory.AllocZeroed(sizeof(ulong));

        public void VisitRoots(IRootVisitor visitor) => visitor.Visit(root, SlotKind.Ref);

        public void Run()
        {
            heap.AttachBuffer(buffer);
            heap.AddRootSource(this);
            for (int round = 0; round < Rounds; round++) BuildAndCheck();
            heap.RemoveRootSource(this);
            heap.DetachBuffer(buffer);
            NativeMemory.Free(buffer);
            NativeMemory.Free(root);
        }

        private void BuildAndCheck()
        {
            int node = heap.Types.TypeIdOf(Node), bytes = heap.Types.TypeIdOf(Bytes);
            *root = 0;
            for (int i = 0; i < ListLength; i++)
            {
                ulong made = heap.AllocateFixed(buffer, node);
                At(made, 0) = *root;
                At(made, 2) = (ulong)(number << 20 | i);
                *root = made;
                if (i % 50 == 0) Assert.NotEqual(0UL, heap.AllocateHybrid(buffer, bytes, (ulong)(i * 100)));
                world.Safepoint();
            }
            ulong each = *root;
            for (int i = ListLength - 1; i >= 0; i--, each = At(each, 0)) Assert.Equal((ulong)(number << 20 | i), At(each, 2));
            Assert.Equal(0UL, each);
        }
    }

    private sealed class CooperativeWorld(int running) : IWorldStopper
    {
        private readonly object gate = new();
        private int mutators = running, stopped;
        private volatile bool requested;

        public bool StopTheWorld()
        {
            lock (gate)
            {
                if (requested)
                {
                    Wait();
                    return false;
                }
                requested = true;
                stopped++;
                while (stopped < mutators) Monitor.Wait(gate);
                return true;
            }
        }

        public void ResumeTheWorld()
        {
            lock (gate)
            {
                requested = false;
                stopped--;
                Monitor.PulseAll(gate);
            }
        }

        public void Safepoint()
        {
            if (!requested) return;
            lock (gate)
                if (requested) Wait();
        }

        public void Leave()
        {
            lock (gate)
            {
                mutators--;
                Monitor.PulseAll(gate);
            }
        }

        private void Wait()
        {
            stopped++;
            Monitor.PulseAll(gate);
            while (requested) Monitor.Wait(gate);
            stopped--;
        }
    }
}
