using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Images;

/// <summary>
/// Writes a boot image (docs/images.md): entities, objects, contents of global cells. First it follows everything that the image needs, from cells to objects to functions to cells, until
/// nothing new is found; then it writes. The world stands still meanwhile.
/// </summary>
internal sealed unsafe class ImageWriter
{
    private readonly MuMachine machine;
    private readonly EntityWriter entities;
    private readonly Dictionary<ulong, int> numbers = [];
    private readonly List<ulong> objects = [];
    private readonly Dictionary<ulong, ExposedFunction> exposed = [];
    private readonly Dictionary<ulong, string> symbols = [], relocations;
    private readonly (ulong Address, GlobalCell Cell)[] cells;
    private int cellsDone, objectsDone;

    /// <summary>An image of nothing yet.</summary>
    /// <param name="machine">Where it comes from.</param>
    /// <param name="loaded">What is loaded; addresses of its native symbols and exposed functions can be saved.</param>
    /// <param name="relocations">Symbols by the address of the pointer that gets theirs.</param>
    public ImageWriter(MuMachine machine, IEnumerable<Entity> loaded, Dictionary<ulong, string> relocations)
    {
        (this.machine, this.relocations) = (machine, relocations);
        entities = new EntityWriter(machine.NewestVersion);
        cells = machine.Addresses.Cells();
        foreach (Entity entity in loaded)
        {
            if (entity is ExternConstant external) symbols.TryAdd(machine.Addresses.Of(external), external.Symbol);
            else if (entity is ExposedFunction function) exposed.TryAdd(machine.Addresses.Of(function), function);
        }
    }

    /// <summary>Adds an entity and what it is made of.</summary>
    public void Add(Entity entity)
    {
        if (entity is GlobalValue value) entities.NumberOf(value);
        else if (entity is MuType or FunctionSignature) entities.NumberOf(entity);
        else if (entity is FunctionVersion version) entities.NumberOf(version.Function);
        else throw new MuImageException($"{entity} is in a function body: what an image has stands outside of those");
    }

    /// <summary>Writes the image.</summary>
    /// <param name="primordial">Where to begin.</param>
    /// <param name="threadLocal">The thread-local reference to begin with, or NULL.</param>
    /// <param name="names">Addresses of locations with the symbols that stand for them.</param>
    public ImageOutput Write(Function? primordial, ulong threadLocal, IReadOnlyList<(ulong Address, string Symbol)> names)
    {
        if (primordial is not null) Add(primordial);
        if (threadLocal != 0) NumberOf(threadLocal);
        foreach ((ulong address, _) in names) _ = Place(address, "a symbol's location");
        FollowAll();
        var output = new ImageOutput();
        entities.Write(output);
        output.Number(primordial is null ? 0 : entities.NumberOf(primordial) + 1);
        output.Number(objects.Count);
        foreach (ulong reference in objects) WriteHead(output, reference);
        foreach (ulong reference in objects) WriteMemory(output, reference, TypeOf(reference), ObjectHeader.Length(ObjectHeader.Of(reference)));
        foreach (GlobalValue value in entities.Globals)
            if (value is GlobalCell cell) WriteMemory(output, machine.Addresses.Of(cell), cell.CellType, 0);
        output.Number(threadLocal == 0 ? 0 : numbers[threadLocal] + 1);
        int[] finalizable = [.. machine.Heap.Finalizable.Where(numbers.ContainsKey).Select(reference => numbers[reference])];
        output.Number(finalizable.Length);
        foreach (int number in finalizable) output.Number(number);
        output.Number(names.Count);
        foreach ((ulong address, string symbol) in names)
        {
            output.Text(symbol);
            Write(output, Place(address, "a symbol's location"));
        }

        return output;
    }

    // Following

    private void FollowAll()
    {
        do
        {
            for (; cellsDone < entities.Globals.Count; cellsDone++)
                if (entities.Globals[cellsDone] is GlobalCell cell) Follow(machine.Addresses.Of(cell), cell.CellType, 0);
            for (; objectsDone < objects.Count; objectsDone++)
                Follow(objects[objectsDone], TypeOf(objects[objectsDone]), ObjectHeader.Length(ObjectHeader.Of(objects[objectsDone])));
        }
        while (entities.AddVersions() || cellsDone < entities.Globals.Count);
    }

    private void Follow(ulong address, MuType type, uint length)
    {
        foreach ((ulong slot, MuType slotType) in SlotsOf(address, type, length)) _ = Resolve(slot, slotType);
    }

    private static IEnumerable<(ulong Address, MuType Type)> SlotsOf(ulong address, MuType type, uint length)
    {
        ImageSlots slots = ImageSlots.Of(type);
        foreach (ImageSlot slot in slots.Fixed) yield return (address + (ulong)slot.Offset, slot.Type);
        if (slots.Element.Length == 0) yield break;
        TypeLayout layout = TypeLayout.Of(type);
        ulong element = address + (ulong)layout.Size;
        for (uint i = 0; i < length; i++, element += (ulong)layout.ElementSize)
            foreach (ImageSlot slot in slots.Element) yield return (element + (ulong)slot.Offset, slot.Type);
    }

    private int NumberOf(ulong reference)
    {
        if (numbers.TryGetValue(reference, out int known)) return known;
        numbers.Add(reference, objects.Count);
        objects.Add(reference);
        entities.NumberOf((Entity)TypeOf(reference));
        return objects.Count - 1;
    }

    private MuType TypeOf(ulong reference) =>
        machine.Heap.Types.TypeOf(ObjectHeader.TypeId(ObjectHeader.Of(reference))) ?? throw new MuImageException("a stack or a thread cannot be part of an image");

    /// <summary>What a word refers to, in terms of the image; what is new is added to it.</summary>
    private SlotTarget Resolve(ulong slot, MuType type)
    {
        ulong word = *(ulong*)slot;
        if (relocations.TryGetValue(slot, out string? relocated) && type.IsPointer) return SlotTarget.Of(relocated);
        if (type.Kind == TypeKind.TagRef64) return TagRef64.IsRef(word) && TagRef64.ToAddress(word) is > 0 and var target ? SlotTarget.OfObject(NumberOf(target)) : default;
        if (word == 0) return default;
        return type.Kind switch
        {
            TypeKind.Ref => SlotTarget.OfObject(NumberOf(word)),
            // What nothing else holds is not in the image, as after a collection.
            TypeKind.WeakRef => numbers.TryGetValue(word, out int number) ? SlotTarget.OfObject(number) : default,
            TypeKind.IRef => Place(word, $"an {type}"),
            TypeKind.FuncRef => SlotTarget.OfGlobal(entities.NumberOf(machine.Functions.FunctionAt(word))),
            TypeKind.UPtr or TypeKind.UFuncPtr when symbols.TryGetValue(word, out string? symbol) => SlotTarget.Of(symbol),
            TypeKind.UPtr or TypeKind.UFuncPtr when exposed.TryGetValue(word, out ExposedFunction? function) => SlotTarget.OfGlobal(entities.NumberOf(function)),
            TypeKind.UPtr or TypeKind.UFuncPtr => throw new MuImageException($"a pointer of type {type} has native address {word:x}, which no EXTERN constant has: name its symbol among the relocations"),
            _ => throw new MuImageException($"a {type} that is not NULL cannot be part of an image"),
        };
    }

    private SlotTarget Place(ulong address, string what)
    {
        if (machine.Heap.FindObject(address) is var owner and not 0) return SlotTarget.OfObject(NumberOf(owner), address - owner);
        int index = Array.BinarySearch(cells, (address, null!), Comparer<(ulong Address, GlobalCell)>.Create((a, b) => a.Address.CompareTo(b.Address)));
        if (index < 0) index = ~index - 1;
        if (index >= 0 && address - cells[index].Address <= (ulong)TypeLayout.Of(cells[index].Cell.CellType).Size)
            return SlotTarget.OfCell(entities.NumberOf(cells[index].Cell), address - cells[index].Address);
        throw new MuImageException($"{what} refers to memory that is neither an object's nor a global cell's");
    }

    // Writing

    private void WriteHead(ImageOutput output, ulong reference)
    {
        ulong header = ObjectHeader.Of(reference);
        ref HeapTypeInfo info = ref machine.Heap.Types[ObjectHeader.TypeId(header)];
        output.Number(entities.NumberOf((Entity)TypeOf(reference)));
        output.Number(ObjectHeader.Length(header));
        WeakPolicy policy = info.Shape == ScanShape.Weak ? info.Weak->Policy : default;
        output.Number((int)policy.Mode);
        if (policy.Mode == WeakMode.None) return;
        output.Number(policy.ClearedKey);
        output.Number(policy.ClearedValue);
        output.Number(policy.StrongTags);
    }

    /// <summary>The bytes, in which what refers is zero, and then what it refers to.</summary>
    private void WriteMemory(ImageOutput output, ulong address, MuType type, uint length)
    {
        TypeLayout layout = TypeLayout.Of(type);
        int size = checked((int)(layout.Size + (type is HybridType ? (long)layout.ElementSize * length : 0)));
        Span<byte> bytes = output.Raw(size);
        new ReadOnlySpan<byte>((void*)address, size).CopyTo(bytes);
        foreach ((ulong slot, MuType slotType) in SlotsOf(address, type, length))
        {
            ulong word = *(ulong*)slot;
            ulong kept = slotType.Kind != TypeKind.TagRef64 ? 0 : TagRef64.IsRef(word) ? TagRef64.WithAddress(word, 0) : word;
            BitConverter.TryWriteBytes(bytes[(int)(slot - address)..], kept);
        }

        foreach ((ulong slot, MuType slotType) in SlotsOf(address, type, length))
            if (slotType.Kind != TypeKind.TagRef64 || TagRef64.IsRef(*(ulong*)slot)) Write(output, Resolve(slot, slotType));
    }

    private static void Write(ImageOutput output, SlotTarget target)
    {
        output.Number((int)target.Code);
        if (target.Code == SlotCode.Symbol) output.Text(target.Symbol);
        else if (target.Code != SlotCode.Null) output.Number(target.Number);
        if (target.Code is SlotCode.InObject or SlotCode.InCell) output.Number(target.Distance);
    }
}
