using Mu.ClientLib.Building;
using Mu.ClientLib.Concurrency;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Concurrency;

public sealed class LockTests
{
    private const int Threads = 4;

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_mutex_lets_one_thread_in(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var mutex = new MutexSnippet(contest.Bundle);
        contest.HasState(mutex.Type, IntType.I64);
        Function calling = contest.Repeating((b, s) =>
        {
            b.Call(mutex.Lock, b.Field(s, 0));
            Increment(b, s, 1);
            b.Call(mutex.Unlock, b.Field(s, 0));
        });
        Function inline = contest.Repeating((b, s) =>
        {
            mutex.EmitLock(b, b.Field(s, 0));
            Increment(b, s, 1);
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        Function trying = contest.Repeating((b, s) =>
        {
            b.While(() => b.Not(b.CallOne(mutex.TryLock, b.Field(s, 0))), () => { });
            Increment(b, s, 1);
            mutex.EmitUnlock(b, b.Field(s, 0));
        });
        contest.Run(calling, calling, inline, inline);
        contest.Run(calling, trying);
        Assert.Equal(6L * contest.Rounds, contest[1]);
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Waiting_for_a_mutex_has_a_time_limit(EngineKind engine)
    {
        using var contest = new Contest(engine, stress: false);
        var mutex = new MutexSnippet(contest.Bundle);
        contest.HasState(mutex.Type);
        Function attempt = contest.Define([StateOf(contest), IntType.I64], [IntType.I1, IntType.I1, IntType.I1, IntType.I1], (b, p) =>
        {
            Value location = b.Field(p[0], 0);
            Value first = b.CallOne(mutex.LockFor, location, p[1]), second = b.CallOne(mutex.LockFor, location, p[1]), third = b.CallOne(mutex.TryLock, location);
            b.Call(mutex.Unlock, location);
            b.Return(first, second, third, b.CallOne(mutex.LockFor, location, p[1]));
        });
        contest.Load();
        Assert.Equal([1L, 0, 0, 1], contest.Call(attempt, 1_000_000));
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void A_recursive_mutex_is_free_when_given_back_as_often_as_taken(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var mutex = new MutexSnippet(contest.Bundle);
        var recursive = new RecursiveMutexSnippet(contest.Bundle, mutex);
        contest.HasState(recursive.Type, IntType.I64, IntType.I64);
        Function worker = contest.Repeating((b, s) =>
        {
            b.Call(recursive.Lock, b.Field(s, 0));
            b.Call(recursive.Lock, b.Field(s, 0));
            Increment(b, s, 1);
            b.CallOne(recursive.Unlock, b.Field(s, 0));
            Increment(b, s, 1);
            b.If(b.Not(b.CallOne(recursive.TryLock, b.Field(s, 0))), () => Increment(b, s, 2));
            b.CallOne(recursive.Unlock, b.Field(s, 0));
            b.CallOne(recursive.Unlock, b.Field(s, 0));
            // Of another thread, or nobody's.
            b.If(b.CallOne(recursive.Unlock, b.Field(s, 0)), () => Increment(b, s, 2));
        });
        contest.Run(Contest.Times(Threads, worker));
        Assert.Equal((2L * Threads * contest.Rounds, 0L), (contest[1], contest[2]));
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void Readers_see_what_a_writer_has_finished(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        var rw = new ReadWriteLockSnippet(contest.Bundle);
        contest.HasState(rw.Type, IntType.I64, IntType.I64, IntType.I64);
        Function writer = contest.Repeating((b, s) =>
        {
            b.Call(rw.LockWrite, b.Field(s, 0));
            Increment(b, s, 1);
            Increment(b, s, 2);
            b.Call(rw.UnlockWrite, b.Field(s, 0));
        });
        Function reader = contest.Repeating((b, s) =>
        {
            b.Call(rw.LockRead, b.Field(s, 0));
            CheckPair(b, s);
            b.Call(rw.UnlockRead, b.Field(s, 0));
        });
        Function trying = contest.Repeating((b, s) =>
        {
            b.If(b.CallOne(rw.TryLockRead, b.Field(s, 0)), () =>
            {
                CheckPair(b, s);
                b.Call(rw.UnlockRead, b.Field(s, 0));
            });
            b.If(b.CallOne(rw.TryLockWrite, b.Field(s, 0)), () =>
            {
                CheckPair(b, s);
                b.Call(rw.UnlockWrite, b.Field(s, 0));
            });
        });
        contest.Run(writer, reader, writer, reader, reader, trying);
        Assert.Equal((2L * contest.Rounds, 2L * contest.Rounds, 0L), (contest[1], contest[2], contest[3]));
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Readers_share_and_writers_do_not(EngineKind engine)
    {
        using var contest = new Contest(engine, stress: false);
        var rw = new ReadWriteLockSnippet(contest.Bundle);
        contest.HasState(rw.Type);
        Function attempt = contest.Define([StateOf(contest)], [IntType.I1, IntType.I1, IntType.I1, IntType.I1, IntType.I1], (b, p) =>
        {
            Value location = b.Field(p[0], 0);
            Value one = b.CallOne(rw.TryLockRead, location), two = b.CallOne(rw.TryLockRead, location), write = b.CallOne(rw.TryLockWrite, location);
            b.Call(rw.UnlockRead, location);
            b.Call(rw.UnlockRead, location);
            Value alone = b.CallOne(rw.TryLockWrite, location);
            b.Return(one, two, write, alone, b.CallOne(rw.TryLockRead, location));
        });
        contest.Load();
        Assert.Equal([1L, 1, 0, 1, 0], contest.Call(attempt));
    }

    private static ReferenceType StateOf(Contest contest) => new(TypeKind.Ref, contest.Bundle.Types.Single(t => t.Name == "state"));

    /// <summary>Fields 1 and 2 are the same whenever nobody writes; else field 3 counts.</summary>
    private static void CheckPair(FunctionBuilder b, Value s) =>
        b.If(b.Ne(b.LoadField(s, 1), b.LoadField(s, 2)), () => b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, 3), b.Int64(1)));

    private static void Increment(FunctionBuilder b, Value s, int field) => b.StoreField(s, field, b.Add(b.LoadField(s, field), b.Int64(1)));
}
