using Iced.Intel;
using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.X64;

/// <summary>The registers' parts in the conventions of docs/abi.md. Numbers are the machine's.</summary>
internal static class Registers
{
    public const int Rax = 0, Rcx = 1, Rdx = 2, Rbx = 3, Rsp = 4, Rbp = 5, Rsi = 6, Rdi = 7, R8 = 8, R9 = 9, R10 = 10, R11 = 11, Context = 15;
    public const int ScratchFloat = 15;

    /// <summary>Integer-class arguments and results between Mu functions.</summary>
    public static ReadOnlySpan<byte> IntArguments => [Rax, Rbx, Rcx, Rdx, Rsi, Rdi, R8, R9];

    /// <summary>Number of FP-class arguments and results in registers, from xmm0 on.</summary>
    public const int FloatArguments = 8;

    /// <summary>System V integer arguments.</summary>
    public static ReadOnlySpan<byte> NativeArguments => [Rdi, Rsi, Rdx, Rcx, R8, R9];

    public static ReadOnlySpan<byte> AllocatableInt => [Rax, Rbx, Rcx, Rdx, Rsi, Rdi, R8, R9, R10, Rbp, 12, 13, 14];

    public static ReadOnlySpan<byte> AllocatableFloat => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14];

    public static Register Gpr64(int number) => Register.RAX + number;

    public static Register Gpr32(int number) => Register.EAX + number;

    public static Register Gpr8(int number) => number < 4 ? Register.AL + number : Register.SPL + (number - 4);

    public static Register Gpr16(int number) => Register.AX + number;

    public static Register Xmm(int number) => Register.XMM0 + number;
}

/// <summary>Hands out argument places in order.</summary>
internal struct ArgumentCursor
{
    private int ints, floats, buffered;

    /// <summary>The register number, or -1 for the next place in the argument buffer, whose index is then given.</summary>
    public int Next(RegClass registerClass, out int bufferIndex)
    {
        bufferIndex = -1;
        if (registerClass == RegClass.Int && ints < Registers.IntArguments.Length) return Registers.IntArguments[ints++];
        if (registerClass == RegClass.Vector) throw new InvalidOperationException("vectors are passed as the words of their lanes");
        if (registerClass == RegClass.Float && floats < Registers.FloatArguments) return floats++;
        bufferIndex = buffered++;
        return -1;
    }
}
