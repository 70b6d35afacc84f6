namespace Mu.Core.Compiler.Code;

/// <summary>A place in a function's code that does nothing, or jumps while its watchpoint is enabled. Offsets are distances from the function's code.</summary>
/// <param name="Id">The watchpoint.</param>
/// <param name="Offset">Where the five bytes are; they lie in one aligned word.</param>
/// <param name="Target">Where the jump leads.</param>
internal readonly record struct WatchpointPatch(int Id, int Offset, int Target)
{
    /// <summary>nop dword ptr [rax + rax + 0].</summary>
    public static ReadOnlySpan<byte> Disabled => [0x0F, 0x1F, 0x44, 0x00, 0x00];

    /// <summary>jmp rel32.</summary>
    public byte[] Enabled => [0xE9, .. BitConverter.GetBytes(Target - (Offset + Disabled.Length))];
}
