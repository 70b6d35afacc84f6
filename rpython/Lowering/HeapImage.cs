using System.Runtime.InteropServices;
using System.Text;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

/// <summary>
/// The objects that exist when a program starts: constants, and whatever module level made. Each has a global cell, through which code finds it, since objects move.
/// All are allocated first and filled then, because filling must not see objects move.
/// </summary>
internal sealed unsafe class HeapImage(ProgramLowering program)
{
    private readonly List<Prebuilt> objects = [];
    private readonly Dictionary<object, Prebuilt> byIdentity = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Text, bool IsUnicode), Prebuilt> strings = [];
    private readonly Dictionary<PyTuple, List<Prebuilt>> tuples = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<string, PyInstance> exceptions = [];

    /// <summary>Objects whose parts are still to be found; the first one's are being found.</summary>
    private readonly Queue<Prebuilt> undiscovered = new();

    /// <summary>The cell of the instance that operations raise.</summary>
    public GlobalCell ExceptionCell(string name)
    {
        if (!exceptions.TryGetValue(name, out var instance)) exceptions[name] = instance = new PyInstance(BuiltinTypes.Exception(name));
        return CellOf(instance, new SomeInstance(program.Annotator.Classes.Of(instance.Class), false));
    }

    private readonly Dictionary<HybridType, GlobalCell> emptyArrays = [];

    /// <summary>The cell of the array that all empty lists or dicts of a type have.</summary>
    public GlobalCell EmptyArray(ReferenceType type)
    {
        var array = (HybridType)type.Referent;
        if (!emptyArrays.TryGetValue(array, out var cell)) emptyArrays[array] = cell = program.Bundle.AddGlobal(null, type);
        return cell;
    }

    private sealed record Prebuilt(object Host, SomeValue Type, GlobalCell Cell);

    /// <summary>The cell of a prebuilt object of a type.</summary>
    public GlobalCell CellOf(object host, SomeValue type)
    {
        switch (host)
        {
            case string or PyUnicode:
                var key = (host.ToString()!, ((SomeString)type).IsUnicode);
                if (!strings.TryGetValue(key, out var text)) strings[key] = text = Add(host, type);
                return text.Cell;
            case PyTuple t:
                if (!tuples.TryGetValue(t, out var list)) tuples[t] = list = [];
                var found = list.Find(p => program.Types.Of(p.Type) == program.Types.Of(type));
                if (found is null) list.Add(found = Add(host, type));
                return found.Cell;
            case PyMethod { Self: PyInstance self }: return CellOf(self, type);
            default:
                if (!byIdentity.TryGetValue(host, out var known)) byIdentity[host] = known = Add(host, type);
                return known.Cell;
        }
    }

    private Prebuilt Add(object host, SomeValue type)
    {
        if (host is PyInstance i) type = new SomeInstance(program.Annotator.Classes.Of(i.Class), false);
        var made = new Prebuilt(host, type, program.Bundle.AddGlobal(null, program.Types.Of(type)));
        objects.Add(made);
        undiscovered.Enqueue(made);
        if (undiscovered.Count > 1) return made;
        // What the first one refers to comes here again and waits: prebuilt graphs may be deep.
        while (undiscovered.TryPeek(out var next))
        {
            foreach (var (value, part) in PartsOf(next)) Need(value, part);
            undiscovered.Dequeue();
        }
        return made;
    }

    /// <summary>What a class's method is when it is taken from the class: the function.</summary>
    private static object Unbound(object value) => value is PyMethod { Self: null } m ? m.Function : value;

    private void Need(object value, SomeValue type)
    {
        value = Unbound(value);
        if (value is PyNone) return;
        switch (type)
        {
            case SomeString or SomeTuple or SomeList or SomeDict or SomeInstance or SomeMethod or SomeWords or SomeWeakReference: CellOf(value, type); break;
            case SomePbc when value is PyFunction f && program.Types.Of(type) is FunctionReferenceType: program.Callable(f); break;
        }
    }

    private IEnumerable<(object Value, SomeValue Type)> PartsOf(Prebuilt p)
    {
        switch (p.Host)
        {
            case PyTuple t: return t.Items.Zip(((SomeTuple)p.Type).Items);
            case PyList l: return l.Items.Select(i => (i, ((SomeList)p.Type).Type.Root.Item.Value));
            case PyDict d:
                var dict = ((SomeDict)p.Type).Type.Root;
                return d.Items.SelectMany(e => new[] { (e.Key, dict.Key.Value), (e.Value, dict.Value.Value) }).Concat(FunctionsOf(d, dict).Select(f => (f.Value, f.Type)));
            case PyWeakReference w: return [(w.Target, new SomeInstance(program.Annotator.Classes.Root, true))];
            case PyInstance i: return program.Types.LayoutOf(((SomeInstance)p.Type).Class).Attributes.Select(a => (FieldOf(i, a.Name), a.Cell.Value)).Where(a => a.Item1 is not null)!;
            default: return [];
        }
    }

    /// <summary>The functions that an r_dict has in it.</summary>
    private static IEnumerable<(int Field, object Value, SomeValue Type)> FunctionsOf(PyDict d, DictType type) =>
        TypeMap.FunctionsOf(type).Select(f => (f.Field, f.Function == type.Functions!.Equal ? d.Custom!.Equal : d.Custom!.Hash, f.Function.Value));

    private static object FieldOf(PyInstance i, string name) => i.Fields.TryGetValue(name, out var value) && !Annotator.IsHidden(i, name) ? value
        : i.Class.Find(name) is { } inClass and not (PyFunction or PyProperty) ? inClass is PyStaticMethod s ? s.Function : inClass : null!;

    /// <summary>Makes the objects. The bundle is loaded; no Mu code runs.</summary>
    public void Materialize(MuVM vm, MuContext context)
    {
        foreach (var table in program.Tables)
            for (int i = 0; i < table.Entries.Length; i++) ((ulong*)vm.AddressOfGlobal(table.Cell))[i] = vm.FunctionCell(table.Entries[i]);
        var mutator = context.OpenMutator();
        foreach (var (array, cell) in emptyArrays) *(ulong*)vm.AddressOfGlobal(cell) = Hybrid(vm, mutator, array, 0);
        foreach (var p in objects) Allocate(vm, mutator, p);
        foreach (var p in objects) Fill(vm, p);
    }

    private static ulong* Root(MuVM vm, Prebuilt p) => (ulong*)vm.AddressOfGlobal(p.Cell);

    private void Allocate(MuVM vm, Mutator mutator, Prebuilt p)
    {
        ulong* root = Root(vm, p);
        switch (p.Host)
        {
            case string s: *root = Hybrid(vm, mutator, TypeMap.String, s.Length); break;
            case PyWords w: *root = Hybrid(vm, mutator, TypeMap.Words, w.Items.Length); break;
            case PyUnicode u: *root = Hybrid(vm, mutator, TypeMap.Unicode, u.CodePoints.Count()); break;
            case PyTuple: *root = Check(mutator.New(vm.HeapTypeOf(program.Types.TupleStruct((SomeTuple)p.Type)))); break;
            case PyWeakReference: *root = Check(mutator.New(vm.HeapTypeOf(TypeMap.WeakReference))); break;
            case PyInstance: *root = Check(mutator.New(vm.HeapTypeOf(program.Types.LayoutOf(((SomeInstance)p.Type).Class).Struct))); break;
            case PyList l:
                var list = program.Types.ListStruct(((SomeList)p.Type).Type);
                *root = Check(mutator.New(vm.HeapTypeOf(list)));
                ulong items = Hybrid(vm, mutator, (HybridType)TypeMap.ItemsRef(list).Referent, l.Items.Count);
                *(ulong*)(*root + (ulong)MemoryLayout.FieldOffsets(list)[1]) = items;
                break;
            case PyDict d:
                var dict = program.Types.DictStruct(((SomeDict)p.Type).Type);
                *root = Check(mutator.New(vm.HeapTypeOf(dict)));
                ulong entries = Hybrid(vm, mutator, TypeMap.EntriesOf(dict), Math.Max(8, d.Items.Count));
                *(ulong*)(*root + (ulong)MemoryLayout.FieldOffsets(dict)[3]) = entries;
                break;
            default: throw new InvalidOperationException($"no prebuilt form of {p.Host}");
        }
    }

    private static ulong Hybrid(MuVM vm, Mutator mutator, HybridType type, int length) => Check(mutator.NewHybrid(vm.HeapTypeOf(type), (ulong)length));

    private static ulong Check(ulong address) => address != 0 ? address : throw new OutOfMemoryException("the prebuilt objects do not fit the heap");

    private void Fill(MuVM vm, Prebuilt p)
    {
        ulong address = *Root(vm, p);
        switch (p.Host)
        {
            case string s: Encoding.Latin1.GetBytes(s, new Span<byte>((void*)(address + (ulong)MemoryLayout.VariablePart(TypeMap.String).Offset), s.Length)); break;
            case PyWords w: w.Items.CopyTo(new Span<long>((void*)(address + (ulong)MemoryLayout.VariablePart(TypeMap.Words).Offset), w.Items.Length)); break;
            case PyUnicode u:
                int* runes = (int*)(address + (ulong)MemoryLayout.VariablePart(TypeMap.Unicode).Offset);
                foreach (int rune in u.CodePoints) *runes++ = rune;
                break;
            case PyTuple t:
                var tuple = (SomeTuple)p.Type;
                var fields = MemoryLayout.FieldOffsets(program.Types.TupleStruct(tuple));
                for (int i = 0; i < t.Items.Length; i++) Write(vm, address + (ulong)fields[i], t.Items[i], tuple.Items[i]);
                break;
            case PyWeakReference w: Write(vm, address, w.Target, new SomeInstance(program.Annotator.Classes.Root, true)); break;
            case PyInstance instance: FillInstance(vm, address, instance, ((SomeInstance)p.Type).Class); break;
            case PyList l: FillList(vm, address, l, ((SomeList)p.Type).Type.Root); break;
            case PyDict d: FillDict(vm, address, d, ((SomeDict)p.Type).Type.Root); break;
        }
    }

    private void FillInstance(MuVM vm, ulong address, PyInstance instance, ClassType type)
    {
        var layout = program.Types.LayoutOf(type);
        var offsets = MemoryLayout.FieldOffsets(layout.Struct);
        *(int*)address = program.NumbersOf(type).First;
        foreach (var (name, cell) in layout.Attributes)
            if (FieldOf(instance, name) is { } value) Write(vm, address + (ulong)offsets[layout.IndexOf(name)], value, cell.Value);
    }

    private void FillList(MuVM vm, ulong address, PyList l, ListType type)
    {
        var list = program.Types.ListStruct(type);
        var items = MemoryLayout.VariablePart((HybridType)TypeMap.ItemsRef(list).Referent);
        *(long*)address = l.Items.Count;
        ulong to = *(ulong*)(address + (ulong)MemoryLayout.FieldOffsets(list)[1]) + (ulong)items.Offset;
        for (int i = 0; i < l.Items.Count; i++) Write(vm, to + (ulong)(i * items.ElementSize), l.Items[i], type.Item.Value);
    }

    /// <summary>The index stays NULL, and hashes are not known: the first lookup makes both.</summary>
    private void FillDict(MuVM vm, ulong address, PyDict d, DictType type)
    {
        var dict = program.Types.DictStruct(type);
        var offsets = MemoryLayout.FieldOffsets(dict);
        var entries = MemoryLayout.VariablePart(TypeMap.EntriesOf(dict));
        var entry = MemoryLayout.FieldOffsets(TypeMap.EntriesOf(dict).Element);
        *(long*)address = *(long*)(address + (ulong)offsets[1]) = d.Items.Count;
        ulong to = *(ulong*)(address + (ulong)offsets[3]) + (ulong)entries.Offset;
        foreach (var (field, function, of) in FunctionsOf(d, type)) Write(vm, address + (ulong)offsets[field], function, of);
        foreach (var (key, value) in d.Items)
        {
            Write(vm, to + (ulong)entry[0], key, type.Key.Value);
            Write(vm, to + (ulong)entry[1], value, type.Value.Value);
            to += (ulong)entries.ElementSize;
        }
    }

    private void Write(MuVM vm, ulong address, object value, SomeValue type)
    {
        value = Unbound(value);
        switch (type)
        {
            case SomePointer: *(long*)address = 0; break;
            case SomeBool: *(byte*)address = value is true ? (byte)1 : (byte)0; break;
            case SomeInteger { Kind.IsWide: true }: *(Int128*)address = WideOf(value); break;
            case SomeInteger: *(long*)address = WordOf(value); break;
            case SomeFloat: *(double*)address = HostNumbers.ToDouble(value); break;
            case SomeChar { IsUnicode: false }: *(byte*)address = (byte)((string)value)[0]; break;
            case SomeChar: *(int*)address = ((PyUnicode)value).CodePoints.First(); break;
            case SomePbc when program.Types.Of(type) is IntType: *(long*)address = value is PyNone ? -1 : program.NumberOf(value); break;
            case SomePbc when program.Types.Of(type) is FunctionReferenceType:
                *(ulong*)address = value switch
                {
                    PyFunction f => vm.FunctionCell(program.Callable(f)),
                    PyNone => 0,
                    _ => throw new InvalidOperationException($"no prebuilt form of {value} among functions"),
                };
                break;
            case SomeString or SomeTuple or SomeList or SomeDict or SomeInstance or SomeMethod or SomeWords or SomeWeakReference:
                *(ulong*)address = value is PyNone ? 0 : *(ulong*)vm.AddressOfGlobal(CellOf(value, type));
                break;
        }
    }

    /// <summary>An int constant as a value of 128 bits.</summary>
    public static Int128 WideOf(object value) => value switch
    {
        PyFixedInteger { Kind: { Bits: 64, IsSigned: false } } f => (ulong)f.Word,
        PyFixedInteger f => f.Bits,
        System.Numerics.BigInteger b => (Int128)(UInt128)(b & UInt128.MaxValue),
        _ => WordOf(value),
    };

    /// <summary>An int constant as a word.</summary>
    public static long WordOf(object value) => value switch
    {
        long i => i,
        bool b => b ? 1 : 0,
        PyFixedInteger f => f.Word,
        System.Numerics.BigInteger b => (long)(ulong)(b & ulong.MaxValue),
        _ => throw new InvalidOperationException($"{value} is no int"),
    };
}
