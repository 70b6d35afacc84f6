using Mu.Core.Compiler;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
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
