using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Compiler;

/// <summary>Native calls, traps, swaps with their clauses.</summary>
public sealed unsafe class TransferTests
{
    [UnmanagedCallersOnly]
    private static double Mixed(long a, double b, long c, long d, double e, long f, long g, long h, long i, double j) =>
        a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f + 7 * g + 8 * h + 9 * i + 10 * j;

    [UnmanagedCallersOnly]
    private static long Nine(long a, long b, long c, long d, long e, long f, long g, long h, long i) => a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1000000 * g + 10000000 * h + 100000000 * i;

    [StructLayout(LayoutKind.Sequential)]
    private struct Pair
    {
        public ulong A, B;
    }

    [UnmanagedCallersOnly]
    private static Pair Two(ThreadContext* context, ulong a, ulong b) => new() { A = a * 2, B = b + (context != null ? 1UL : 0UL) };

    [UnmanagedCallersOnly]
    private static Pair PairOf(ulong a, ulong b) => new() { A = b, B = a };

    [UnmanagedCallersOnly]
    private static ulong WideRuntime(ThreadContext* context, ulong a, ulong b, ulong c, ulong d, ulong e, ulong f, ulong g, ulong h) =>
        (context != null ? 1UL : 0UL) * (a + 10 * b + 100 * c + 1000 * d + 10000 * e + 100000 * f + 1000000 * g + 10000000 * h);

    [UnmanagedCallersOnly]
    private static float Single(float a, double b, int c) => (float)(a * b + c);

    [Fact]
    public void Native_calls_mix_integers_and_doubles_beyond_registers()
    {
        using var jit = new Jit();
        Function f = jit.Load("""
            .funcsig @sig = (@i64 @f64 @i64 @i64 @f64 @i64 @i64 @i64 @i64 @f64) -> (@f64) .typedef @fp = ufuncptr<@sig>
            .funcdef @f <(@fp @i64 @f64) -> (@f64)> {
              %entry(<@fp> %p <@i64> %n <@f64> %x):
                %m = ADD <@i64> %n @K1
                %r = CCALL #DEFAULT <@fp @sig> %p (%n %x %m @K2 %x @K3 %m %n @K7 %x)
                %s = FADD <@f64> %r %x
                RET %s
            }
            """)["f"];
        delegate* unmanaged<long, double, long, long, double, long, long, long, long, double, double> p = &Mixed;
        const long n = 5;
        const double x = 0.25;
        double expected = n + 2 * x + 3 * (n + 1) + 4 * 2 + 5 * x + 6 * 3 + 7 * (n + 1) + 8 * n + 9 * 7 + 10 * x + x;
        Assert.Equal(BitConverter.DoubleToUInt64Bits(expected), jit.Call(f, (ulong)p, n, x));
    }

    [Fact]
    public void Native_calls_take_nine_integers_and_floats()
    {
        using var jit = new Jit();
        Dictionary<string, Function> functions = jit.Load("""
            .funcsig @sig = (@i64 @i64 @i64 @i64 @i64 @i64 @i64 @i64 @i64) -> (@i64) .typedef @fp = ufuncptr<@sig>
            .funcsig @sig2 = (@f32 @f64 @i32) -> (@f32) .typedef @fp2 = ufuncptr<@sig2>
            .funcdef @f <(@fp @i64) -> (@i64)> {
              %entry(<@fp> %p <@i64> %n):
                %r = CCALL #DEFAULT <@fp @sig> %p (@K1 @K2 @K3 %n @K1 @K2 @K3 %n @K7)
                RET %r
            }
            .funcdef @g <(@fp2 @f32 @f64 @i32) -> (@f32)> {
              %entry(<@fp2> %p <@f32> %a <@f64> %b <@i32> %c):
                %r = CCALL #DEFAULT <@fp2 @sig2> %p (%a %b %c)
                RET %r
            }
            """);
        delegate* unmanaged<long, long, long, long, long, long, long, long, long, long> nine = &Nine;
        delegate* unmanaged<float, double, int, float> single = &Single;
        Assert.Equal(743214321UL, jit.Call(functions["f"], (ulong)nine, 4L));
        Assert.Equal(BitConverter.SingleToUInt32Bits(1.5f * 2.25f - 3), (uint)jit.Call(functions["g"], (ulong)single, 1.5f, 2.25, -3));
    }

    [Fact]
    public void Both_conventions_give_two_results()
    {
        using var jit = new Jit();
        Dictionary<string, Function> functions = jit.Load("""
            .funcsig @two = (@i64 @i64) -> (@i64 @i64) .typedef @fp = ufuncptr<@two>
            .funcsig @wide = (@i64 @i64 @i64 @i64 @i64 @i64 @i64 @i64) -> (@i64) .typedef @fw = ufuncptr<@wide>
            .funcdef @f <(@fp @i64 @i64) -> (@i64 @i64)> {
              %entry(<@fp> %p <@i64> %a <@i64> %b):
                (%x %y) = CCALL #RUNTIME <@fp @two> %p (%a %b)
                RET (%x %y)
            }
            .typedef @pair = struct<@i64 @i64> .funcsig @paired = (@i64 @i64) -> (@pair) .typedef @fpair = ufuncptr<@paired>
            .funcdef @g <(@fpair @i64 @i64) -> (@i64 @i64)> {
              %entry(<@fpair> %p <@i64> %a <@i64> %b):
                %r = CCALL #DEFAULT <@fpair @paired> %p (%a %b)
                %x = EXTRACTVALUE <@pair 0> %r
                %y = EXTRACTVALUE <@pair 1> %r
                RET (%x %y)
            }
            .funcdef @h <(@fw @i64) -> (@i64)> {
              %entry(<@fw> %p <@i64> %a):
                %x = CCALL #RUNTIME <@fw @wide> %p (@K1 @K2 @K3 %a @K1 @K2 @K3 %a)
                %y = ADD <@i64> %x %a
                RET %y
            }
            """);
        delegate* unmanaged<ThreadContext*, ulong, ulong, Pair> two = &Two;
        delegate* unmanaged<ulong, ulong, Pair> pair = &PairOf;
        delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong> wide = &WideRuntime;
        Assert.Equal(20UL, jit.Call(functions["f"], (ulong)two, 10L, 20L));
        Assert.Equal(21UL, jit.Result(functions["f"], 1));
        Assert.Equal(20UL, jit.Call(functions["g"], (ulong)pair, 10L, 20L));
        Assert.Equal(10UL, jit.Result(functions["g"], 1));
        Assert.Equal(43214321UL + 4, jit.Call(functions["h"], (ulong)wide, 4L));
    }

    [Fact]
    public void A_trap_shows_its_kept_values_and_takes_new_ones()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Function f = jit.Load("""
            .funcdef @f <(@i64 @f64) -> (@i64)> {
              %entry(<@i64> %a <@f64> %d):
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                STORE <@i64> %i %a
                %b = MUL <@i64> %a @K2
                (%x %y) = [%t] TRAP <@i64 @f64> EXC(%fine(%x %y %o %b) %bad(%b)) KEEPALIVE(%a %b %d %o)
              %fine(<@i64> %x <@f64> %y <@r64> %o <@i64> %b):
                %i = GETIREF <@i64> %o
                %a = LOAD <@i64> %i
                %yi = FPTOSI <@f64 @i64> %y
                %s = ADD <@i64> %x %yi
                %s2 = ADD <@i64> %s %a
                %s3 = ADD <@i64> %s2 %b
                RET %s3
              %bad(<@i64> %b) [%exc]: RET %b
            }
            """)["f"];
        jit.Machine.TrapHandler = (thread, point) =>
        {
            jit.Machine.Heap.Collect();
            var stopped = (StackFrame)point.Frame;
            CallSite site = stopped.Position!.Value.Site;
            Assert.Equal(4, site.KeepAlives.Length);
            byte* frame = (byte*)stopped.StackPointer + sizeof(ulong);
            ulong Word(int k) => *(ulong*)(frame + site.KeepAlives[k].Value);
            Assert.Equal(10UL, Word(0));
            Assert.Equal(20UL, Word(1));
            Assert.Equal(1.5, BitConverter.UInt64BitsToDouble(Word(2)));
            Assert.Equal(10UL, *(ulong*)Word(3));
            var cursor = new ArgumentLocation.Cursor(thread.Context);
            *cursor.Next(IntType.I64) = 100;
            *cursor.Next(SimpleType.Double) = BitConverter.DoubleToUInt64Bits(1000);
            return new TrapDecision(TrapAction.PassValues);
        };
        Assert.Equal(1130UL, jit.Call(f, 10L, 1.5));
        jit.Machine.TrapHandler = static (thread, _) =>
        {
            thread.Context->GeneralRegisters[0] = 0;
            return new TrapDecision(TrapAction.Throw);
        };
        Assert.Equal(20UL, jit.Call(f, 10L, 1.5));
    }

    [Fact]
    public void A_coroutine_ends_with_KILL_OLD_and_with_an_exception()
    {
        using var jit = new Jit(new HeapOptions { MaxHeap = 64 << 20, Stress = true });
        Dictionary<string, Function> functions = jit.Load("""
            .funcsig @co = (@st @i64) -> ()
            .funcdef @gives <@co> {
              %entry(<@st> %back <@i64> %x):
                %y = MUL <@i64> %x @K2
                SWAPSTACK %back KILL_OLD PASS_VALUES <@i64> (%y)
            }
            .funcdef @throws <@co> {
              %entry(<@st> %back <@i64> %x):
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                STORE <@i64> %i %x
                %e = REFCAST <@r64 @rv> %o
                SWAPSTACK %back KILL_OLD THROW_EXC %e
            }
            .funcdef @catches <@co> {
              %entry(<@st> %back <@i64> %x):
                SWAPSTACK %back RET_WITH <> PASS_VALUES <@i64> (%x) EXC(%no() %yes(%back %x))
              %no(): COMMINST @uvm.thread_exit
              %yes(<@st> %back <@i64> %x) [%exc]:
                %r = REFCAST <@rv @r64> %exc
                %i = GETIREF <@i64> %r
                %v = LOAD <@i64> %i
                %s = ADD <@i64> %v %x
                SWAPSTACK %back KILL_OLD PASS_VALUES <@i64> (%s)
            }
            .funcdef @run <(funcref<@co> @i64) -> (@i64)> {
              %entry(<funcref<@co>> %f <@i64> %x):
                %s = COMMINST @uvm.new_stack <[@co]> (%f)
                %me = COMMINST @uvm.current_stack
                %y = SWAPSTACK %s RET_WITH <@i64> PASS_VALUES <@st @i64> (%me %x) EXC(%fine(%y %x) %bad(%x))
              %fine(<@i64> %y <@i64> %x):
                %z = ADD <@i64> %y %x
                RET %z
              %bad(<@i64> %x) [%exc]:
                %r = REFCAST <@rv @r64> %exc
                %i = GETIREF <@i64> %r
                %v = LOAD <@i64> %i
                %z = MUL <@i64> %v %x
                RET %z
            }
            .funcdef @throwin <(@i64) -> (@i64)> {
              %entry(<@i64> %x):
                %s = COMMINST @uvm.new_stack <[@co]> (@catches)
                %me = COMMINST @uvm.current_stack
                %y = SWAPSTACK %s RET_WITH <@i64> PASS_VALUES <@st @i64> (%me %x)
                %o = NEW <@i64>
                %i = GETIREF <@i64> %o
                STORE <@i64> %i @K10
                %e = REFCAST <@r64 @rv> %o
                %z = SWAPSTACK %s RET_WITH <@i64> THROW_EXC %e
                %w = ADD <@i64> %z %y
                RET %w
            }
            """);
        ulong Cell(string name) => (ulong)jit.Machine.Functions.CellOf(functions[name]);
        Assert.Equal(15UL, jit.Call(functions["run"], Cell("gives"), 5L));
        Assert.Equal(25UL, jit.Call(functions["run"], Cell("throws"), 5L));
        Assert.Equal(20UL, jit.Call(functions["throwin"], 5L));
    }

    [Fact]
    public void Cases_of_a_switch_are_found_dense_and_sparse()
    {
        using var jit = new Jit();
        long[][] sets = [[0, 1, 2, 3, 4], [-2, -1, 0, 1, 5], [long.MinValue, -1, 0, long.MaxValue], [1L << 40, (1L << 40) + 1, 7], [5], [100, 200, 300, 400, 500, 600, 700, 1L << 33, -(1L << 33), 42, 43, 44]];
        foreach (long[] keys in sets)
        {
            string constants = string.Join(' ', keys.Select((k, i) => $".const @C{i} <@i64> = {k} .const @R{i} <@i64> = {i + 10}"));
            string cases = string.Join(' ', keys.Select((_, i) => $"@C{i} %end(@R{i})"));
            using var own = new Jit();
            Function f = own.Load($$"""
                {{constants}}
                .funcdef @f <(@i64) -> (@i64)> {
                  %entry(<@i64> %x): SWITCH <@i64> %x %end(@M1) { {{cases}} }
                  %end(<@i64> %r): RET %r
                }
                """)["f"];
            foreach (long probe in keys.SelectMany(k => (long[])[k, unchecked(k - 1), unchecked(k + 1), -k, k ^ (1L << 32)]))
            {
                int index = Array.IndexOf(keys, probe);
                Assert.Equal(index < 0 ? ulong.MaxValue : (ulong)index + 10, own.Call(f, probe));
            }
        }
    }
}
