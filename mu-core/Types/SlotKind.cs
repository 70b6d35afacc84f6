namespace Mu.Core.Types;

/// <summary>What a collector does with one 8-byte word of memory, a stack slot or a register.</summary>
internal enum SlotKind : byte
{
    /// <summary>Not a reference: scalars, untraced pointers, function cells and other native memory.</summary>
    None,
    /// <summary>The address of an object's first byte, or 0. Also stackref and threadref, whose objects are of internal types.</summary>
    Ref,
    /// <summary>The address of a memory location: inside an object, one past its end, or outside the heap.</summary>
    IRef,
    /// <summary>Like <see cref="Ref"/>, but does not keep the object.</summary>
    WeakRef,
    /// <summary>A <see cref="Types.TagRef64"/> word, a reference only if its kind bits say so.</summary>
    TagRef64,
}
