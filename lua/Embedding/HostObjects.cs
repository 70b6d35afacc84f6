using System.Runtime.InteropServices;
using Mu.Core.Api;
using Mu.Lua.Runtime;

namespace Mu.Lua;

/// <summary>
/// Objects of the host that guest objects stand for, by number: the targets of userdata, and the delegates of functions. The collector tells which guest objects have died; their numbers are used again.
/// </summary>
internal sealed unsafe class HostObjects(LuaRuntime runtime) : IWeakSlots, IDisposable
{
    private const int FirstCapacity = 64;
    private readonly List<object?> targets = [];
    private readonly Dictionary<object, int> numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<int> free = new();

    /// <summary>The addresses of the guest objects; 0 when they have died. Native memory: the collector writes to it.</summary>
    private ulong* slots = (ulong*)NativeMemory.AllocZeroed(FirstCapacity, sizeof(ulong));
    private int capacity = FirstCapacity;
    private int sweepAt = FirstCapacity;

    /// <summary>Number of host objects that are kept.</summary>
    public int Count => targets.Count - free.Count;

    /// <summary>A number for a host object; <see cref="Attach"/> says for which guest object it is.</summary>
    public int Add(object target)
    {
        if (free.Count == 0 && targets.Count >= sweepAt) Sweep();
        if (!free.TryPop(out int number))
        {
            number = targets.Count;
            targets.Add(null);
            if (number == capacity) Grow();
        }
        targets[number] = target;
        slots[number] = 0;
        return number;
    }

    /// <summary>The guest object of a number. <paramref name="isUnique"/>: the one by which the host object is found again.</summary>
    public void Attach(int number, ulong address, bool isUnique)
    {
        slots[number] = address;
        if (isUnique) numbers[targets[number]!] = number;
    }

    /// <summary>The host object of a guest object with a number; null when it has none.</summary>
    public object? Find(int number, ulong address) => number < targets.Count && slots[number] == address ? targets[number] : null;

    /// <summary>The host object of a number whose guest object is known to be alive.</summary>
    public object this[int number] => targets[number]!;

    /// <summary>The guest object that stands for a host object; 0 when there is none.</summary>
    public ulong AddressOf(object target) => numbers.TryGetValue(target, out int number) ? slots[number] : 0;

    /// <inheritdoc/>
    public void Visit(WeakSlotVisitor visitor)
    {
        for (int i = 0; i < targets.Count; i++)
            if (slots[i] != 0) visitor.Visit(slots + i);
    }

    public void Dispose() => NativeMemory.Free(slots);

    /// <summary>Forgets the objects whose guest objects have died, and comes again when there are twice as many as are left.</summary>
    private void Sweep()
    {
        runtime.Vm.Collect();
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i] is not { } target || slots[i] != 0) continue;
            if (numbers.TryGetValue(target, out int number) && number == i) numbers.Remove(target);
            targets[i] = null;
            free.Push(i);
        }
        sweepAt = Math.Max(FirstCapacity, 2 * Count);
    }

    private void Grow()
    {
        capacity *= 2;
        slots = (ulong*)NativeMemory.Realloc(slots, (nuint)capacity * sizeof(ulong));
        new Span<ulong>(slots + capacity / 2, capacity / 2).Clear();
    }
}
