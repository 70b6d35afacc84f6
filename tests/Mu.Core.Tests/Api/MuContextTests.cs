using Mu.Core.Api;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

public sealed class MuContextTests
{
    [Theory]
    [InlineData(1, 1UL, -1L)]
    [InlineData(8, 0xFFUL, -1L)]
    [InlineData(52, 0xF_FFFF_FFFF_FFFEUL, -2L)]
    [InlineData(64, 5UL, 5L)]
    public void Integers_keep_width_and_sign(int bits, ulong value, long signed)
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        MuValue handle = context.FromInteger(new IntType(bits), value);
        Assert.Equal((value, signed), (context.ToUInt64(handle), context.ToInt64(handle)));
    }

    [Fact]
    public void A_call_passes_mixed_values_and_handles_survive_collections()
    {
        using var vm = new MuVM(new MuVMOptions { MaxHeap = 64 << 20, CollectorStress = true });
        using MuContext context = vm.NewContext();
        MuType type = new ReferenceType(TypeKind.Ref, IntType.I64);
        var bundle = new Bundle();
        Function identity = bundle.AddFunction("@identity", new FunctionSignature([SimpleType.Double, type], [SimpleType.Double, type]));
        vm.Load(bundle);
        Assert.Same(identity, vm.Find("@identity"));
        ulong code = vm.Machine.Memory.AllocateCode(1);
        vm.Machine.Memory.Write(code, [0xC3]); // ret
        vm.Machine.Install(new CompiledFunction { Function = identity, Start = code, Size = 1, CallSites = [] });
        MuValue made = context.NewFixed(IntType.I64);
        MuValue[] results = context.Call(identity, context.FromDouble(2.5), made);
        for (int i = 0; i < 10; i++) vm.Machine.Heap.Collect();
        Assert.Equal(2.5, context.ToDouble(results[0]));
        Assert.True(context.SameReference(made, results[1]));
    }

    [Fact]
    public void A_trap_handler_sees_the_function_and_passes_values()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        var bundle = new Bundle();
        Function traps = bundle.AddFunction("@traps", new FunctionSignature([], [IntType.I64]));
        vm.Load(bundle);
        ulong code = vm.Machine.Memory.AllocateCode(16);
        int distance = (int)((long)vm.Machine.Stubs.Trap - (long)(code + 9));
        // sub rsp, 8; call Trap; add rsp, 8; ret
        vm.Machine.Memory.Write(code, [0x48, 0x83, 0xEC, 8, 0xE8, .. BitConverter.GetBytes(distance), 0x48, 0x83, 0xC4, 8, 0xC3]);
        vm.Machine.Install(new CompiledFunction { Function = traps, Start = code, Size = 14, CallSites = [new CallSite { ReturnOffset = 9, FrameSize = 8 }] });
        vm.TrapHandler = trap =>
        {
            Assert.Same(traps, trap.Function);
            return TrapResult.PassValues([trap.Context.FromInteger(IntType.I64, 42)]);
        };
        Assert.Equal(42UL, context.ToUInt64(context.Call(traps)[0]));
        vm.TrapHandler = trap => TrapResult.Throw(trap.Context.NewFixed(IntType.I64));
        Assert.Throws<UncaughtMuException>(() => context.Call(traps));
    }

    [Fact]
    public void A_name_can_be_taken_once()
    {
        using var vm = new MuVM();
        var first = new Bundle();
        first.AddFunction("@f", new FunctionSignature([], []));
        vm.Load(first);
        var second = new Bundle();
        second.AddFunction("@f", new FunctionSignature([], []));
        Assert.Throws<ArgumentException>(() => vm.Load(second));
    }
}
