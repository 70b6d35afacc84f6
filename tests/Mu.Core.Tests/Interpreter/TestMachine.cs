using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.Interpreter;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Text;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Interpreter;

/// <summary>The engines, which must not differ.</summary>
public enum TestedEngine
{
    Interpreter,
    Jit,
}

/// <summary>How a run ended.</summary>
/// <param name="Outcome">Returned, uncaught, or exited.</param>
/// <param name="Words">The results' scalars; integers zero-extended, whatever their width.</param>
internal sealed record RunResult(MuOutcome Outcome, ulong[] Words);

/// <summary>A machine with one of the two engines. Tests written against it run on both.</summary>
internal sealed unsafe class TestMachine : IDisposable
{
    private readonly Dictionary<string, Entity> names = [];

    public TestMachine(TestedEngine engine, bool stress = false, ulong maxHeap = 64 << 20)
    {
        var heap = new HeapOptions { MaxHeap = maxHeap, Stress = stress, BlockSpaceReserve = 1UL << 30, LargeSpaceReserve = 1UL << 30 };
        Machine = new MuMachine(heap, StackSizes.Default);
        Thread = new MuThread(Machine);
        if (engine == TestedEngine.Jit) Machine.CodeGenerator = new CodeGenerator(Machine);
        else Machine.Engine = new InterpreterEngine(Machine, 1 << 20);
    }

    public static TheoryData<TestedEngine> Engines => [TestedEngine.Interpreter, TestedEngine.Jit];

    public static TheoryData<TestedEngine, bool> EnginesAndModes => new()
    {
        { TestedEngine.Interpreter, false }, { TestedEngine.Interpreter, true }, { TestedEngine.Jit, false }, { TestedEngine.Jit, true },
    };

    public MuMachine Machine { get; }

    public MuThread Thread { get; }

    public Function Function(string name) => (Function)names[name];

    public GlobalCell Global(string name) => (GlobalCell)names[name];

    public ulong GlobalAddress(string name) => Machine.Addresses.Of(Global(name));

    /// <summary>A machine with a bundle.</summary>
    public static TestMachine With(TestedEngine engine, string text, bool stress = false)
    {
        var machine = new TestMachine(engine, stress);
        machine.Load(text);
        return machine;
    }

    public void Load(string text) => Load(UirReader.Read(text, "test.uir", new Names(names)));

    public void Load(Bundle bundle)
    {
        foreach (Entity entity in bundle.Types.Concat<Entity>(bundle.Signatures).Concat(bundle.Constants).Concat(bundle.Globals).Concat(bundle.Functions))
            if (entity.Name is not null) names[entity.Name] = entity;
        foreach (FunctionVersion version in bundle.Versions) Machine.Define(version);
    }

    /// <summary>Runs a function. What docs/abi.md leaves undefined in a word is filled with noise.</summary>
    public RunResult Run(Function function, params ReadOnlySpan<ulong> arguments)
    {
        StackControl* stack = Machine.NewStack(Thread.Buffer, (ulong)Machine.Functions.CellOf(function), large: true);
        MuType[] parameters = FlatValue.Scalars(function.Signature.Parameters);
        Assert.Equal(parameters.Length, arguments.Length);
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < arguments.Length; i++) *cursor.Next(parameters[i]) = WithNoise(parameters[i], arguments[i]);
        MuOutcome outcome = Thread.Run(stack);
        return new RunResult(outcome, outcome == MuOutcome.Returned ? Results(function) : []);
    }

    public RunResult Run(string function, params ReadOnlySpan<ulong> arguments) => Run(Function(function), arguments);

    /// <summary>The results of a function that returns.</summary>
    public ulong[] CallAll(string function, params ReadOnlySpan<ulong> arguments)
    {
        RunResult result = Run(function, arguments);
        Assert.Equal(MuOutcome.Returned, result.Outcome);
        return result.Words;
    }

    /// <summary>The only result of a function that returns.</summary>
    public ulong Call(string function, params ReadOnlySpan<ulong> arguments) => Assert.Single(CallAll(function, arguments));

    /// <summary>Sets an integer argument word, for a trap handler's answer.</summary>
    public void SetWord(int index, ulong word) => Thread.Context->GeneralRegisters[ArgumentLocation.GeneralRegisters[index]] = word;

    public void Dispose()
    {
        Thread.Dispose();
        Machine.Dispose();
    }

    private static ulong WithNoise(MuType type, ulong word) => type switch
    {
        IntType { Bits: 8 or 16 or 32 } i => word | (0xA5A5_A5A5_A5A5_A5A5 & ~i.Mask),
        _ => IntWord.ToContract(type, word),
    };

    private ulong[] Results(Function function)
    {
        MuType[] types = FlatValue.Scalars(function.Signature.Results);
        var words = new ulong[types.Length];
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < words.Length; i++) words[i] = IntWord.FromContract(types[i], *cursor.Next(types[i]));
        return words;
    }

    private sealed class Names(Dictionary<string, Entity> names) : INameResolver
    {
        public Entity? Find(string name) => names.GetValueOrDefault(name);
    }
}
