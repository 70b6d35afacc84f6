using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>
/// Where the calling convention of Mu functions puts the words of parameters, results and values passed to a stack (docs/abi.md), as words of a context.
/// </summary>
internal static unsafe class ArgumentLocation
{
    /// <summary>x64 numbers of the general argument registers in order: rax, rbx, rcx, rdx, rsi, rdi, r8, r9.</summary>
    public static ReadOnlySpan<int> GeneralRegisters => [0, 3, 1, 2, 6, 7, 8, 9];

    /// <summary>Number of vector argument registers.</summary>
    public const int VectorRegisters = 8;

    /// <summary>Runs through the words of a list of scalar types.</summary>
    public ref struct Cursor(ThreadContext* context)
    {
        private int general, vector, buffer;

        /// <summary>The place of the next value.</summary>
        public ulong* Next(MuType type)
        {
            if (!type.IsScalar || type is IntType { Bits: > 64 }) throw new NotSupportedException($"a value of type {type} is passed to or from the client");
            if (type.IsFloatingPoint && vector < VectorRegisters) return &context->VectorRegisters[2 * vector++];
            if (!type.IsFloatingPoint && general < GeneralRegisters.Length) return &context->GeneralRegisters[GeneralRegisters[general++]];
            if (buffer == ThreadContext.ArgumentBufferWords) throw new NotSupportedException($"more than {buffer} arguments beyond registers");
            return &context->ArgumentBuffer[buffer++];
        }
    }
}
