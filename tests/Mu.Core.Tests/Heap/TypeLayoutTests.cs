using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Heap;

public sealed class TypeLayoutTests
{
    [Theory]
    [InlineData(1, 1)] [InlineData(6, 1)] [InlineData(8, 1)] [InlineData(9, 2)] [InlineData(16, 2)] [InlineData(24, 4)]
    [InlineData(32, 4)] [InlineData(33, 8)] [InlineData(52, 8)] [InlineData(64, 8)] [InlineData(128, 16)]
    public void Integers_take_the_next_power_of_two(int bits, int size)
    {
        TypeLayout layout = TypeLayout.Of(new IntType(bits));
        Assert.Equal((size, size), (layout.Size, layout.Alignment));
        Assert.Empty(layout.References);
    }

    [Theory]
    [InlineData(TypeKind.Ref, SlotKind.Ref)] [InlineData(TypeKind.IRef, SlotKind.IRef)] [InlineData(TypeKind.WeakRef, SlotKind.WeakRef)]
    [InlineData(TypeKind.UPtr, SlotKind.None)]
    public void Reference_types_are_one_word(TypeKind kind, object slot)
    {
        TypeLayout layout = TypeLayout.Of(new ReferenceType(kind, IntType.I64));
        Assert.Equal((8, 8, (SlotKind)slot), (layout.Size, layout.Alignment, layout.Kind));
        Assert.Equal((SlotKind)slot == SlotKind.None ? 0 : 1, layout.References.Length);
    }

    [Fact]
    public void Opaque_references_to_heap_objects_are_references_and_function_cells_are_not()
    {
        Assert.Equal(SlotKind.Ref, TypeLayout.KindOf(SimpleType.StackRef));
        Assert.Equal(SlotKind.Ref, TypeLayout.KindOf(SimpleType.ThreadRef));
        Assert.Equal(SlotKind.TagRef64, TypeLayout.KindOf(SimpleType.TagRef64));
        Assert.Equal(SlotKind.None, TypeLayout.KindOf(new FunctionReferenceType(TypeKind.FuncRef, new FunctionSignature([], []))));
    }

    [Fact]
    public void Struct_fields_are_naturally_aligned_and_the_size_is_padded()
    {
        var inner = new StructType(IntType.I8, SimpleType.TagRef64);
        TypeLayout layout = TypeLayout.Of(new StructType(IntType.I8, IntType.I32, inner, IntType.I16));
        Assert.Equal([0, 4, 8, 24], layout.FieldOffsets);
        Assert.Equal((32, 8), (layout.Size, layout.Alignment));
        Assert.Equal([new ReferenceSlot(16, SlotKind.TagRef64)], layout.References);
    }

    [Fact]
    public void Arrays_repeat_the_references_of_their_element()
    {
        var element = new StructType(IntType.I32, new ReferenceType(TypeKind.Ref, IntType.I8));
        TypeLayout layout = TypeLayout.Of(new SequenceType(TypeKind.Array, element, 3));
        Assert.Equal((48, 16), (layout.Size, layout.ElementSize));
        Assert.Equal([8, 24, 40], layout.References.Select(slot => slot.Offset));
    }

    [Fact]
    public void Vectors_are_aligned_to_their_size()
    {
        TypeLayout layout = TypeLayout.Of(new SequenceType(TypeKind.Vector, SimpleType.Float, 4));
        Assert.Equal((16, 16), (layout.Size, layout.Alignment));
    }

    [Fact]
    public void A_hybrids_variable_part_starts_at_its_elements_alignment()
    {
        TypeLayout layout = TypeLayout.Of(new HybridType([IntType.I32], SimpleType.TagRef64));
        Assert.Equal((8, 8), (layout.VariablePartOffset, layout.ElementSize));
        Assert.Empty(layout.References);
        Assert.Equal(4, TypeLayout.Of(new HybridType([IntType.I32], IntType.I8)).VariablePartOffset);
        Assert.Equal(0, TypeLayout.Of(new HybridType([], IntType.I64)).VariablePartOffset);
    }

    [Fact]
    public void Recursive_types_terminate_and_layouts_are_computed_once()
    {
        var node = new StructType();
        node.SetFields(new ReferenceType(TypeKind.Ref, node), IntType.I64);
        Assert.Same(TypeLayout.Of(node), TypeLayout.Of(node));
        Assert.Equal(16, TypeLayout.Of(node).Size);
    }
}
