using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>
/// Root slots of a runtime function: what it keeps over an allocation goes into one, and is read from there afterwards. Scopes nest;
/// <c>using var roots = new RootScope(context);</c>
/// </summary>
internal readonly unsafe ref struct RootScope(ThreadContext* context)
{
    private readonly int start = context->RootCount;

    /// <summary>A slot with a reference that the collector updates.</summary>
    public ulong* Add(ulong value, SlotKind kind = SlotKind.Ref)
    {
        int index = context->RootCount;
        if (index == ThreadContext.RootCapacity) throw new InvalidOperationException($"more than {ThreadContext.RootCapacity} root slots in use");
        context->Roots[index] = value;
        context->RootKinds[index] = (byte)kind;
        context->RootCount = index + 1;
        return &context->Roots[index];
    }

    /// <summary>Gives the slots back.</summary>
    public void Dispose() => context->RootCount = start;
}
