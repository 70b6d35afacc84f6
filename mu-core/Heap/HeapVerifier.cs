using Mu.Core.Types;

namespace Mu.Core.Heap;

/// <summary>Walks everything reachable and checks that each reference is the address of an object, each iref inside one.</summary>
internal sealed unsafe class HeapVerifier(HeapTypeTable types, Tracer spaces) : IRootVisitor
{
    private readonly HashSet<ulong> seen = [];
    private readonly Stack<ulong> pending = new();

    /// <summary>Objects found.</summary>
    public int Objects => seen.Count;

    /// <inheritdoc/>
    public void Visit(ulong* slot, SlotKind kind)
    {
        switch (kind)
        {
            case SlotKind.Ref or SlotKind.WeakRef:
                Check(*slot);
                break;
            case SlotKind.TagRef64 when TagRef64.IsRef(*slot):
                Check(TagRef64.ToAddress(*slot));
                break;
            case SlotKind.IRef when spaces.Contains(*slot - ObjectHeader.Size):
                ulong owner = spaces.FindObject(*slot);
                if (owner == 0) throw new HeapCorruptionException($"iref {*slot:x} at {(ulong)slot:x} is not inside an object");
                Check(owner);
                break;
        }
    }

    /// <summary>Checks one reference (0 is fine) and queues its object.</summary>
    public void Check(ulong reference)
    {
        if (reference == 0 || !seen.Add(reference)) return;
        if ((reference & 7) != 0 || !spaces.Contains(reference)) throw new HeapCorruptionException($"{reference:x} is not an object's address");
        ulong header = ObjectHeader.Of(reference);
        if ((header & ObjectHeader.Forwarded) != 0) throw new HeapCorruptionException($"{reference:x} has moved to {ObjectHeader.ForwardAddress(header):x}");
        int typeId = ObjectHeader.TypeId(header);
        if (typeId == 0 || typeId >= types.Count) throw new HeapCorruptionException($"{reference:x} has no type: header {header:x}");
        if (spaces.FindObject(reference) != reference) throw new HeapCorruptionException($"{reference:x} is not the start of an object");
        pending.Push(reference);
    }

    /// <summary>Checks all that follows.</summary>
    public void Drain()
    {
        while (pending.TryPop(out ulong reference)) Scan(reference);
    }

    private void Scan(ulong reference)
    {
        ulong header = ObjectHeader.Of(reference);
        ref HeapTypeInfo type = ref types[ObjectHeader.TypeId(header)];
        ScanMap(reference, type.FixedMap, type.FixedCount);
        ulong element = reference + type.FixedSize;
        for (uint i = 0; i < ObjectHeader.Length(header) && type.ElementCount > 0; i++, element += type.ElementSize)
            ScanMap(element, type.ElementMap, type.ElementCount);
        if (type.Shape == ScanShape.Stack && *(ulong*)reference != 0) spaces.StackScanner?.ScanStack(*(ulong*)reference, this);
    }

    private void ScanMap(ulong image, ulong* map, int count)
    {
        for (int i = 0; i < count; i++) Visit((ulong*)(image + (map[i] >> 8)), (SlotKind)(byte)map[i]);
    }
}

/// <summary>The heap is not what it should be: a bug in an engine or in the collector.</summary>
public sealed class HeapCorruptionException(string message) : Exception(message);
