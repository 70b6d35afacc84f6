using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Concurrency;

/// <summary>Many coroutines on few threads: a stack that one thread leaves is resumed by whichever takes it from a lock-free list, while all make garbage.</summary>
public sealed class MigrationTests
{
    private const int ListField = 0, FinishedField = 1, TotalField = 2, RoundsField = 3, Threads = 4, Coroutines = 40;

    private readonly ReferenceType node;
    private readonly StructType nodeType = new();
    private ReferenceType state = null!;

    public MigrationTests()
    {
        node = new ReferenceType(TypeKind.Ref, nodeType);
        nodeType.SetFields(node, SimpleType.StackRef);
    }

    [Theory]
    [ClassData(typeof(Circumstances))]
    public void Coroutines_go_on_with_whichever_thread_takes_them(EngineKind engine, bool stress)
    {
        using var contest = new Contest(engine, stress);
        contest.Bundle.Add("node", nodeType);
        contest.HasState(node, IntType.I64, IntType.I64, IntType.I64);
        state = new ReferenceType(TypeKind.Ref, contest.Bundle.Types.Single(t => t.Name == "state"));
        Function push = contest.Define([state, SimpleType.StackRef], [], Push), pop = contest.Define([state], [node], Pop);
        Function coroutine = contest.Define([state, SimpleType.StackRef], [], Coroutine);
        Function start = contest.Define([state], [], (b, p) =>
        {
            Variable left = b.NewVariable(b.Int64(Coroutines), "left");
            b.While(() => b.Ne(b.Read(left), b.Int64(0)), () =>
            {
                b.Call(push, p[0], b.NewStack(coroutine));
                b.Write(left, b.Sub(b.Read(left), b.Int64(1)));
            });
            b.Return();
        });
        Function worker = contest.Worker((b, s, _) => Schedule(b, s, push, pop));
        contest.Load();
        int rounds = Math.Max(contest.Rounds / 20, 5);
        contest[RoundsField] = rounds;
        contest.Call(start);
        contest.Run(Contest.Times(Threads, worker));
        Assert.Equal((Coroutines, (long)Coroutines * rounds), (contest[FinishedField], contest[TotalField]));
    }

    /// <summary>Takes stacks from the list and resumes them; puts back those that come back with 0.</summary>
    private void Schedule(FunctionBuilder b, Value s, Function push, Function pop) =>
        b.While(() => b.Ne(b.Load(b.Field(s, FinishedField), MemoryOrder.Acquire), b.Int64(Coroutines)), () =>
        {
            Value taken = b.CallOne(pop, s);
            b.If(b.Not(b.IsNull(taken)), () =>
            {
                Value stack = b.LoadField(taken, 1);
                Value finished = b.SwapStack(stack, [IntType.I64], s, b.Common(CommonOp.CurrentStack))[0];
                b.If(b.Eq(finished, b.Int64(0)), () => b.Call(push, s, stack), () => b.AtomicRmw(AtomicRmwOp.Add, b.Field(s, FinishedField), b.Int64(1)));
            });
        });

    /// <summary>Counts its rounds in an object of its own, and goes back to the thread that it is with after each.</summary>
    private void Coroutine(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Variable thread = b.NewVariable(p[1], "thread"), shared = b.NewVariable(p[0], "shared"), count = b.NewVariable(b.New(IntType.I64), "count");
        b.While(() => b.Ne(b.Load(b.GetIRef(b.Read(count))), b.LoadField(b.Read(shared), RoundsField)), () =>
        {
            b.New(nodeType);
            Value location = b.GetIRef(b.Read(count));
            b.Store(location, b.Add(b.Load(location), b.Int64(1)));
            IReadOnlyList<Value> resumed = b.SwapStack(b.Read(thread), [state, SimpleType.StackRef], b.Int64(0));
            b.Write(shared, resumed[0]);
            b.Write(thread, resumed[1]);
        });
        b.AtomicRmw(AtomicRmwOp.Add, b.Field(b.Read(shared), TotalField), b.Load(b.GetIRef(b.Read(count))));
        b.SwapStackKillOld(b.Read(thread), b.Int64(1));
    }

    /// <summary>Treiber's stack: with a collector, a node that is compared with is no other than the one that was read.</summary>
    private void Push(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value made = b.New(nodeType), list = b.Field(p[0], ListField);
        b.StoreField(made, 1, p[1]);
        Variable first = b.NewVariable(b.Load(list, MemoryOrder.Relaxed), "first");
        b.While(() => b.Bool(true), () =>
        {
            b.StoreField(made, 0, b.Read(first));
            (Value old, Value done) = b.CompareExchange(list, b.Read(first), made, MemoryOrder.AcqRel, MemoryOrder.Relaxed, weak: true);
            b.If(done, () => b.Return());
            b.Write(first, old);
        });
        b.Return();
    }

    private void Pop(FunctionBuilder b, IReadOnlyList<Value> p)
    {
        Value list = b.Field(p[0], ListField);
        Variable first = b.NewVariable(b.Load(list, MemoryOrder.Acquire), "first");
        b.While(() => b.Not(b.IsNull(b.Read(first))), () =>
        {
            Value found = b.Read(first);
            (Value old, Value done) = b.CompareExchange(list, found, b.LoadField(found, 0), MemoryOrder.AcqRel, MemoryOrder.Acquire);
            b.If(done, () => b.Return(found));
            b.Write(first, old);
        });
        b.Return(b.Null(node));
    }
}
