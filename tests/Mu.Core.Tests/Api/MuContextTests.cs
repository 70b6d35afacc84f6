using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Api;

public sealed class MuContextTests : IDisposable
{
    private readonly MuVM vm = new(new MuVMOptions { MaxHeap = 64 << 20, CollectorStress = true });
    private readonly MuContext context;

    public MuContextTests() => context = vm.NewContext();

    public void Dispose()
    {
        context.Dispose();
        vm.Dispose();
    }

    [Theory]
    [InlineData(1, 1UL, -1L)]
    [InlineData(6, 0x3EUL, -2L)]
    [InlineData(8, 0xFFUL, -1L)]
    [InlineData(33, 0x1_0000_0001UL, -0xFFFF_FFFFL)]
    [InlineData(52, 0xF_FFFF_FFFF_FFFEUL, -2L)]
    [InlineData(64, 5UL, 5L)]
    public void Integers_keep_width_and_sign_also_in_memory(int bits, ulong value, long signed)
    {
        var type = new IntType(bits);
        MuValue handle = context.FromInteger(type, value);
        Assert.Equal((value, signed), (context.ToUInt64(handle), context.ToInt64(handle)));
        Assert.Equal(value, context.ToUInt64(context.FromInteger(type, signed)));
        MuValue cell = context.GetIRef(context.NewFixed(type));
        Assert.Equal(0UL, context.ToUInt64(context.Load(cell)));
        context.Store(cell, handle, MemoryOrder.SeqCst);
        Assert.Equal(signed, context.ToInt64(context.Load(cell, MemoryOrder.Acquire)));
    }

    [Fact]
    public void Integers_of_128_bits_go_through_handles_and_memory()
    {
        var type = new IntType(128);
        var value = new UInt128(0x1234, ulong.MaxValue - 7);
        MuValue handle = context.FromWideInteger(type, value), cell = context.GetIRef(context.NewFixed(type));
        context.Store(cell, handle);
        Assert.Equal(value, context.ToUInt128(context.Load(cell)));
        Assert.Equal(UInt128.MaxValue - 1, context.ToUInt128(context.FromInteger(type, -2)));
        Assert.Equal(5u, context.ToUInt128(context.FromInt64(5)));
        Assert.Throws<ArgumentException>(() => context.ToUInt64(handle));
        Assert.Throws<ArgumentException>(() => context.FromWideInteger(IntType.I64, value));
        context.Delete(handle);
    }

    [Fact]
    public void Floating_point_goes_through_handles_and_memory()
    {
        var type = new StructType(SimpleType.Float, SimpleType.Double);
        MuValue cell = context.GetIRef(context.NewFixed(type));
        context.Store(context.GetFieldIRef(cell, 0), context.FromFloat(1.5f));
        context.Store(context.GetFieldIRef(cell, 1), context.FromDouble(-2.25));
        Assert.Equal(1.5f, context.ToFloat(context.ExtractValue(context.Load(cell), 0)));
        Assert.Equal(-2.25, context.ToDouble(context.Load(context.GetFieldIRef(cell, 1))));
    }

    [Fact]
    public void Struct_and_array_values_are_taken_apart_and_put_together()
    {
        var array = new SequenceType(TypeKind.Array, IntType.I8, 3);
        var type = new StructType(IntType.I52, array, new ReferenceType(TypeKind.Ref, IntType.I64));
        MuValue made = context.NewFixed(IntType.I64);
        MuValue bytes = context.FromParts(array, context.FromInteger(IntType.I8, 1UL), context.FromInteger(IntType.I8, 2UL), context.FromInteger(IntType.I8, 3UL));
        MuValue value = context.FromParts(type, context.FromInteger(IntType.I52, -7L), bytes, made);
        value = context.InsertValue(value, 1, context.InsertElement(bytes, 1, context.FromInteger(IntType.I8, 9UL)));
        MuValue cell = context.GetIRef(context.NewFixed(type));
        context.Store(cell, value);
        vm.Machine.Heap.Collect();
        MuValue read = context.Load(cell);
        Assert.Equal(-7, context.ToInt64(context.ExtractValue(read, 0)));
        Assert.Equal(9UL, context.ToUInt64(context.ExtractElement(context.ExtractValue(read, 1), 1)));
        Assert.Equal(3UL, context.ToUInt64(context.Load(context.GetElemIRef(context.GetFieldIRef(cell, 1), 2))));
        Assert.True(context.SameReference(made, context.ExtractValue(read, 2)));
        context.Delete(read);
        Assert.Throws<ArgumentException>(() => context.ExtractValue(read, 0));
    }

    [Fact]
    public void Hybrids_have_a_length_and_elements()
    {
        var type = new HybridType([IntType.I64], IntType.I16);
        MuValue made = context.NewHybrid(type, 5);
        MuValue first = context.GetVarPartIRef(context.GetIRef(made)), fourth = context.ShiftIRef(first, 3);
        context.Store(fourth, context.FromInteger(IntType.I16, -1L));
        vm.Machine.Heap.Collect();
        Assert.Equal(5UL, context.HybridLength(made));
        Assert.True(context.IsBefore(first, fourth));
        Assert.Equal(-1, context.ToInt64(context.Load(context.ShiftIRef(context.GetVarPartIRef(context.GetIRef(made)), 3))));
    }

    [Theory]
    [InlineData(AtomicRmwOp.Xchg, 0x7EUL)]
    [InlineData(AtomicRmwOp.Add, 0x70UL)]
    [InlineData(AtomicRmwOp.Sub, 0x74UL)]
    [InlineData(AtomicRmwOp.And, 0x72UL)]
    [InlineData(AtomicRmwOp.Nand, 0x0DUL)]
    [InlineData(AtomicRmwOp.Or, 0x7EUL)]
    [InlineData(AtomicRmwOp.Xor, 0x0CUL)]
    [InlineData(AtomicRmwOp.Max, 0x7EUL)]
    [InlineData(AtomicRmwOp.Min, 0x72UL)]
    [InlineData(AtomicRmwOp.UMax, 0x7EUL)]
    [InlineData(AtomicRmwOp.UMin, 0x72UL)]
    public void Atomic_operations_give_the_old_value(AtomicRmwOp op, ulong expected)
    {
        // 7 bits: -14 and -2.
        var type = new IntType(7);
        MuValue cell = context.GetIRef(context.NewFixed(type));
        context.Store(cell, context.FromInteger(type, 0x72UL));
        Assert.Equal(0x72UL, context.ToUInt64(context.AtomicRmw(op, cell, context.FromInteger(type, 0x7EUL), MemoryOrder.SeqCst)));
        Assert.Equal(expected, context.ToUInt64(context.Load(cell)));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(40)]
    [InlineData(64)]
    public void Compare_and_exchange_succeeds_if_the_value_is_expected(int bits)
    {
        var type = new IntType(bits);
        MuValue cell = context.GetIRef(context.NewFixed(new StructType(type, type)));
        MuValue second = context.GetFieldIRef(cell, 1), three = context.FromInteger(type, 3UL), four = context.FromInteger(type, 4UL);
        context.Store(second, three);
        Assert.Equal(3UL, context.ToUInt64(context.CompareExchange(second, four, three, MemoryOrder.SeqCst, MemoryOrder.Relaxed, out bool succeeded)));
        Assert.False(succeeded);
        context.CompareExchange(second, three, four, MemoryOrder.AcqRel, MemoryOrder.Acquire, out succeeded);
        Assert.True(succeeded);
        Assert.Equal((4UL, 0UL), (context.ToUInt64(context.Load(second)), context.ToUInt64(context.Load(context.GetFieldIRef(cell, 0)))));
        MuContext.Fence(MemoryOrder.SeqCst);
    }

    [Fact]
    public void Weak_references_are_cleared_and_read_strong()
    {
        MuValue cell = context.GetIRef(context.NewFixed(new ReferenceType(TypeKind.WeakRef, IntType.I64)));
        MuValue target = context.NewFixed(IntType.I64);
        context.Store(cell, target);
        vm.Machine.Heap.Collect();
        MuValue read = context.Load(cell);
        Assert.True(context.SameReference(target, read));
        context.Delete(target);
        context.Delete(read);
        vm.Machine.Heap.Collect();
        Assert.True(context.IsNull(context.Load(cell)));
    }

    [Fact]
    public void Tagged_values_keep_kind_and_content()
    {
        MuValue made = context.NewFixed(IntType.I64);
        MuValue d = context.TagRefFromDouble(context.FromDouble(0.5)), i = context.TagRefFromInt(context.FromInteger(IntType.I52, -5L));
        MuValue r = context.TagRefFromRef(made, context.FromInteger(IntType.I6, 33UL));
        vm.Machine.Heap.Collect();
        Assert.Equal((true, false, false), (context.TagRefIsDouble(d), context.TagRefIsInt(d), context.TagRefIsRef(d)));
        Assert.Equal((false, true, false), (context.TagRefIsDouble(i), context.TagRefIsInt(i), context.TagRefIsRef(i)));
        Assert.Equal((false, false, true), (context.TagRefIsDouble(r), context.TagRefIsInt(r), context.TagRefIsRef(r)));
        Assert.Equal((0.5, -5L), (context.ToDouble(context.TagRefToDouble(d)), context.ToInt64(context.TagRefToInt(i))));
        Assert.True(context.SameReference(made, context.TagRefToRef(r)));
        Assert.Equal(33UL, context.ToUInt64(context.TagRefToTag(r)));
        Assert.Throws<ArgumentException>(() => context.TagRefToRef(i));
    }

    [Fact]
    public void Pinned_objects_stay_where_they_are()
    {
        MuValue made = context.NewFixed(new StructType(IntType.I64, IntType.I64));
        MuValue field = context.GetFieldIRef(context.GetIRef(made), 1);
        ulong address = context.ToUInt64(context.Pin(made));
        Assert.Equal(address + 8, context.ToUInt64(context.Pin(field)));
        vm.Machine.Heap.Collect();
        Assert.Equal(address, context.ToUInt64(context.GetAddress(made)));
        MuValue pointer = context.GetAddress(field);
        context.Store(pointer, context.FromInt64(77));
        Assert.Equal(77, context.ToInt64(context.Load(field)));
        context.Unpin(made);
        vm.Machine.Heap.Collect();
        Assert.Equal(address, context.ToUInt64(context.GetAddress(made)));
        context.Unpin(field);
        vm.Machine.Heap.Collect();
        Assert.NotEqual(address, context.ToUInt64(context.GetAddress(made)));
        Assert.Throws<InvalidOperationException>(() => context.Unpin(made));
    }

    [Fact]
    public void A_context_that_ends_gives_its_pins_back()
    {
        MuValue cell = context.GetIRef(context.NewFixed(new ReferenceType(TypeKind.Ref, IntType.I64)));
        context.Store(cell, context.NewFixed(IntType.I64));
        ulong address;
        using (MuContext other = vm.NewContext())
        {
            // The object is reachable from here; the other context sees it through an address of the cell.
            MuValue pointer = other.FromInteger(new ReferenceType(TypeKind.UPtr, new ReferenceType(TypeKind.Ref, IntType.I64)), context.ToUInt64(context.GetAddress(cell)));
            address = other.ToUInt64(other.Pin(other.Load(pointer)));
            vm.Machine.Heap.Collect();
            Assert.Equal(address, context.ToUInt64(context.GetAddress(context.Load(cell))));
        }
        vm.Machine.Heap.Collect();
        Assert.NotEqual(address, context.ToUInt64(context.GetAddress(context.Load(cell))));
    }

    [Fact]
    public void Global_variables_are_handles_by_id()
    {
        vm.LoadText("""
            .typedef @pair = struct<int<52> double>
            .const @a <int<52>> = -9
            .const @b <double> = 2.5d
            .const @c <@pair> = {@a @b}
            .const @n <ref<void>> = NULL
            .global @g <int<64>>
            .funcdecl @f <() -> ()>
            """);
        MuValue pair = context.FromId(context.IdOf("c"));
        Assert.Equal((-9L, 2.5), (context.ToInt64(context.ExtractValue(pair, 0)), context.ToDouble(context.ExtractValue(pair, 1))));
        Assert.True(context.IsNull(context.FromId(context.IdOf("n"))));
        MuValue cell = context.FromId(context.IdOf("g"));
        context.Store(cell, context.FromInt64(3));
        Assert.Equal(3, context.ToInt64(context.Load(context.FromGlobal((GlobalCell)vm.Find("g")))));
        Assert.Same(vm.Find("f"), context.ToFunction(context.FromId(context.IdOf("f"))));
        Assert.Throws<ArgumentException>(() => context.FromId(context.IdOf("pair")));
    }

    [Fact]
    public void Misuse_is_refused_with_a_reason()
    {
        using MuContext other = vm.NewContext();
        MuValue number = context.FromInt64(1), made = context.NewFixed(IntType.I64), cell = context.GetIRef(made);
        var refInt = new ReferenceType(TypeKind.Ref, IntType.I64);
        Assert.Contains("another", Assert.Throws<ArgumentException>(() => other.ToInt64(number)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => context.ToDouble(number));
        Assert.Throws<ArgumentException>(() => context.ToUInt64(made));
        Assert.Throws<ArgumentException>(() => context.GetIRef(cell));
        Assert.Throws<ArgumentException>(() => context.GetIRef(context.Null(refInt)));
        Assert.Throws<ArgumentException>(() => context.GetFieldIRef(cell, 0));
        Assert.Throws<ArgumentException>(() => context.GetVarPartIRef(cell));
        Assert.Throws<ArgumentException>(() => context.Store(cell, context.FromInt32(1)));
        Assert.Throws<ArgumentException>(() => context.Load(cell, MemoryOrder.Release));
        Assert.Throws<ArgumentException>(() => context.Store(cell, number, MemoryOrder.Acquire));
        Assert.Throws<ArgumentException>(() => context.AtomicRmw(AtomicRmwOp.Add, cell, number, MemoryOrder.NotAtomic));
        Assert.Throws<ArgumentException>(() => context.AtomicRmw(AtomicRmwOp.Add, context.GetIRef(context.NewFixed(SimpleType.Double)), context.FromDouble(1), MemoryOrder.SeqCst));
        Assert.Throws<ArgumentException>(() => MuContext.Fence(MemoryOrder.Relaxed));
        Assert.Throws<ArgumentException>(() => context.RefCast(made, new ReferenceType(TypeKind.IRef, IntType.I64)));
        Assert.Throws<ArgumentException>(() => context.NewFixed(new HybridType([], IntType.I8)));
        Assert.Throws<ArgumentException>(() => context.Null(IntType.I64));
        context.Delete(number);
        Assert.Throws<ArgumentException>(() => context.Delete(number));
        context.FromInt64(2);
        Assert.Throws<ArgumentException>(() => context.ToInt64(number));
    }

    [Fact]
    public void Exhausted_memory_is_an_exception_and_the_context_goes_on()
    {
        var list = new HybridType([], IntType.I64);
        Assert.Throws<MuOutOfMemoryException>(() => context.NewHybrid(list, 1UL << 40));
        Assert.Throws<MuOutOfMemoryException>(() => context.NewHybrid(list, ulong.MaxValue));
        var kept = new List<MuValue>();
        Assert.Throws<MuOutOfMemoryException>(() =>
        {
            for (int i = 0; i < 1000; i++) kept.Add(context.NewHybrid(list, 1 << 17));
        });
        foreach (MuValue handle in kept) context.Delete(handle);
        Assert.Equal(1UL << 17, context.HybridLength(context.NewHybrid(list, 1 << 17)));
    }
}
