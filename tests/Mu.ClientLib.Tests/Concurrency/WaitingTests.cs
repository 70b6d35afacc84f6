using Mu.ClientLib.Building;
using Mu.ClientLib.Concurrency;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Concurrency;

public sealed class WaitingTests
{
    private const int Slots = 4;
    private static readonly SequenceType Ring = new(TypeKind.Array, IntType.I64, Slots);

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_semaphore_lets_as_many_in_as_it_has_permits(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var semaphore = new SemaphoreSnippet(contest.Bundle);
        contest.HasState(semaphore.Type, IntType.I64, IntType.I64, IntType.I64);
        Function worker = contest.Repeating((b, s) =>
        {
            b.Call(semaphore.Acquire, b.Field(s, 0));
            Value inside = b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 1), b.Int64(1));
            b.If(b.Compare(CompareOp.Uge, inside, b.Int64(2)), () => b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 2), b.Int64(1)));
            b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 3), b.Int64(1));
            b.AtomicRmw(AtomicRmwOp.Sub, b.Field(s, 1), b.Int64(1));
            b.Call(semaphore.Release, b.Field(s, 0), b.Int32(1));
        });
        contest.Load();
        contest.Set(0, 0, 2);
        contest.Run(Contest.Times(5, worker));
        Assert.Equal((0L, 0L, 5L * contest.Rounds), (contest[1], contest[2], contest[3]));
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_buffer_between_producers_and_consumers_with_conditions(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var mutex = new MutexSnippet(contest.Bundle);
        var condition = new ConditionSnippet(contest.Bundle, mutex);
        // mutex, not full, not empty, ring, first, number, sum of what was taken
        contest.HasState(mutex.Type, condition.Type, condition.Type, Ring, IntType.I64, IntType.I64, IntType.I64);
        Function producer = contest.Repeating((b, s) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            b.While(() => b.Eq(b.LoadField(s, 5), b.Int64(Slots)), () => b.Call(condition.Wait, b.Field(s, 1), b.Field(s, 0)));
            Value number = b.LoadField(s, 5), place = b.And(b.Add(b.LoadField(s, 4), number), b.Int64(Slots - 1));
            b.Store(b.Element(b.Field(s, 3), place), b.Int64(3));
            b.StoreField(s, 5, b.Add(number, b.Int64(1)));
            b.Call(condition.Signal, b.Field(s, 2));
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        Function consumer = contest.Repeating((b, s) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            b.While(() => b.Eq(b.LoadField(s, 5), b.Int64(0)), () => b.Call(condition.Wait, b.Field(s, 2), b.Field(s, 0)));
            Value first = b.LoadField(s, 4), slot = b.Element(b.Field(s, 3), first);
            b.StoreField(s, 6, b.Add(b.LoadField(s, 6), b.Load(slot)));
            b.Store(slot, b.Int64(0));
            b.StoreField(s, 4, b.And(b.Add(first, b.Int64(1)), b.Int64(Slots - 1)));
            b.StoreField(s, 5, b.Sub(b.LoadField(s, 5), b.Int64(1)));
            b.Call(condition.Signal, b.Field(s, 1));
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        contest.Run(producer, consumer, producer, consumer);
        Assert.Equal((0L, 6L * contest.Rounds), (contest[5], contest[6]));
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_buffer_between_producers_and_consumers_with_semaphores(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var semaphore = new SemaphoreSnippet(contest.Bundle);
        // free slots, full slots, ring, next to write, next to read, sum of what was taken
        contest.HasState(semaphore.Type, semaphore.Type, Ring, IntType.I64, IntType.I64, IntType.I64);
        Value Slot(FunctionBuilder b, Value s, int field) =>
            b.Element(b.Field(s, 2), b.And(b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, field), b.Int64(1), MemoryOrder.Relaxed), b.Int64(Slots - 1)));
        Function producer = contest.Repeating((b, s) =>
        {
            b.Call(semaphore.Acquire, b.Field(s, 0));
            b.Store(Slot(b, s, 3), b.Int64(3));
            b.Call(semaphore.Release, b.Field(s, 1), b.Int32(1));
        });
        Function consumer = contest.Repeating((b, s) =>
        {
            b.Call(semaphore.Acquire, b.Field(s, 1));
            Value slot = Slot(b, s, 4);
            b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 5), b.Load(slot));
            b.Store(slot, b.Int64(0));
            b.Call(semaphore.Release, b.Field(s, 0), b.Int32(1));
        });
        contest.Load();
        contest.Set(0, 0, Slots);
        contest.Run(producer, consumer);
        Assert.Equal(3L * contest.Rounds, contest[5]);
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_broadcast_wakes_all(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var mutex = new MutexSnippet(contest.Bundle);
        var condition = new ConditionSnippet(contest.Bundle, mutex);
        // mutex, condition, whether to go, how many wait, how many have gone
        contest.HasState(mutex.Type, condition.Type, IntType.I64, IntType.I64, IntType.I64);
        Function waiter = contest.Worker((b, s, _) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            b.StoreField(s, 3, b.Add(b.LoadField(s, 3), b.Int64(1)));
            b.While(() => b.Eq(b.LoadField(s, 2), b.Int64(0)), () => b.Call(condition.Wait, b.Field(s, 1), b.Field(s, 0)));
            b.StoreField(s, 4, b.Add(b.LoadField(s, 4), b.Int64(1)));
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        Function starter = contest.Worker((b, s, _) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            b.While(() => b.Ne(b.LoadField(s, 3), b.Int64(5)), () => b.CallOne(condition.WaitFor, b.Field(s, 1), b.Field(s, 0), b.Int64(100_000)));
            b.StoreField(s, 2, b.Int64(1));
            b.Call(condition.Broadcast, b.Field(s, 1), b.Field(s, 0));
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        contest.Run([.. Contest.Times(5, waiter), starter]);
        Assert.Equal(5, contest[4]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Waiting_for_a_condition_has_a_time_limit(EngineKind engine)
    {
        using var contest = new Contest(engine, stress: false);
        var mutex = new MutexSnippet(contest.Bundle);
        var condition = new ConditionSnippet(contest.Bundle, mutex);
        contest.HasState(mutex.Type, condition.Type, IntType.I64);
        Function waiter = contest.Worker((b, s, _) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            Value signalled = b.CallOne(condition.WaitFor, b.Field(s, 1), b.Field(s, 0), b.Int64(1_000_000));
            b.StoreField(s, 2, b.Add(b.Convert(ConvertOp.ZExt, IntType.I64, signalled), b.Int64(10)));
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        contest.Run(waiter);
        Assert.Equal(10, contest[2]);
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void No_thread_passes_a_barrier_before_all_have_come(EngineKind engine, bool stress)
    {
        const int threads = 4;
        using var contest = new Contest(engine, stress);
        var barrier = new BarrierSnippet(contest.Bundle);
        // barrier, arrivals, rounds begun too early, last arrivals
        contest.HasState(barrier.Type, IntType.I64, IntType.I64, IntType.I64);
        Function worker = contest.Worker((b, s, n) =>
        {
            Variable round = b.NewVariable(b.Int64(0), "round");
            b.While(() => b.Ne(b.Read(round), n), () =>
            {
                b.New(IntType.I64);
                b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 1), b.Int64(1), MemoryOrder.Relaxed);
                b.If(b.CallOne(barrier.Wait, b.Field(s, 0), b.Int32(threads)), () => b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 3), b.Int64(1)));
                b.Write(round, b.Add(b.Read(round), b.Int64(1)));
                Value least = b.Mul(b.Read(round), b.Int64(threads));
                b.If(b.Compare(CompareOp.Ult, b.Load(b.Field(s, 1), MemoryOrder.Relaxed), least), () => b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 2), b.Int64(1)));
            });
        });
        contest.Run(Contest.Times(threads, worker));
        Assert.Equal(((long)threads * contest.Rounds, 0L, (long)contest.Rounds), (contest[1], contest[2], contest[3]));
    }
}
