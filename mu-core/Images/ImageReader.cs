using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>
/// Reads a boot image in steps, so that nothing of it is left when one of them fails: entities, which the caller verifies; a rehearsal of the memory, which checks everything; objects; and, when the
/// bundle is loaded, contents. The file may contain anything.
/// </summary>
internal sealed unsafe class ImageReader : IRootSource, IDisposable
{
    private readonly MuMachine machine;
    private readonly ImageInput input;
    private readonly EntityReader entities;
    private readonly NativeList<ulong> addresses = new();
    private readonly List<(string Symbol, SlotTarget Target)> symbols = [];
    private int memoryStart, threadLocal;
    private ObjectEntry[] objects = [];
    private int[] finalizable = [];

    /// <summary>Reads the contents of an image file.</summary>
    public ImageReader(MuMachine machine, byte[] contents)
    {
        this.machine = machine;
        input = new ImageInput(contents);
        entities = new EntityReader(input);
        entities.Read();
        int primordial = input.Below(entities.GlobalCount + 1, "primordial function");
        if (primordial != 0) Primordial = entities.Global(primordial - 1) as Function ?? throw input.Bad("a primordial function that is none");
        memoryStart = input.Position;
    }

    /// <summary>An object to be.</summary>
    private readonly record struct ObjectEntry(MuType Type, int TypeId, uint Length, ulong Size);

    /// <summary>Code and globals, not verified.</summary>
    public Bundle Bundle => entities.Bundle;

    /// <summary>Where to begin.</summary>
    public Function? Primordial { get; }

    /// <summary>Checks the memory, when the bundle has been verified.</summary>
    public void Rehearse()
    {
        input.Position = memoryStart;
        objects = new ObjectEntry[input.Count("objects")];
        for (int i = 0; i < objects.Length; i++) objects[i] = ReadHead();
        memoryStart = input.Position;
        ReadMemory(isRehearsal: true);
        threadLocal = input.Below(objects.Length + 1, "thread-local reference");
        finalizable = new int[input.Count("finalisable objects")];
        for (int i = 0; i < finalizable.Length; i++) finalizable[i] = input.Below(objects.Length, "object");
        int count = input.Count("symbols");
        for (int i = 0; i < count; i++)
        {
            string symbol = input.NeededText();
            SlotTarget target = ReadTarget();
            if (target.Code is not (SlotCode.InObject or SlotCode.InCell) || symbol.Length == 0 || symbols.Any(s => s.Symbol == symbol) || machine.Symbols.IsRegistered(symbol))
                throw input.Bad($"symbol {symbol}, which is defined already or stands for no location");
            symbols.Add((symbol, target));
        }

        if (input.Remaining != 0) throw input.Bad("more than it should have");
    }

    /// <summary>Makes the objects, empty; the thread is inside. False: there is no memory for them.</summary>
    public bool Allocate(MuThread thread)
    {
        machine.Heap.AddRootSource(this);
        foreach (ObjectEntry entry in objects)
        {
            ulong made = entry.Type is HybridType ? machine.Heap.AllocateHybrid(thread.Buffer, entry.TypeId, entry.Length) : machine.Heap.AllocateFixed(thread.Buffer, entry.TypeId);
            if (made == 0) return false;
            addresses.Add(made);
        }

        return true;
    }

    /// <summary>Fills objects and cells, while the thread is inside and nothing is allocated. Gives the thread-local reference.</summary>
    public ulong Fill()
    {
        input.Position = memoryStart;
        ReadMemory(isRehearsal: false);
        foreach (int number in finalizable) machine.Heap.RegisterFinalizable(addresses[number]);
        foreach ((string symbol, SlotTarget target) in symbols)
        {
            if (target.Code == SlotCode.InObject) machine.Heap.Pin(addresses[target.Number]);
            machine.Symbols.Register(symbol, (nint)AddressOf(target, IntType.I64));
        }

        return threadLocal == 0 ? 0 : addresses[threadLocal - 1];
    }

    /// <inheritdoc/>
    public void VisitRoots(IRootVisitor visitor)
    {
        for (int i = 0; i < addresses.Count; i++)
            fixed (ulong* slot = &addresses[i]) visitor.Visit(slot, SlotKind.Ref);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        machine.Heap.RemoveRootSource(this);
        addresses.Dispose();
    }

    private ObjectEntry ReadHead()
    {
        MuType type = entities.Type();
        ulong length = input.Number();
        if (type is HybridType ? length > uint.MaxValue : length != 0) throw input.Bad($"an object of {length} elements");
        var mode = (WeakMode)input.Below((int)WeakMode.KeysAndValues + 1, "weak mode");
        int id = mode == WeakMode.None ? machine.Heap.Types.TypeIdOf(type) : WeakTypeId(type, mode);
        HeapTypeInfo info = machine.Heap.Types[id];
        ulong size = info.FixedSize + info.ElementSize * length;
        if (size > (ulong)input.Remaining) throw input.Bad($"an object of {size} bytes");
        return new ObjectEntry(type, id, (uint)length, size);
    }

    private int WeakTypeId(MuType type, WeakMode mode)
    {
        var policy = new WeakPolicy(mode, input.Number(), input.Number(), input.Number());
        if (TagRef64.IsRef(policy.ClearedKey) || TagRef64.IsRef(policy.ClearedValue)) throw input.Bad("a reference to nothing in a weak type");
        try
        {
            return machine.Heap.Types.WeakTypeIdOf(type as HybridType ?? throw input.Bad($"weak objects of type {type}"), policy);
        }
        catch (ArgumentException failure)
        {
            throw input.Bad(failure.Message);
        }
    }

    private void ReadMemory(bool isRehearsal)
    {
        for (int i = 0; i < objects.Length; i++) ReadMemory(objects[i].Type, objects[i].Size, isRehearsal ? 0 : addresses[i]);
        foreach (GlobalCell cell in Bundle.Globals) ReadMemory(cell.CellType, (ulong)TypeLayout.Of(cell.CellType).Size, isRehearsal ? 0 : machine.Addresses.Of(cell));
    }

    /// <summary>One object's or cell's memory. Address 0: only checks.</summary>
    private void ReadMemory(MuType type, ulong size, ulong address)
    {
        ReadOnlySpan<byte> bytes = input.Raw(checked((int)size));
        if (address != 0) bytes.CopyTo(new Span<byte>((void*)address, (int)size));
        ImageSlots slots = ImageSlots.Of(type);
        ReadSlots(slots.Fixed, bytes, address);
        if (slots.Element.Length == 0) return;
        TypeLayout layout = TypeLayout.Of(type);
        for (ulong offset = (ulong)layout.Size; offset < size; offset += (ulong)layout.ElementSize) ReadSlots(slots.Element, bytes[(int)offset..], address == 0 ? 0 : address + offset);
    }

    private void ReadSlots(ImageSlot[] slots, ReadOnlySpan<byte> bytes, ulong address)
    {
        foreach (ImageSlot slot in slots)
        {
            ulong raw = BitConverter.ToUInt64(bytes[slot.Offset..]);
            bool isTagged = slot.Type.Kind == TypeKind.TagRef64;
            if (isTagged && !TagRef64.IsRef(raw)) continue;
            SlotTarget target = ReadTarget();
            if (!Fits(target, slot.Type)) throw input.Bad($"a {slot.Type} that refers to a {target.Code}");
            if (address == 0) continue;
            ulong word = AddressOf(target, slot.Type);
            *(ulong*)(address + (ulong)slot.Offset) = isTagged ? TagRef64.WithAddress(raw, word) : word;
        }
    }

    private SlotTarget ReadTarget()
    {
        var code = (SlotCode)input.Below((int)SlotCode.Limit, "reference");
        switch (code)
        {
            case SlotCode.Null: return default;
            case SlotCode.Symbol:
                string symbol = input.NeededText();
                if (!machine.Symbols.Has(symbol)) throw new MuImageException($"the image needs the native symbol {symbol}, which is not registered and not exported by a library");
                return SlotTarget.Of(symbol);
            case SlotCode.Object: return SlotTarget.OfObject(input.Below(objects.Length, "object"));
            case SlotCode.Global: return SlotTarget.OfGlobal(input.Below(entities.GlobalCount, "global variable"));
            case SlotCode.InObject:
                int number = input.Below(objects.Length, "object");
                return SlotTarget.OfObject(number, (ulong)input.Below((int)objects[number].Size + 1, "distance"));
            default:
                GlobalCell cell = entities.Global<GlobalCell>(out int global);
                return SlotTarget.OfCell(global, (ulong)input.Below(TypeLayout.Of(cell.CellType).Size + 1, "distance"));
        }
    }

    private bool Fits(SlotTarget target, MuType type) => target.Code switch
    {
        SlotCode.Null => true,
        SlotCode.Object => type.Kind is TypeKind.Ref or TypeKind.WeakRef or TypeKind.TagRef64,
        SlotCode.InObject or SlotCode.InCell => type.Kind == TypeKind.IRef,
        SlotCode.Global => type.Kind == TypeKind.FuncRef ? entities.Global(target.Number) is Function : type.IsPointer && entities.Global(target.Number) is ExposedFunction,
        _ => type.IsPointer,
    };

    private ulong AddressOf(SlotTarget target, MuType type) => target.Code switch
    {
        SlotCode.Null => 0,
        SlotCode.Object or SlotCode.InObject => addresses[target.Number] + target.Distance,
        SlotCode.InCell => machine.Addresses.Of(entities.Global(target.Number)) + target.Distance,
        SlotCode.Global => machine.Addresses.Of(entities.Global(target.Number)),
        SlotCode.Symbol => machine.Symbols.AddressOf(target.Symbol!),
        _ => throw new InvalidOperationException($"a {type} of {target.Code}"),
    };
}
