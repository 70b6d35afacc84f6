using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>How objects lie in memory, for clients that read and write them by address (docs/abi.md).</summary>
public static class MemoryLayout
{
    /// <summary>Offsets of the fields of a struct, or of a hybrid's fixed part.</summary>
    public static IReadOnlyList<int> FieldOffsets(MuType type) => TypeLayout.Of(type).FieldOffsets;

    /// <summary>Offset of a hybrid's variable part, and size of its elements.</summary>
    public static (int Offset, int ElementSize) VariablePart(HybridType type)
    {
        var layout = TypeLayout.Of(type);
        return (layout.VariablePartOffset, layout.ElementSize);
    }
}
