using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.Code;

/// <summary>Where the references are at one call site.</summary>
/// <param name="Slots">Frame slots by distance from the frame's rsp.</param>
/// <param name="Registers">General registers by x64 number: only where a stub has saved all registers in the thread context.</param>
internal sealed record StackMap(ReferenceSlot[] Slots, RegisterReference[] Registers)
{
    /// <summary>Nothing.</summary>
    public static readonly StackMap Empty = new([], []);
}

/// <summary>A general register that holds a reference.</summary>
/// <param name="Register">x64 number of the register.</param>
/// <param name="Kind">How it refers.</param>
internal readonly record struct RegisterReference(int Register, SlotKind Kind);

/// <summary>Where a kept-alive value is.</summary>
internal enum LocationKind : byte
{
    /// <summary>In the frame, at a distance from its rsp.</summary>
    Slot,
    /// <summary>A general register saved in the thread context (only while the frame is on top and stopped in a saving stub).</summary>
    Register,
    /// <summary>A constant word.</summary>
    Constant,
}

/// <summary>Where the word of a scalar value is while its frame is stopped.</summary>
/// <param name="Kind">Slot, register or constant.</param>
/// <param name="Value">Offset, register number or the word itself.</param>
internal readonly record struct ValueLocation(LocationKind Kind, long Value);

/// <summary>What is known of a place where a frame of compiled code can be stopped; the return address is the key.</summary>
internal sealed class CallSite
{
    /// <summary>The return address as a distance from the function's code.</summary>
    public required int ReturnOffset { get; init; }

    /// <summary>Bytes between the frame's rsp (after the call has returned) and the frame's own return address.</summary>
    public required int FrameSize { get; init; }

    /// <summary>Where references are.</summary>
    public StackMap Map { get; init; } = StackMap.Empty;

    /// <summary>Where an exception lands, as a distance from the function's code; -1: it goes on to the caller.</summary>
    public int LandingOffset { get; init; } = -1;

    /// <summary>
    /// The stack check at function entry: <see cref="FrameSize"/> is 0, nothing but the arguments lives, and they are where the calling convention puts them.
    /// </summary>
    public bool IsFunctionEntry { get; init; }

    /// <summary>The instruction, if it is one of the program.</summary>
    public Instruction? Instruction { get; init; }

    /// <summary>The source tag of the instruction, or of the loop whose poll it is; 0 for none.</summary>
    public int SourceTag { get; init; }

    /// <summary>Locations of the words of the instruction's KEEPALIVE values, in order.</summary>
    public ValueLocation[] KeepAlives { get; init; } = [];
}
