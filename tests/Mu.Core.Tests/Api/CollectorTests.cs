using Mu.Core.Api;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Tests.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

public sealed class CollectorTests
{
    [Theory, ClassData(typeof(Engines))]
    public void Every_reference_is_checked_after_each_collection_and_the_collections_are_counted(EngineKind engine)
    {
        foreach (string name in (string[])["list_reverse.uir", "swapstack_generator.uir", "bubble_sort.uir"])
        {
            using var own = new MuVM(new MuVMOptions { Engine = engine, CollectorStress = true, VerifyHeap = true });
            own.LoadText(ProgramFiles.Read(name), name);
            using MuContext ownContext = own.NewContext();
            ownContext.Call((Function)own.Find("main"), ownContext.FromInt64(6));
            CollectorStatistics done = own.CollectorStatistics;
            Assert.True(done.Collections > 5 && done.MovedBytes > 0 && done.LongestPause >= done.LastPause && done.TotalPause >= done.LongestPause, done.ToString());
            own.VerifyHeap();
        }
    }

    [Theory, ClassData(typeof(Engines))]
    public void The_heap_has_a_limit_whose_excess_is_delivered_to_the_exception_clause(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine, MaxHeap = 8 << 20 });
        using MuContext context = vm.NewContext();
        vm.LoadText("""
            .typedef @i64 = int<64>
            .typedef @node = struct<ref<@node> @i64 @i64 @i64 @i64 @i64 @i64>
            .const @0 <@i64> = 0
            .const @1 <@i64> = 1
            .const @nil <ref<@node>> = NULL
            .funcdef @fill VERSION %v1 <() -> (@i64)> {
              %entry():
                BRANCH %loop(@nil @0)
              %loop(<ref<@node>> %list <@i64> %n):
                %o = NEW <@node> EXC(%more(%list %n %o) %full(%n))
              %more(<ref<@node>> %list <@i64> %n <ref<@node>> %o):
                %i = GETIREF <@node> %o
                %next = GETFIELDIREF <@node 0> %i
                STORE <ref<@node>> %next %list
                %m = ADD <@i64> %n @1
                BRANCH %loop(%o %m)
              %full(<@i64> %n):
                RET (%n)
            }
            """);
        for (int i = 0; i < 2; i++)
        {
            long objects = context.ToInt64(context.Call((Function)vm.Find("fill"))[0]);
            Assert.InRange(objects * 64, 4 << 20, 9 << 20);
        }

        Assert.True(vm.CollectorStatistics.HeapBytes <= 9 << 20);
    }

    [Fact]
    public unsafe void A_wrong_reference_is_found()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        var pair = new StructType(IntType.I64, IntType.I64);
        MuValue box = context.NewFixed(new ReferenceType(TypeKind.Ref, pair)), target = context.NewFixed(pair);
        context.Store(context.GetIRef(box), target);
        vm.VerifyHeap();
        *(ulong*)context.Word(box) += 8;
        Assert.Throws<HeapCorruptionException>(vm.VerifyHeap);
    }
}
