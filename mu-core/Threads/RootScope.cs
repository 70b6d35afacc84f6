using System.Runtime.CompilerServices;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* Add(ulong value, SlotKind kind = SlotKind.Ref)
    {
        int index = context->RootCount;
        if (index == ThreadContext.RootCapacity) throw Full();
        context->Roots[index] = value;
        context->RootKinds[index] = (byte)kind;
        context->RootCount = index + 1;
        return &context->Roots[index];
    }

    /// <summary>Four adjacent slots with tagged words, at the price of little more than one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong* AddTagged(ulong first, ulong second, ulong third, ulong fourth)
    {
        int index = context->RootCount;
        if (index > ThreadContext.RootCapacity - 4) throw Full();
        ulong* slots = &context->Roots[index];
        slots[0] = first;
        slots[1] = second;
        slots[2] = third;
        slots[3] = fourth;
        byte* kinds = &context->RootKinds[index];
        kinds[0] = kinds[1] = kinds[2] = kinds[3] = (byte)SlotKind.TagRef64;
        context->RootCount = index + 4;
        return slots;
    }

    private static InvalidOperationException Full() => new($"more than {ThreadContext.RootCapacity} root slots in use");

    /// <summary>Gives the slots back.</summary>
    public void Dispose() => context->RootCount = start;
}
