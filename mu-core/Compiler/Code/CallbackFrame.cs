using System.Runtime.InteropServices;

namespace Mu.Core.Compiler.Code;

/// <summary>How a call of a Mu function from native code ends; native code sees these numbers.</summary>
internal enum CallbackEnd
{
    /// <summary>Returns to native code with the result.</summary>
    Return,
    /// <summary>Compiled code: the native frames are abandoned, and the context's exception is raised at the CCALL.</summary>
    Throw,
    /// <summary>Compiled code: the native frames are abandoned, and the run ends as the context says.</summary>
    Leave,
    /// <summary>The interpreter: the native frames are abandoned, and its guarded call ends.</summary>
    AbandonInterpreter,
}

/// <summary>Arguments and result of a call of a Mu function from native code, by the System V convention.</summary>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal unsafe struct CallbackFrame
{
    /// <summary>Offsets of the fields; the size is a multiple of 16.</summary>
    public const int IntegersOffset = 0, FloatsOffset = 48, StackedOffset = 112, IntegerResultsOffset = 120, FloatResultsOffset = 136, ResumeOffset = 152, Size = 160;

    /// <summary>rdi, rsi, rdx, rcx, r8, r9.</summary>
    [FieldOffset(IntegersOffset)] public fixed ulong Integers[6];

    /// <summary>xmm0–xmm7, the low words.</summary>
    [FieldOffset(FloatsOffset)] public fixed ulong Floats[8];

    /// <summary>What found no register.</summary>
    [FieldOffset(StackedOffset)] public ulong* Stacked;

    /// <summary>Results in rax and rdx.</summary>
    [FieldOffset(IntegerResultsOffset)] public fixed ulong IntegerResults[2];

    /// <summary>Results in xmm0 and xmm1.</summary>
    [FieldOffset(FloatResultsOffset)] public fixed ulong FloatResults[2];

    /// <summary>Where to go on when native frames are abandoned: the thread context for compiled code, the guarded call's rsp for the interpreter.</summary>
    [FieldOffset(ResumeOffset)] public ulong Resume;
}

/// <summary>A call of a native function by the interpreter, by the System V convention: all argument registers are always loaded, since a callee looks only at its own.</summary>
[StructLayout(LayoutKind.Explicit, Size = 176)]
internal unsafe struct NativeArguments
{
    /// <summary>Offsets of the fields.</summary>
    public const int IntegersOffset = 0, FloatsOffset = 48, StackedCountOffset = 112, StackedOffset = 120, FunctionOffset = 128, IntegerResultsOffset = 136,
        FloatResultsOffset = 152, ResumeOffset = 168;

    /// <summary>rdi, rsi, rdx, rcx, r8, r9.</summary>
    [FieldOffset(IntegersOffset)] public fixed ulong Integers[6];

    /// <summary>xmm0–xmm7, the low words.</summary>
    [FieldOffset(FloatsOffset)] public fixed ulong Floats[8];

    /// <summary>Number of words for the stack.</summary>
    [FieldOffset(StackedCountOffset)] public long StackedCount;

    /// <summary>These words.</summary>
    [FieldOffset(StackedOffset)] public ulong* Stacked;

    /// <summary>The function.</summary>
    [FieldOffset(FunctionOffset)] public ulong Function;

    /// <summary>Results in rax and rdx.</summary>
    [FieldOffset(IntegerResultsOffset)] public fixed ulong IntegerResults[2];

    /// <summary>Results in xmm0 and xmm1.</summary>
    [FieldOffset(FloatResultsOffset)] public fixed ulong FloatResults[2];

    /// <summary>rsp to come back to when the callee is abandoned.</summary>
    [FieldOffset(ResumeOffset)] public ulong Resume;
}
