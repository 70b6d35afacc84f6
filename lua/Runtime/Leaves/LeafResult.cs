using System.Runtime.InteropServices;

namespace Mu.Lua.Runtime.Leaves;

/// <summary>What a leaf with two results gives: a value, and a status that the caller branches on (0: done).</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct LeafResult(ulong value, ulong status)
{
    public readonly ulong Value = value;
    public readonly ulong Status = status;

    public static LeafResult Done(ulong value) => new(value, 0);

    /// <summary>The value is an error to raise (for leaves without metamethods).</summary>
    public static LeafResult Error(ulong error) => new(error, 1);
}
