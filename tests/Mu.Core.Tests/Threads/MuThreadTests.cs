using Xunit;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Iced.Intel;
using Mu.Core.Api;
using Mu.Core.Compiler;
using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit.Abstractions;
using static Iced.Intel.AssemblerRegisters;

namespace Mu.Core.Tests.Threads;

public sealed unsafe class MuThreadTests(ITestOutputHelper output)
{
    private static readonly StackMap RefAtZero = new([new ReferenceSlot(0, SlotKind.Ref)], []);

    [Fact]
    public void Values_enter_in_registers_and_results_come_back()
    {
        using var mu = new HandWritten();
        Function add = mu.Define(static a => { a.add(rax, rbx); a.ret(); }, IntType.I64, IntType.I64);
        Assert.Equal(MuOutcome.Returned, mu.Run(add, 40, 2));
        Assert.Equal(42UL, mu.Result);
    }

    [Fact]
    public void A_runtime_call_reaches_csharp_while_dotnet_collects()
    {
        using var mu = new HandWritten();
        const ulong count = 2_000_000;
        ulong target = (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong>)&Increment;
        Function loop = mu.Define(a =>
        {
            Label next = a.CreateLabel(), done = a.CreateLabel();
            a.sub(rsp, 24);
            a.mov(__qword_ptr[rsp], rax);
            a.mov(__qword_ptr[rsp + 8], 0);
            a.Label(ref next);
            a.cmp(__qword_ptr[rsp], 0);
            a.je(done);
            a.mov(rsi, __qword_ptr[rsp + 8]);
            a.mov(r11, target);
            a.Call(mu.Machine.Stubs.RuntimeCall, 24);
            a.mov(__qword_ptr[rsp + 8], rax);
            a.dec(__qword_ptr[rsp]);
            a.jmp(next);
            a.Label(ref done);
            a.mov(rax, __qword_ptr[rsp + 8]);
            a.add(rsp, 24);
            a.ret();
        }, IntType.I64);
        mu.Run(loop, 1000);
        bool stop = false;
        int collections = 0;
        var collector = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                GC.Collect();
                collections++;
            }
        });
        collector.Start();
        Assert.Equal(MuOutcome.Returned, mu.Run(loop, count));
        Volatile.Write(ref stop, true);
        collector.Join();
        Assert.Equal(count, mu.Result);
        Assert.True(collections > 0);
        long start = Stopwatch.GetTimestamp();
        mu.Run(loop, count);
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalNanoseconds / count:F1} ns a runtime call");
    }

    [Fact]
    public void Swapstack_passes_values_there_and_back()
    {
        using var mu = new HandWritten();
        const ulong count = 3_000_000;
        // coroutine(x, other): for ever { x = swap(other, x + 1) }
        Function coroutine = mu.Define(a =>
        {
            Label next = a.CreateLabel();
            a.sub(rsp, 8);
            a.mov(__qword_ptr[rsp], rbx);
            a.Label(ref next);
            a.inc(rax);
            a.mov(r11, __qword_ptr[rsp]);
            a.Call(mu.Machine.Stubs.SwapStack, 8);
            a.jmp(next);
        }, IntType.I64, IntType.I64);
        Function main = mu.Define(a =>
        {
            Label next = a.CreateLabel();
            a.sub(rsp, 24);
            a.mov(__qword_ptr[rsp], rax);
            a.mov(__qword_ptr[rsp + 8], rbx);
            a.xor(eax, eax);
            a.Label(ref next);
            a.mov(rbx, __qword_ptr[r15 + ThreadContext.CurrentStackOffset]);
            a.mov(r11, __qword_ptr[rsp]);
            a.Call(mu.Machine.Stubs.SwapStack, 24);
            a.dec(__qword_ptr[rsp + 8]);
            a.jnz(next);
            a.add(rsp, 24);
            a.ret();
        }, IntType.I64, IntType.I64);
        StackControl* other = mu.NewStack(coroutine);
        long start = Stopwatch.GetTimestamp();
        Assert.Equal(MuOutcome.Returned, mu.Run(main, (ulong)other, count));
        output.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalNanoseconds / count / 2:F1} ns a swap");
        Assert.Equal(count, mu.Result);
        Assert.Equal(StackState.Ready, other->State);
        Assert.Equal(2, mu.Machine.Walker.FrameAt(other->StackPointer) is { } frame && mu.Machine.Walker.CallerOf(frame) is null ? 2 : 0);
    }

    [Fact]
    public void An_exception_lands_in_the_nearest_frame_that_catches()
    {
        using var mu = new HandWritten();
        Function thrower = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.Call(mu.Machine.Stubs.Throw, 8);
        }, IntType.I64);
        Function between = mu.Define(a =>
        {
            a.sub(rsp, 40);
            a.CallCell(mu.Cell(thrower), 40);
            a.add(rsp, 40);
            a.ret();
        }, IntType.I64);
        Function catcher = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.CallCell(mu.Cell(between), 8, landing: "caught");
            a.Landing("caught");
            a.not(rax);
            a.add(rsp, 8);
            a.ret();
        }, IntType.I64);
        ulong thrown = mu.Machine.Heap.AllocateFixed(mu.Thread.Buffer, mu.Machine.Heap.Types.TypeIdOf(IntType.I64));
        Assert.Equal(MuOutcome.Returned, mu.Run(catcher, thrown));
        Assert.Equal(~thrown, mu.Result);
        Assert.Equal(MuOutcome.Uncaught, mu.Run(between, thrown));
        Assert.Equal(thrown, mu.Context->Exception);
    }

    [Fact]
    public void A_moving_collection_updates_frames_and_saved_registers()
    {
        using var mu = new HandWritten(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        int typeId = mu.Machine.Heap.Types.TypeIdOf(IntType.I64);
        var inRegister = new StackMap([new ReferenceSlot(0, SlotKind.Ref)], [new RegisterReference(3, SlotKind.Ref)]);
        // Keeps one object in the frame and one in rbx over many slow-path allocations.
        Function keep = mu.Define(a =>
        {
            Label next = a.CreateLabel();
            a.sub(rsp, 24);
            a.mov(__qword_ptr[rsp + 8], rax);
            a.mov(r11, ObjectHeader.Fresh(typeId));
            a.Call(mu.Machine.Stubs.Allocate, 24);
            a.mov(__qword_ptr[rsp], r11);
            a.mov(__qword_ptr[r11], 11);
            a.mov(r11, ObjectHeader.Fresh(typeId));
            a.Call(mu.Machine.Stubs.Allocate, 24, RefAtZero);
            a.mov(rbx, r11);
            a.mov(__qword_ptr[rbx], 22);
            a.mov(rcx, 0x1234);
            a.Label(ref next);
            a.mov(r11, ObjectHeader.Fresh(typeId));
            a.Call(mu.Machine.Stubs.Allocate, 24, inRegister);
            a.Call(mu.Machine.Stubs.Poll, 24, inRegister);
            a.dec(__qword_ptr[rsp + 8]);
            a.jnz(next);
            a.mov(rax, __qword_ptr[rsp]);
            a.mov(rax, __qword_ptr[rax]);
            a.mov(rbx, __qword_ptr[rbx]);
            a.add(rsp, 24);
            a.ret();
        }, IntType.I64);
        long before = mu.Machine.Heap.Statistics.Collections;
        Assert.Equal(MuOutcome.Returned, mu.Run(keep, 200));
        Assert.Equal(11UL, mu.Context->GeneralRegisters[0]);
        Assert.Equal(22UL, mu.Context->GeneralRegisters[3]);
        Assert.Equal(0x1234UL, mu.Context->GeneralRegisters[1]);
        Assert.True(mu.Machine.Heap.Statistics.Collections >= before + 100);
    }

    [Fact]
    public void The_first_call_compiles_and_keeps_arguments()
    {
        using var mu = new HandWritten();
        Function callee = mu.Declare(IntType.I64, IntType.I64);
        var generator = new OnDemand(() => mu.Assemble(callee, static a => { a.sub(rax, rbx); a.ret(); }));
        mu.Machine.CodeGenerator = generator;
        int asked = 0;
        mu.Machine.UndefinedFunction = function =>
        {
            asked++;
            mu.Machine.Define(new FunctionVersion(function));
        };
        Assert.Equal(MuOutcome.Returned, mu.Run(callee, 50, 8));
        Assert.Equal(42UL, mu.Result);
        Assert.Equal(MuOutcome.Returned, mu.Run(callee, 8, 50));
        Assert.Equal((1, 1), (asked, generator.Count));
    }

    [Fact]
    public void An_undefined_function_fails_where_the_run_started()
    {
        using var mu = new HandWritten();
        Assert.Contains("no definition", Assert.Throws<InvalidOperationException>(() => mu.Run(mu.Declare())).Message);
    }

    [Fact]
    public void Stack_overflow_throws_null_and_the_thread_goes_on()
    {
        using var mu = new HandWritten();
        Function recurse = mu.Declare(IntType.I64);
        mu.Machine.Install(mu.Assemble(recurse, a =>
        {
            Label slow = a.CreateLabel(), body = a.CreateLabel();
            a.cmp(rsp, __qword_ptr[r15 + ThreadContext.StackLimitOffset]);
            a.jbe(slow);
            a.Label(ref body);
            a.sub(rsp, 24);
            a.inc(rax);
            a.CallCell(mu.Cell(recurse), 24);
            a.add(rsp, 24);
            a.ret();
            a.Label(ref slow);
            a.mov(r11, rsp);
            a.Call(mu.Machine.Stubs.StackCheck, 0, isEntry: true);
            a.jmp(body);
        }));
        Function catcher = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.CallCell(mu.Cell(recurse), 8, landing: "caught");
            a.Landing("caught");
            a.add(rsp, 8);
            a.ret();
        }, IntType.I64);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(MuOutcome.Returned, mu.Run(catcher, 7));
            Assert.Equal(0UL, mu.Result);
        }
    }

    [Fact]
    public void A_trap_hands_over_a_ready_stack_and_takes_values_or_an_exception()
    {
        using var mu = new HandWritten();
        Function trapper = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.Call(mu.Machine.Stubs.Trap, 8);
            a.add(rax, 1);
            a.add(rsp, 8);
            a.ret();
        });
        Function nested = mu.Define(static a => { a.add(rax, rax); a.ret(); }, IntType.I64);
        mu.Machine.TrapHandler = (thread, point) =>
        {
            Assert.Same(trapper, point.Frame.Function);
            Assert.Equal(StackState.Ready, point.Stack->State);
            Assert.Equal(MuOutcome.Returned, mu.Run(nested, 20)); // leaves 40 in the first argument word
            return new TrapDecision(TrapAction.PassValues);
        };
        Assert.Equal(MuOutcome.Returned, mu.Run(trapper));
        Assert.Equal(41UL, mu.Result);
        mu.Machine.TrapHandler = static (_, _) => new TrapDecision(TrapAction.Throw);
        Assert.Equal(MuOutcome.Uncaught, mu.Run(trapper));
        mu.Machine.TrapHandler = static (_, _) => new TrapDecision(TrapAction.Exit);
        Assert.Equal(MuOutcome.Exited, mu.Run(trapper));
        mu.Machine.TrapHandler = static (_, _) => throw new TimeoutException("the client's");
        Assert.Equal("the client's", Assert.Throws<TimeoutException>(() => mu.Run(trapper)).Message);
        Assert.Equal(MuOutcome.Returned, mu.Run(nested, 4));
    }

    [Fact]
    public void Unreachable_stacks_are_collected_and_used_again()
    {
        using var mu = new HandWritten();
        Function nothing = mu.Define(static a => a.ret());
        for (int i = 0; i < 100_000; i++) Assert.Equal(MuOutcome.Returned, mu.Run(nothing));
        mu.Machine.Heap.Collect();
        Assert.Equal(0, mu.Machine.Stacks.Live);
    }

    [Fact]
    public void Compiled_code_makes_a_stack_and_raises_an_exception_in_it()
    {
        using var mu = new HandWritten(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Function catches = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.Call(mu.Machine.Stubs.ThreadExit, 8);
        });
        Function main = mu.Define(a =>
        {
            a.sub(rsp, 8);
            a.mov(rsi, mu.Cell(catches));
            a.mov(r11, RuntimeFunctions.AddressOf(RuntimeEntry.NewStack));
            a.Call(mu.Machine.Stubs.RuntimeCall, 8);
            a.mov(r11, __qword_ptr[rax]);
            a.xor(eax, eax);
            a.Call(mu.Machine.Stubs.SwapStackThrow, 8);
        });
        Assert.Equal(MuOutcome.Uncaught, mu.Run(main)); // a frame at its entry catches nothing
        Assert.Equal(0UL, mu.Context->Exception);
    }

    [UnmanagedCallersOnly]
    private static ulong Increment(ThreadContext* context, ulong value) => value + 1;

    private sealed class OnDemand(Func<CompiledFunction> make) : ICodeGenerator
    {
        public int Count { get; private set; }

        public CompilerStatistics Statistics => CompilerStatistics.None;

        public CompiledFunction Compile(FunctionVersion version)
        {
            Count++;
            return make();
        }
    }
}
