using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>What a metacircular instruction gives: a word; or, when it failed, nothing, and an exception in the context. In registers as it stands.</summary>
/// <param name="Word">The result, integers zero-extended.</param>
/// <param name="Failed">1 if it failed.</param>
internal readonly record struct MetaResult(ulong Word, ulong Failed);

/// <summary>Does what <c>@uvm.meta.*</c> instructions ask for.</summary>
internal interface IMetacircular
{
    /// <summary>Executes an instruction on a thread that is inside. The arguments are words with integers zero-extended; there may be more of them than it takes.</summary>
    MetaResult Execute(MuThread thread, CommonOp op, ReadOnlySpan<ulong> arguments);
}
