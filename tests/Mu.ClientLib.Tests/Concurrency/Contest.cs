using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Concurrency;

/// <summary>Engines, and whether the collector moves everything all the time.</summary>
public sealed class Circumstances : TheoryData<EngineKind, bool>
{
    public Circumstances()
    {
        foreach (EngineKind engine in Enum.GetValues<EngineKind>())
        {
            Add(engine, false);
            Add(engine, true);
        }
    }
}

/// <summary>
/// Threads that compete for primitives in one heap object, whose fields are the primitives under test and counters. Workers take the object and a number of rounds, and make garbage in each.
/// </summary>
internal sealed class Contest : IDisposable
{
    /// <summary>With MU_LONG_TESTS set, rounds are so many times as many.</summary>
    private static readonly int Effort = Environment.GetEnvironmentVariable("MU_LONG_TESTS") is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 1;

    private readonly MuVM vm;
    private readonly List<Exception> failures = [];
    private StructType? state;
    private MuContext? context;
    private MuValue shared;
    private int functions;

    public Contest(EngineKind engine, bool stress)
    {
        vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = stress, StressInterval = 20 });
        vm.ThreadFailed = (_, failure) =>
        {
            lock (failures) failures.Add(failure);
        };
        Rounds = (stress ? 30 : engine == EngineKind.Jit ? 5000 : 300) * Effort;
    }

    public Bundle Bundle { get; } = new();

    public int Rounds { get; }

    /// <summary>The object's type; said before functions are defined.</summary>
    public void HasState(params MuType[] fields) => state = Bundle.Add("state", new StructType(fields));

    /// <summary>A function of the object and the number of rounds.</summary>
    public Function Worker(Action<FunctionBuilder, Value, Value> body) =>
        Define([new ReferenceType(TypeKind.Ref, state!), IntType.I64], [], (b, p) =>
        {
            body(b, p[0], p[1]);
            b.Return();
        });

    /// <summary>A worker that does something in each round.</summary>
    public Function Repeating(Action<FunctionBuilder, Value> round) => Worker((b, s, n) =>
    {
        Variable left = b.NewVariable(n, "left");
        b.While(() => b.Ne(b.Read(left), b.Int64(0)), () =>
        {
            b.New(IntType.I64);
            round(b, s);
            b.Write(left, b.Sub(b.Read(left), b.Int64(1)));
        });
    });

    public Function Define(MuType[] parameters, MuType[] results, Action<FunctionBuilder, IReadOnlyList<Value>> body)
    {
        string name = $"worker{functions++}";
        Function function = Bundle.AddFunction(name, Bundle.AddSignature(name + ".sig", new FunctionSignature(parameters, results)));
        var builder = new FunctionBuilder(Bundle, function, name + ".v1");
        body(builder, builder.Parameters);
        builder.Finish();
        return function;
    }

    /// <summary>Loads the bundle and makes the object.</summary>
    public void Load()
    {
        vm.Load(Bundle);
        context = vm.NewContext();
        shared = context.NewFixed(state!);
    }

    /// <summary>Runs a function of the object on this thread.</summary>
    public long[] Call(Function function, params long[] arguments) =>
        Array.ConvertAll(context!.Call(function, [shared, .. arguments.Select(context.FromInt64)]), r => (long)context.ToUInt64(r));

    /// <summary>Runs workers at the same time, and waits for them.</summary>
    public void Run(params Function[] workers)
    {
        if (context is null) Load();
        foreach (Function worker in workers) context!.NewThread(context.NewStack(context.FromFunction(worker)), null, shared, context.FromInt64(Rounds));
        Assert.True(vm.WaitForThreads(TimeSpan.FromSeconds(60 * Effort)), "a thread hangs");
        Assert.Empty(failures);
    }

    /// <summary>An integer field.</summary>
    public long this[int field]
    {
        get => context!.ToInt64(context.Load(Location(field)));
        set => context!.Store(Location(field), context.FromInteger(state!.Fields[field], value));
    }

    /// <summary>An integer field of a primitive.</summary>
    public void Set(int field, int inner, long value)
    {
        MuValue location = context!.GetFieldIRef(Location(field), inner);
        context.Store(location, context.FromInteger(((StructType)state!.Fields[field]).Fields[inner], value));
    }

    public void Dispose()
    {
        context?.Dispose();
        vm.Dispose();
    }

    public static Function[] Times(int count, Function worker) => [.. Enumerable.Repeat(worker, count)];

    private MuValue Location(int field) => context!.GetFieldIRef(context.GetIRef(shared), field);
}
