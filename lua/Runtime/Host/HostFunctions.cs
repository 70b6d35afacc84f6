using System.Runtime.InteropServices;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Runtime.Tables;

namespace Mu.Lua.Runtime.Host;

/// <summary>A library function in C#: a name for messages (null for what is no level of the stack), and the body.</summary>
internal sealed unsafe class HostFunction(string? name, delegate*<ref HostCall, LeafResult> body)
{
    public string? Name { get; } = name;

    /// <summary>Whether the body looks at the function object (<see cref="HostCall.Callee"/>).</summary>
    public bool NeedsCallee { get; init; }

    public delegate*<ref HostCall, LeafResult> Body { get; } = body;
}

/// <summary>
/// The library functions in C# of a state. Each has a Mu function with Lua's signature around one leaf that all share: the leaf gets the function's number
/// and calls its body. The status is the number of results, which are the value and the root cell's words from <see cref="RootCell.Second"/> on, or an array when there
/// are more than four; −1 an error, −2 a function in Lua that takes over, −3 finalisers first.
/// </summary>
internal sealed unsafe class HostFunctions(LuaRuntime runtime)
{
    /// <summary>Status of an error in the value.</summary>
    public const ulong Failed = ulong.MaxValue;

    /// <summary>Status of a call that a function in Lua takes over.</summary>
    public const ulong DeferredStatus = ulong.MaxValue - 1;

    /// <summary>Status of a call that is to be made again when finalisers have been called.</summary>
    private const ulong FinalizersDueStatus = ulong.MaxValue - 2;

    private static readonly Constant Leaf = new IntConstant(
        new FunctionReferenceType(TypeKind.UFuncPtr, new FunctionSignature(
            [IntType.I64, LuaTypes.Value, LuaTypes.Value, LuaTypes.Value, LuaTypes.Value], [LuaTypes.Value, IntType.I64])),
        (ulong)(delegate* unmanaged<nint, ulong, ulong, ulong, ulong, ulong, LeafResult>)&Invoke);

    private readonly List<HostFunction> functions = [];
    private readonly Dictionary<Function, int> numbers = [];
    private readonly Dictionary<string, GuestValue> objects = [];
    private readonly Dictionary<Function, string> deferredParts = [];

    /// <summary>The state as its host knows it; null for the command's.</summary>
    public object? Embedder { get; set; }

    /// <summary>The last exception of a library function that is no error of a program, for tests to look at.</summary>
    public Exception? InternalError { get; private set; }

    /// <summary>Declares the Mu function of a library function.</summary>
    public Function Declare(Bundle bundle, HostFunction function)
    {
        var mu = bundle.AddFunction(null, LuaTypes.Signature);
        numbers.Add(mu, functions.Count);
        functions.Add(function);
        return mu;
    }

    /// <summary>The number of a function by its qualified name; -1 when there is none.</summary>
    public int NumberOf(string name) => functions.FindIndex(f => f.Name == name);

    /// <summary>Remembers the function object by which programs know the library function of a name ("string.rep").</summary>
    public void SetObject(string name, ulong word)
    {
        if (objects.Remove(name, out var old)) old.Dispose();
        objects.Add(name, runtime.Keep(word));
    }

    /// <summary>Says that a Lua function of the library is the deferred part of a C# function.</summary>
    public void SetDeferredPart(Function part, int number) => deferredParts[part] = functions[number].Name!;

    /// <summary>The name of the C# function whose deferred part a Lua function of the library is; null when it is none.</summary>
    public string? DeferredName(Function part) => deferredParts.GetValueOrDefault(part);

    /// <summary>The function object by which programs know a function of the library; nil when there is none of this name.</summary>
    public ulong ObjectOf(string name) => objects.TryGetValue(name, out var value) ? value.Word : LuaTag.NilWord;

    /// <summary>Where the registry keeps the deferred part of a function: no other use has negative keys.</summary>
    public static ulong DeferredKey(int number) => TagRef64.FromInt(-1 - number);

    private ulong DeferredPart(LuaRuntime state, int number)
    {
        ulong part = TableAccess.Get((TableObject*)state.StateWord(RootCell.Registry), DeferredKey(number));
        return LuaTag.Has(part, LuaTag.Function) ? part : throw new InvalidOperationException($"'{functions[number].Name}' has no part in Lua");
    }

    /// <summary>The library function behind a Mu function; null when it is none.</summary>
    public HostFunction? Find(Function function) => numbers.TryGetValue(function, out int number) ? functions[number] : null;

    /// <summary>Adds the definition of a declared function to a bundle; false when it is none of these.</summary>
    public bool TryDefine(Function function, Bundle bundle)
    {
        if (!numbers.TryGetValue(function, out int number)) return false;
        var f = new LuaFunctionBuilder(bundle, function);
        var b = f.B;
        var p = f.Parameters;
        var begin = b.NewLabel("begin");
        b.Place(begin);
        b.If(b.Compare(CompareOp.Sgt, p[1], b.Int32(LuaTypes.RegisterValues)), () => b.Store(runtime.State(f, RootCell.Transfer), p[6]));
        if (functions[number].NeedsCallee) b.Store(runtime.State(f, RootCell.Callee), p[0]);
        var selector = b.Or(b.Int64((long)number << 32), b.ToUnsigned(IntType.I64, p[1]));
        var results = b.CCall(NativeConvention.Runtime, Leaf, selector, p[2], p[3], p[4], p[5]);
        var (value, status) = (results[0], results[1]);
        var one = b.NewLabel("one");
        var notOne = b.NewLabel("notone");
        b.Branch(b.Eq(status, b.Int64(1)), one, notOne);
        b.PlaceSealed(one);
        f.ReturnList(value);

        b.PlaceSealed(notOne);
        var two = b.NewLabel("two");
        var notTwo = b.NewLabel("nottwo");
        b.Branch(b.Eq(status, b.Int64(2)), two, notTwo);
        b.PlaceSealed(two);
        f.ReturnList(value, Take(RootCell.Second));

        b.PlaceSealed(notTwo);
        var several = b.NewLabel("several");
        var many = b.NewLabel("many");
        b.Branch(b.Compare(CompareOp.Ule, status, b.Int64(LuaTypes.RegisterValues)), several, many);
        b.PlaceSealed(several);
        var none = b.NewLabel("none");
        b.BranchIf(b.Eq(status, b.Int64(0)), none);
        b.Return(b.Convert(ConvertOp.Trunc, IntType.I32, status), value, Take(RootCell.Second), Take(RootCell.Third), Take(RootCell.Fourth), f.NoExtra);
        b.PlaceSealed(none);
        f.ReturnList();

        // What stays in the root cell would stay alive.
        Value Take(int word)
        {
            var taken = b.Load(runtime.State(f, word));
            b.Store(runtime.State(f, word), f.Nil);
            return taken;
        }

        b.PlaceSealed(many);
        var failed = b.NewLabel("failed", cold: true);
        b.BranchIf(b.Compare(CompareOp.Slt, status, b.Int64(0)), failed);
        b.TailCall(runtime.Functions.Spread, f.Tagged.ToRef(value, LuaTypes.ValuesRef));
        b.PlaceSealed(failed);
        var raise = b.NewLabel("raise", cold: true);
        b.BranchIf(b.Eq(status, b.Int64(-1)), raise);
        var due = b.NewLabel("due", cold: true);
        b.BranchIf(b.Eq(status, b.Constant(IntType.I64, FinalizersDueStatus)), due);
        var deferred = f.AsFunction(value);
        b.TailCall(f.CodeOf(deferred), deferred, p[1], p[2], p[3], p[4], p[5], p[6]);
        b.PlaceSealed(due);
        b.Call(runtime.Functions.RunFinalizers);
        b.Jump(begin);
        b.Seal(begin);
        b.PlaceSealed(raise);
        Errors.EmitRaise(f, runtime, value);
        b.Finish();
        return true;
    }

    [UnmanagedCallersOnly]
    private static LeafResult Invoke(nint context, ulong selector, ulong a0, ulong a1, ulong a2, ulong a3)
    {
        var mutator = new Mutator(context);
        var runtime = LuaRuntime.Of(mutator);
        // Programs that make nothing but strings have no other place where finalisers could run.
        if (runtime.StateWord(RootCell.FinalizersDue) != 0 && runtime.Finalizers.TryStart()) return new(LuaTag.NilWord, FinalizersDueStatus);
        var function = runtime.Host.functions[(int)(selector >> 32)];
        var call = new HostCall(runtime, mutator, (int)(uint)selector, a0, a1, a2, a3);
        try
        {
            var result = function.Body(ref call);
            return result.Status == DeferredStatus ? new(runtime.Host.DeferredPart(runtime, (int)(selector >> 32)), DeferredStatus) : result;
        }
        catch (LuaFailure failure)
        {
            return new(failure.Value, Failed);
        }
        catch (OutOfMemoryException)
        {
            return new(runtime.OutOfMemoryMessage, Failed);
        }
        catch (Exception e)
        {
            // An error of this library must not end the process for a program's sake: no exception gets through the frames of compiled code.
            runtime.Host.InternalError = e;
            return new(ErrorLeaves.Text(runtime.Heap, $"internal error in '{function.Name}': {e.GetType().Name}: {e.Message}"), Failed);
        }
        finally
        {
            call.Dispose();
        }
    }
}
