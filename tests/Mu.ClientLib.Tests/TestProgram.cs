using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Tests;

/// <summary>Functions under test: built into one bundle, loaded with verification at the first call, run on one engine.</summary>
internal sealed class TestProgram(EngineKind engine) : IDisposable
{
    private readonly MuVM vm = new(new MuVMOptions { Engine = engine });
    private MuContext? context;
    private int declared;

    public Bundle Bundle { get; } = new();

    public MuVM VM => vm;

    /// <summary>After the first call.</summary>
    public MuContext Context => context ??= Load();

    public static MuType[] Ints(int count) => [.. Enumerable.Repeat(IntType.I64, count)];

    /// <summary>Builds a function of int&lt;64&gt;s with one int&lt;64&gt; result, and runs it.</summary>
    public static long Run(EngineKind engine, Action<FunctionBuilder> body, params long[] arguments)
    {
        using var program = new TestProgram(engine);
        return program.Call(program.Define(arguments.Length, body), arguments);
    }

    public Function Declare(MuType[] parameters, MuType[] results)
    {
        string name = $"f{declared++}";
        return Bundle.AddFunction(name, Bundle.AddSignature(name + ".sig", new FunctionSignature(parameters, results)));
    }

    public Function Define(int parameters, Action<FunctionBuilder> body) => Define(Declare(Ints(parameters), [IntType.I64]), body);

    public Function Define(Function function, Action<FunctionBuilder> body)
    {
        var builder = new FunctionBuilder(Bundle, function, function.Name + ".v1");
        body(builder);
        builder.Finish();
        return function;
    }

    public long Call(Function function, params long[] arguments)
    {
        var values = Array.ConvertAll(arguments, Context.FromInt64);
        return Context.ToInt64(Context.Call(function, values)[0]);
    }

    public void Dispose()
    {
        context?.Dispose();
        vm.Dispose();
    }

    private MuContext Load()
    {
        vm.Load(Bundle);
        return vm.NewContext();
    }
}
