using System.Text;
using Mu.Core.Api;
using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Lowering;
using Mu.RPython.Objects;

namespace Mu.RPython.Runtime;

/// <summary>A micro VM with a compiled program in it.</summary>
internal sealed unsafe class RPythonMachine : IDisposable
{
    private readonly Function entry;
    private readonly SavedHead head;
    private readonly MuVM vm;
    private readonly MuContext context;

    /// <summary>A machine with a program that was just compiled.</summary>
    public RPythonMachine(CompiledProgram program, MuVMOptions options, bool verify)
        : this(options)
    {
        (entry, head) = (program.Entry, new SavedHead(program.ClassNames, program.Sources, NativeLibraries.Compile(program.Natives)));
        NativeLibraries.Register(vm, head.Natives);
        vm.Load(program.Bundle, verify);
        Connect(program.Bundle);
        program.Heap.Materialize(vm, context);
    }

    /// <summary>A machine with a program that <see cref="Save"/> has written.</summary>
    /// <exception cref="MuImageException">The file is no saved program, or is damaged.</exception>
    /// <exception cref="NativeLibraryException">A library or function is not there.</exception>
    public RPythonMachine(Stream file, MuVMOptions options)
        : this(options)
    {
        head = SavedProgram.ReadHead(file);
        NativeLibraries.Register(vm, head.Natives);
        var image = context.LoadBootImage(file);
        Connect(image.Bundle);
        entry = image.PrimordialFunction ?? throw new MuImageException("the image does not say where to begin");
    }

    /// <summary>Has an instance given to the program's finalizers when it is unreachable.</summary>
    public void RegisterFinalizer(ulong instance) => vm.RegisterFinalizable(instance);

    public ulong TakeFinalizable() => vm.TryTakeFinalizable(out ulong instance) ? instance : 0;

    /// <summary>Collects garbage now.</summary>
    public void Collect() => vm.Collect();

    private RPythonMachine(MuVMOptions options)
    {
        (entry, head) = (null!, null!);
        vm = new MuVM(options);
        context = vm.NewContext();
        vm.SetClientState(this);
        vm.AddWeakSlots(Identities);
        StringType = vm.HeapTypeOf(TypeMap.String);
        Leaves.Register(vm);
    }

    /// <summary>Tells the micro VM what of the program it calls or sets.</summary>
    private void Connect(Bundle bundle)
    {
        vm.SetOverflowFunction(OverflowFunction.In(bundle));
        FinalizerPoll.Connect(vm, bundle);
    }

    /// <summary>Numbers of objects other than instances, which have room for their own.</summary>
    public Identities Identities { get; } = new();

    public HeapType StringType { get; }

    /// <summary>Writes the program and its prebuilt objects, from which another process goes on.</summary>
    public void Save(Stream file)
    {
        SavedProgram.WriteHead(file, head);
        context.MakeBootImage(file, new BootImageOptions { PrimordialFunction = entry });
    }

    /// <summary>Writes the machine code of the functions whose names have a part, or of "all".</summary>
    public void Disassemble(IEnumerable<FunctionVersion> versions, string part, TextWriter output)
    {
        foreach (var version in versions)
            if (part == "all" || version.Function.Name!.Contains(part, StringComparison.Ordinal)) vm.Disassemble(version, "asm", output);
    }

    /// <summary>Runs the entry point with arguments (the program's name first); the exit code.</summary>
    public int Run(string[] arguments)
    {
        try
        {
            var results = context.Call(entry, List(arguments));
            return entry.Signature.Results is [IntType { Bits: 64 }] ? (int)context.ToInt64(results[0]) : 0;
        }
        catch (UncaughtMuException e)
        {
            return Uncaught(e);
        }
    }

    /// <summary>A list of str, of the type that the entry point takes. Nothing else runs yet, and handles hold what moves.</summary>
    private MuValue List(string[] items)
    {
        var type = (StructType)((ReferenceType)entry.Signature.Parameters[0]).Referent;
        var slots = (HybridType)TypeMap.ItemsRef(type).Referent;
        var list = context.NewFixed(type);
        var array = context.NewHybrid(slots, (ulong)items.Length);
        *(long*)context.ToAddress(list) = items.Length;
        *(ulong*)(context.ToAddress(list) + (ulong)MemoryLayout.FieldOffsets(type)[1]) = (ulong)context.ToAddress(array);
        for (int i = 0; i < items.Length; i++)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(items[i]);
            var item = context.NewHybrid(TypeMap.String, (ulong)bytes.Length);
            bytes.CopyTo(new Span<byte>((void*)(context.ToAddress(item) + (ulong)MemoryLayout.VariablePart(TypeMap.String).Offset), bytes.Length));
            *((ulong*)(context.ToAddress(array) + (ulong)MemoryLayout.VariablePart(slots).Offset) + i) = (ulong)context.ToAddress(item);
        }
        return list;
    }

    /// <summary>The frames are printed as RPython prints them, the innermost last.</summary>
    private int Uncaught(UncaughtMuException e)
    {
        Console.Error.WriteLine("RPython traceback:");
        foreach (string place in e.Frames.SelectMany(f => head.Sources.Describe(f.SourceTag)).Reverse()) Console.Error.WriteLine(place);
        Console.Error.WriteLine(MessageOf(e.IsNull ? 0 : *(int*)context.ToAddress(e.Exception), e.IsNull));
        return 134;
    }

    /// <summary>What is said of an exception that nobody has caught: of a class by its number, or of exhausted memory.</summary>
    public string MessageOf(int classNumber, bool isNull) => "Fatal RPython error: " + (isNull ? "MemoryError" : head.ClassNames.GetValueOrDefault(classNumber, "?"));

    public void Dispose()
    {
        context.Dispose();
        vm.Dispose();
        Identities.Dispose();
    }
}

/// <summary>A program ready to run.</summary>
/// <param name="Bundle">Its code.</param>
/// <param name="Heap">Its prebuilt objects.</param>
/// <param name="Entry">The entry point: takes the list of arguments.</param>
/// <param name="ClassNames">Names of classes by their numbers, for messages.</param>
/// <param name="Sources">Where its instructions come from.</param>
/// <param name="Natives">The native functions that it calls.</param>
internal sealed record CompiledProgram(Bundle Bundle, HeapImage Heap, Function Entry, IReadOnlyDictionary<int, string> ClassNames, SourceTable Sources, IReadOnlyCollection<NativeFunction> Natives);
