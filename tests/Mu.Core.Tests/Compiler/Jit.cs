using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Text;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>A machine with the code generator, for tests that build IR.</summary>
internal sealed unsafe class Jit : IDisposable
{
    public Jit(HeapOptions? heap = null)
    {
        Machine = new MuMachine(heap ?? new HeapOptions { MaxHeap = 256 << 20 }, StackSizes.Default);
        Thread = new MuThread(Machine);
        Generator = new CodeGenerator(Machine);
        Machine.CodeGenerator = Generator;
    }

    public MuMachine Machine { get; }

    public MuThread Thread { get; }

    public CodeGenerator Generator { get; }

    public static Function Function(MuType[] parameters, MuType[] results, string? name = null) => new(new FunctionSignature(parameters, results)) { Name = name };

    /// <summary>Defines a function of one entry block, which the body fills from its parameters.</summary>
    public Function Define(MuType[] parameters, MuType[] results, Action<FunctionVersion, BasicBlock, BlockParameter[]> body, string? name = null)
    {
        Function function = Function(parameters, results, name);
        Define(function, body);
        return function;
    }

    public void Define(Function function, Action<FunctionVersion, BasicBlock, BlockParameter[]> body)
    {
        var version = new FunctionVersion(function);
        BasicBlock entry = version.AddBlock("entry");
        BlockParameter[] values = function.Signature.Parameters.Select(p => entry.AddParameter(p)).ToArray();
        body(version, entry, values);
        Machine.Define(version);
    }

    /// <summary>Defines the functions of a bundle in text form, without sigils in their names. <c>@i64</c> and other short names of types are there.</summary>
    public Dictionary<string, Function> Load(string text)
    {
        Bundle bundle = Read(text);
        foreach (FunctionVersion version in bundle.Versions) Machine.Define(version);
        return bundle.Versions.ToDictionary(v => v.Function.Name!, v => v.Function);
    }

    /// <summary>A bundle with the short names of types and constants.</summary>
    public static Bundle Read(string text) => UirReader.Read(Prelude + text, "test.uir");

    /// <summary>Calls the function @f of a text.</summary>
    public ulong CallText(string text, params object[] arguments) => Call(Load(text)["f"], arguments);

    private const string Prelude = """
        .typedef @i1 = int<1> .typedef @i8 = int<8> .typedef @i16 = int<16> .typedef @i32 = int<32> .typedef @i64 = int<64> .typedef @i52 = int<52>
        .typedef @f32 = float .typedef @f64 = double .typedef @tr = tagref64 .typedef @rv = ref<void> .typedef @r64 = ref<@i64> .typedef @n64 = iref<@i64> .typedef @st = stackref
        .const @K0 <@i64> = 0 .const @K1 <@i64> = 1 .const @K2 <@i64> = 2 .const @K3 <@i64> = 3 .const @K7 <@i64> = 7 .const @K8 <@i64> = 8 .const @K10 <@i64> = 10 .const @M1 <@i64> = -1

        """;

    public MuOutcome Run(Function function, params object[] arguments)
    {
        StackControl* stack = Machine.NewStack(Thread.Buffer, (ulong)Machine.Functions.CellOf(function));
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < arguments.Length; i++)
            *cursor.Next(function.Signature.Parameters[i]) = arguments[i] switch
            {
                double d => BitConverter.DoubleToUInt64Bits(d),
                float f => BitConverter.SingleToUInt32Bits(f),
                long l => (ulong)l,
                int n => (ulong)(long)n,
                ulong u => u,
                _ => throw new ArgumentException($"argument {arguments[i]}"),
            };
        return Thread.Run(stack);
    }

    public ulong Result(Function function, int index = 0)
    {
        var cursor = new ArgumentLocation.Cursor(Thread.Context);
        for (int i = 0; i < index; i++) cursor.Next(function.Signature.Results[i]);
        return *cursor.Next(function.Signature.Results[index]);
    }

    public ulong Call(Function function, params object[] arguments)
    {
        Assert.Equal(MuOutcome.Returned, Run(function, arguments));
        return Result(function);
    }

    public void Dispose()
    {
        Thread.Dispose();
        Machine.Dispose();
    }
}
