using Mu.Core.Api;
using Mu.Core.IR;
using Mu.RPython.Annotation;
using Mu.RPython.Lowering;

namespace Mu.RPython.Runtime;

/// <summary>A micro VM with a compiled program in it.</summary>
internal sealed unsafe class RPythonMachine : IDisposable
{
    private readonly CompiledProgram program;
    private readonly MuVM vm;
    private readonly MuContext context;

    public RPythonMachine(CompiledProgram program, MuVMOptions options, bool verify)
    {
        this.program = program;
        vm = new MuVM(options);
        context = vm.NewContext();
        vm.SetClientState(this);
        StringType = vm.HeapTypeOf(TypeMap.String);
        vm.Load(program.Bundle, verify);
        program.Heap.Materialize(vm, context);
    }

    public HeapType StringType { get; }

    /// <summary>Runs the entry point with arguments (the program's name first); the exit code.</summary>
    public int Run()
    {
        try
        {
            var argv = *(ulong*)vm.AddressOfGlobal(program.Arguments);
            var list = context.FromReference((Mu.Core.Types.ReferenceType)program.Arguments.CellType, argv);
            var results = context.Call(program.Entry, list);
            return program.ReturnsInt ? (int)context.ToInt64(results[0]) : 0;
        }
        catch (UncaughtMuException e)
        {
            return Uncaught(e);
        }
    }

    private int Uncaught(UncaughtMuException e)
    {
        if (e.IsNull)
        {
            Console.Error.WriteLine("Fatal RPython error: out of memory, or the stack is full");
            return 134;
        }
        int number = *(int*)context.ToAddress(e.Exception);
        string name = program.ClassNames.GetValueOrDefault(number, "?");
        Console.Error.WriteLine($"Fatal RPython error: {name}");
        return 134;
    }

    public void Dispose()
    {
        context.Dispose();
        vm.Dispose();
    }
}

/// <summary>A program ready to run.</summary>
/// <param name="Bundle">Its code.</param>
/// <param name="Heap">Its prebuilt objects.</param>
/// <param name="Entry">The entry point: takes the list of arguments.</param>
/// <param name="Arguments">Where that list is.</param>
/// <param name="ReturnsInt">Whether the entry point gives an exit code.</param>
/// <param name="ClassNames">Names of classes by their numbers, for messages.</param>
internal sealed record CompiledProgram(Bundle Bundle, HeapImage Heap, Function Entry, GlobalCell Arguments, bool ReturnsInt, IReadOnlyDictionary<int, string> ClassNames);
