using Xunit;
using Iced.Intel;
using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Tests.Threads;

/// <summary>A machine whose functions are written in assembly language by the tests.</summary>
internal sealed unsafe class HandWritten : IDisposable
{
    public HandWritten(HeapOptions? heap = null)
    {
        Machine = new MuMachine(heap ?? new HeapOptions { MaxHeap = 256 << 20 }, StackSizes.Default);
        Thread = new MuThread(Machine);
    }

    public MuMachine Machine { get; }

    public MuThread Thread { get; }

    public ThreadContext* Context => Thread.Context;

    public Function Declare(params MuType[] parameters) => new(new FunctionSignature(parameters, []));

    public CompiledFunction Assemble(Function function, Action<FunctionWriter> write)
    {
        var writer = new FunctionWriter();
        write(writer);
        return writer.Finish(Machine, function);
    }

    public Function Define(Action<FunctionWriter> write, params MuType[] parameters)
    {
        Function function = Declare(parameters);
        Machine.Install(Assemble(function, write));
        return function;
    }

    public ulong Cell(Function function) => (ulong)Machine.Functions.CellOf(function);

    public StackControl* NewStack(Function function, bool large = false) => Machine.NewStack(Thread.Buffer, Cell(function), large);

    public MuOutcome Run(Function function, params ReadOnlySpan<ulong> arguments)
    {
        StackControl* stack = NewStack(function);
        for (int i = 0; i < arguments.Length; i++) Context->GeneralRegisters[ArgumentLocation.GeneralRegisters[i]] = arguments[i];
        return Thread.Run(stack);
    }

    public ulong Result => Context->GeneralRegisters[0];

    public void Dispose()
    {
        Thread.Dispose();
        Machine.Dispose();
    }
}

/// <summary>An assembler that remembers call sites.</summary>
internal sealed class FunctionWriter() : Assembler(64)
{
    private readonly List<(Label Return, string? Landing, CallSite Shape)> sites = [];

    private readonly Dictionary<string, Label> landings = [];

    /// <summary>An exceptional landing.</summary>
    public void Landing(string name)
    {
        Label label = CreateLabel();
        Label(ref label);
        zero_bytes();
        landings[name] = label;
    }

    /// <summary>Calls an address and records the site.</summary>
    public void Call(ulong target, int frameSize, StackMap? map = null, string? landing = null, bool isEntry = false)
    {
        call(target);
        Site(frameSize, map, landing, isEntry);
    }

    public void CallCell(ulong cell, int frameSize, StackMap? map = null, string? landing = null)
    {
        AddInstruction(Iced.Intel.Instruction.Create(Iced.Intel.Code.Call_rm64, new MemoryOperand(Register.RIP, (long)cell, 8)));
        Site(frameSize, map, landing, false);
    }

    public CompiledFunction Finish(MuMachine machine, Function function)
    {
        const int room = 1024;
        ulong address = machine.Memory.AllocateCode(room);
        using var stream = new MemoryStream();
        AssemblerResult result = Assemble(new StreamCodeWriter(stream), address, BlockEncoderOptions.ReturnNewInstructionOffsets);
        Assert.True(stream.Length <= room);
        machine.Memory.Write(address, stream.ToArray());
        return new CompiledFunction
        {
            Function = function,
            Start = address,
            Size = room,
            CallSites = [.. sites.Select(s => new CallSite
            {
                ReturnOffset = (int)(result.GetLabelRIP(s.Return) - address),
                FrameSize = s.Shape.FrameSize,
                Map = s.Shape.Map,
                IsFunctionEntry = s.Shape.IsFunctionEntry,
                LandingOffset = s.Landing is { } landing ? (int)(result.GetLabelRIP(landings[landing]) - address) : -1,
            })],
        };
    }

    private void Site(int frameSize, StackMap? map, string? landing, bool isEntry)
    {
        Label here = CreateLabel();
        Label(ref here);
        zero_bytes();
        sites.Add((here, landing, new CallSite { ReturnOffset = 0, FrameSize = frameSize, Map = map ?? StackMap.Empty, IsFunctionEntry = isEntry }));
    }
}
