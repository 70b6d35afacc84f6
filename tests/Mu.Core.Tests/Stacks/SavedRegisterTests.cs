using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Stacks;

/// <summary>What is in registers when a collection comes: at function entries, first calls, polls and allocations, each of which collects and moves everything.</summary>
public sealed class SavedRegisterTests
{
    private const string Program = """
        .typedef @i64 = int<64>
        .typedef @cell = ref<@i64>
        .funcsig @many = (@cell double @cell float @cell @cell double @cell @cell @cell @cell iref<@i64> tagref64 @cell @i64) -> (@i64 double)
        .const @zero <@i64> = 0
        .const @one <@i64> = 1
        .const @f0 <double> = 0.0d

        .funcdef @get VERSION %v1 <(@cell) -> (@i64)> {
          %entry(<@cell> %c):
            %i = GETIREF <@i64> %c
            %x = LOAD <@i64> %i
            RET %x
        }
        .funcdef @add VERSION %v1 <@many> {
          %entry(<@cell> %a <double> %p <@cell> %b <float> %q <@cell> %c <@cell> %d <double> %r <@cell> %e <@cell> %f <@cell> %g <@cell> %h <iref<@i64>> %i <tagref64> %t <@cell> %j <@i64> %n):
            %x1 = CALL <(@cell) -> (@i64)> @get (%a)
            %x2 = CALL <(@cell) -> (@i64)> @get (%b)
            %x3 = CALL <(@cell) -> (@i64)> @get (%c)
            %x4 = CALL <(@cell) -> (@i64)> @get (%d)
            %x5 = CALL <(@cell) -> (@i64)> @get (%e)
            %x6 = CALL <(@cell) -> (@i64)> @get (%f)
            %x7 = CALL <(@cell) -> (@i64)> @get (%g)
            %x8 = CALL <(@cell) -> (@i64)> @get (%h)
            %x9 = LOAD <@i64> %i
            %tv = COMMINST @uvm.tr64.to_ref (%t)
            %tc = REFCAST <ref<void> @cell> %tv
            %x10 = CALL <(@cell) -> (@i64)> @get (%tc)
            %x11 = CALL <(@cell) -> (@i64)> @get (%j)
            %s1 = ADD <@i64> %x1 %x2
            %s2 = ADD <@i64> %s1 %x3
            %s3 = ADD <@i64> %s2 %x4
            %s4 = ADD <@i64> %s3 %x5
            %s5 = ADD <@i64> %s4 %x6
            %s6 = ADD <@i64> %s5 %x7
            %s7 = ADD <@i64> %s6 %x8
            %s8 = ADD <@i64> %s7 %x9
            %s9 = ADD <@i64> %s8 %x10
            %s10 = ADD <@i64> %s9 %x11
            %s11 = ADD <@i64> %s10 %n
            %qd = FPEXT <float double> %q
            %u = FADD <double> %p %qd
            %w = FADD <double> %u %r
            RET (%s11 %w)
        }
        .funcdef @forward VERSION %v1 <@many> {
          %entry(<@cell> %a <double> %p <@cell> %b <float> %q <@cell> %c <@cell> %d <double> %r <@cell> %e <@cell> %f <@cell> %g <@cell> %h <iref<@i64>> %i <tagref64> %t <@cell> %j <@i64> %n):
            TAILCALL <@many> @add (%a %p %b %q %c %d %r %e %f %g %h %i %t %j %n)
        }
        .funcdef @loop VERSION %v1 <(@i64 double double double @cell) -> (double double double @i64)> {
          %entry(<@i64> %n <double> %a <double> %b <double> %c <@cell> %kept):
            BRANCH %head(%n %a %b %c %kept)
          %head(<@i64> %n <double> %a <double> %b <double> %c <@cell> %kept):
            %more = SGT <@i64> %n @zero
            BRANCH2 %more %body(%n %a %b %c %kept) %done(%a %b %c %kept)
          %body(<@i64> %n <double> %a <double> %b <double> %c <@cell> %kept):
            %o = NEW <@i64>
            %oi = GETIREF <@i64> %o
            %ki = GETIREF <@i64> %kept
            %kv = LOAD <@i64> %ki
            %kw = ADD <@i64> %kv @one
            STORE <@i64> %oi %kw
            %a2 = FADD <double> %a %b
            %b2 = FADD <double> %b %c
            %m = SUB <@i64> %n @one
            BRANCH %head(%m %a2 %b2 %c %o)
          %done(<double> %a <double> %b <double> %c <@cell> %kept):
            %ki = GETIREF <@i64> %kept
            %kv = LOAD <@i64> %ki
            RET (%a %b %c %kv)
        }
        """;

    private static MuVM Start(EngineKind engine)
    {
        var vm = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true, MaxHeap = 64 << 20 });
        vm.LoadText(Program);
        return vm;
    }

    [Theory]
    [InlineData(EngineKind.Jit, "add")]
    [InlineData(EngineKind.Jit, "forward")]
    [InlineData(EngineKind.Interpreter, "add")]
    [InlineData(EngineKind.Interpreter, "forward")]
    public void Arguments_survive_collections_at_entries_and_first_calls(EngineKind engine, string function)
    {
        using MuVM vm = Start(engine);
        using MuContext c = vm.NewContext();
        MuValue Cell(long value)
        {
            MuValue cell = c.NewFixed(IntType.I64);
            c.Store(c.GetIRef(cell), c.FromInt64(value));
            return cell;
        }

        var callee = (Function)vm.Find(function);
        for (int round = 0; round < 3; round++)
        {
            MuValue tagged = c.TagRefFromRef(c.RefCast(Cell(512), new ReferenceType(TypeKind.Ref, SimpleType.Void)), c.FromInteger(IntType.I6, 3UL));
            long before = vm.Machine.Heap.Statistics.Collections;
            MuValue[] results = c.Call(callee, Cell(1), c.FromDouble(0.5), Cell(2), c.FromFloat(0.25f), Cell(4), Cell(8), c.FromDouble(8), Cell(16), Cell(32), Cell(64), Cell(128),
                c.GetIRef(Cell(256)), tagged, Cell(1024), c.FromInt64(2048));
            Assert.Equal((4095L, 8.75), (c.ToInt64(results[0]), c.ToDouble(results[1])));
            Assert.InRange(vm.Machine.Heap.Statistics.Collections - before, 1, 1000);
        }
    }

    [Theory]
    [ClassData(typeof(Engines))]
    public void Floating_point_and_references_survive_polls_and_allocations_in_a_loop(EngineKind engine)
    {
        using MuVM vm = Start(engine);
        using MuContext c = vm.NewContext();
        MuValue cell = c.NewFixed(IntType.I64);
        MuValue[] results = c.Call((Function)vm.Find("loop"), c.FromInt64(300), c.FromDouble(1), c.FromDouble(2), c.FromDouble(4), cell);
        double a = 1, b = 2;
        for (int i = 0; i < 300; i++) (a, b) = (a + b, b + 4);
        Assert.Equal((a, b, 4.0, 300L), (c.ToDouble(results[0]), c.ToDouble(results[1]), c.ToDouble(results[2]), c.ToInt64(results[3])));
    }
}
