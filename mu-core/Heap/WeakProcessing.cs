using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>
/// Decides weak references once marking has come to rest. The order is that of Lua 5.4's collector (lgc.c, atomic): weak values go before finalisers
/// resurrect anything, weak keys after, so a finaliser still finds its object's entries in ephemeron tables.
/// </summary>
internal sealed unsafe class WeakProcessing(HeapTypeTable types, Tracer tracer)
{
    /// <summary>Traces values whose keys are live, until nothing new is reached (Hayes 1997).</summary>
    public void ConvergeEphemerons()
    {
        bool found;
        do
        {
            found = false;
            for (int i = 0; i < tracer.WeakObjects.Count; i++) found |= TraceStrong(tracer.WeakObjects[i]);
            tracer.Drain();
        }
        while (found);
    }

    /// <summary>Clears weakrefs and weak values or elements whose objects are not reached.</summary>
    public void ClearValues(int firstWeakObject)
    {
        for (int i = firstWeakObject; i < tracer.WeakObjects.Count; i++) ClearValues(tracer.WeakObjects[i]);
    }

    /// <summary>Clears weakrefs to what is not reached, updates the others.</summary>
    public void ClearWeakRefs()
    {
        for (int i = 0; i < tracer.WeakSlots.Count; i++)
        {
            var slot = (ulong*)tracer.WeakSlots[i];
            if (*slot != 0) *slot = tracer.IsLive(*slot) ? tracer.Resolve(*slot) : 0;
        }
        tracer.WeakSlots.Clear();
    }

    /// <summary>Clears pairs whose weak keys are not reached, and lets all that remains point at the new copies.</summary>
    public void ClearKeysAndUpdate()
    {
        for (int i = 0; i < tracer.WeakObjects.Count; i++) ClearKeysAndUpdate(tracer.WeakObjects[i]);
    }

    private WeakLayout* LayoutOf(ulong reference, out ulong first, out ulong count)
    {
        ulong header = ObjectHeader.Of(reference);
        ref HeapTypeInfo type = ref types[ObjectHeader.TypeId(header)];
        first = reference + type.FixedSize;
        count = (ulong)type.ElementSize * ObjectHeader.Length(header) / type.Weak->Stride;
        return type.Weak;
    }

    /// <summary>Queues what this object keeps: strong keys or values, values of live keys, words with strong tags. True if anything was not reached yet.</summary>
    private bool TraceStrong(ulong reference)
    {
        WeakLayout* layout = LayoutOf(reference, out ulong pair, out ulong count);
        WeakPolicy policy = layout->Policy;
        bool found = false;
        for (ulong i = 0; i < count; i++, pair += layout->Stride)
        {
            var key = (ulong*)(pair + layout->KeyOffset);
            var value = (ulong*)(pair + layout->ValueOffset);
            if (policy.Mode != WeakMode.Elements && (policy.Mode == WeakMode.Values || HasStrongTag(*key, policy))) found |= Queue(key);
            if (HasStrongTag(*value, policy) || (policy.Mode == WeakMode.Keys && IsLive(*key))) found |= Queue(value);
        }
        return found;
    }

    private bool Queue(ulong* slot)
    {
        if (IsLive(*slot)) return false;
        tracer.EnqueueTagRef(slot);
        return true;
    }

    private void ClearValues(ulong reference)
    {
        WeakLayout* layout = LayoutOf(reference, out ulong pair, out ulong count);
        WeakPolicy policy = layout->Policy;
        if (policy.Mode == WeakMode.Keys) return;
        for (ulong i = 0; i < count; i++, pair += layout->Stride)
        {
            var value = (ulong*)(pair + layout->ValueOffset);
            if (!IsLive(*value)) *value = policy.ClearedValue;
        }
    }

    private void ClearKeysAndUpdate(ulong reference)
    {
        WeakLayout* layout = LayoutOf(reference, out ulong pair, out ulong count);
        WeakPolicy policy = layout->Policy;
        for (ulong i = 0; i < count; i++, pair += layout->Stride)
        {
            var key = (ulong*)(pair + layout->KeyOffset);
            var value = (ulong*)(pair + layout->ValueOffset);
            if (policy.Mode != WeakMode.Elements && !IsLive(*key)) (*key, *value) = (policy.ClearedKey, policy.ClearedValue);
            Update(key);
            Update(value);
        }
    }

    private void Update(ulong* slot)
    {
        if (Target(*slot) is > 0 and var target) *slot = TagRef64.WithAddress(*slot, tracer.Resolve(target));
    }

    private bool IsLive(ulong word) => Target(word) is not (> 0 and var target) || tracer.IsLive(target);

    private static bool HasStrongTag(ulong word, WeakPolicy policy) =>
        policy.StrongTags != 0 && TagRef64.IsRef(word) && ((policy.StrongTags >> TagRef64.ToTag(word)) & 1) != 0;

    private static ulong Target(ulong word) => TagRef64.IsRef(word) ? TagRef64.ToAddress(word) : 0;
}
