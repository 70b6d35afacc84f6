using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Runtime;

/// <summary>The runtime functions written in Mu IR: declarations, and definitions on demand (a function is built when it is first called).</summary>
internal sealed class RuntimeFunctions
{
    private static readonly MuType V = LuaTypes.Value;
    private static readonly ReferenceType CacheRef = new(TypeKind.IRef, IntType.I64);
    private static readonly FunctionSignature IndexSignature = new([V, V], [V]);
    private static readonly FunctionSignature CompareSignature = new([V, V], [IntType.I1]);

    /// <summary>The visible name of <see cref="Enter"/>, which tracebacks leave out.</summary>
    public const string EnterName = "xpcall";

    private readonly Dictionary<Function, Action<Bundle>> definitions = [];
    private readonly Dictionary<Function, string> visible = [];
    private readonly Dictionary<Function, string> metamethods;

    public RuntimeFunctions(Bundle bundle, LuaRuntime runtime)
    {
        Index = Declare("index", IndexSignature, b => Indexing.DefineIndex(runtime, b));
        IndexName = Declare("index_name", new([V, V, CacheRef], [V]), b => Indexing.DefineIndexName(runtime, b));
        IndexHandler = Declare("index_handler", IndexSignature, b => Errors.DefineHandler(runtime, b, IndexHandler!, Metamethods.Index));
        NewIndexHandler = Declare("newindex_handler", IndexSignature, b => Errors.DefineHandler(runtime, b, NewIndexHandler!, Metamethods.NewIndex));
        SetIndex = Declare("set_index", new([V, V, V], []), b => Indexing.DefineSetIndex(runtime, b));
        SetIndexName = Declare("set_name", new([V, V, CacheRef, V], []), b => Indexing.DefineSetIndexName(runtime, b));
        RawGet = Declare("raw_get", new([LuaTypes.TableRef, V], [V]), b => RawTables.DefineGet(runtime, b));
        RawSet = Declare("raw_set", new([LuaTypes.TableRef, V, V], []), b => RawTables.DefineSet(runtime, b));
        RawSetName = Declare("raw_set_name", new([LuaTypes.TableRef, V, V, CacheRef], []), b => RawTables.DefineSetName(runtime, b));
        NextFrom = Declare("next_from", new([LuaTypes.TableRef, IntType.I64], [IntType.I64, V, V]), b => Traversal.DefineNextFrom(runtime, b));
        Raise = Declare("raise", new([V], []), b => Errors.DefineRaise(runtime, b));
        Arithmetic = Declare("arith", new([IntType.I32, V, V], [V]), b => Operations.Arithmetic.Define(runtime, b));
        ArithmeticAt = Declare("arith_at", new([Site.Location, IntType.I32, V, V], [V]), b => Operations.Arithmetic.DefineAt(runtime, b));
        Equal = Declare("eq", CompareSignature, b => Comparison.DefineEqual(runtime, b));
        LessThan = Declare("lt", CompareSignature, b => Comparison.DefineOrder(runtime, b, LessThan!, Metamethods.Lt));
        LessEqual = Declare("le", CompareSignature, b => Comparison.DefineOrder(runtime, b, LessEqual!, Metamethods.Le));
        Concat = Declare("concat", new([IntType.I32, V, V, V, V], [V]), b => Concatenation.Define(runtime, b));
        Length = Declare("len", new([V], [V]), b => Lengths.Define(runtime, b));
        Callee = Declare("callee", new([V], [LuaTypes.FunctionRef]), b => Calls.DefineCallee(runtime, b));
        CallValue = Declare("call_value", new([V, .. LuaTypes.ValueList], LuaTypes.ValueList), b => Calls.DefineCallValue(runtime, b));
        Prepend = Declare("prepend", new([V, .. LuaTypes.ValueList], LuaTypes.ValueList), b => ValueLists.DefinePrepend(runtime, b));
        DropFirst = Declare("drop_first", new(LuaTypes.ValueList, LuaTypes.ValueList), b => ValueLists.DefineDropFirst(runtime, b));
        Spread = Declare("spread", new([LuaTypes.ValuesRef], LuaTypes.ValueList), b => ValueLists.DefineSpread(runtime, b));
        ListTable = Declare("list_table", new(LuaTypes.ValueList, [LuaTypes.TableRef]), b => ValueLists.DefineTable(runtime, b));
        Close = Declare("close", new([V, V], []), b => Protection.DefineClose(runtime, b));
        ErrorValue = Declare("error_value", new([WellKnownTypes.RefVoid], [V]), b => Protection.DefineErrorValue(runtime, b));
        CoroutineCreate = Declare("co_create", LuaTypes.Signature, b => Coroutines.DefineCreate(runtime, b));
        CoroutineWrap = Declare("co_wrap", LuaTypes.Signature, b => Coroutines.DefineWrap(runtime, b));
        CoroutineWrapped = Declare("co_wrapped", LuaTypes.Signature, b => Coroutines.DefineWrapped(runtime, b));
        CoroutineResume = Declare("co_resume", LuaTypes.Signature, b => Coroutines.DefineResume(runtime, b));
        CoroutineYield = Declare("co_yield", LuaTypes.Signature, b => Coroutines.DefineYield(runtime, b));
        CoroutineClose = Declare("co_close", LuaTypes.Signature, b => Coroutines.DefineClose(runtime, b));
        CoroutineBody = Declare("co_body", new(LuaTypes.ValueList, []), b => Coroutines.DefineBody(runtime, b));
        Overflow = Declare("overflow", new([], []), b => Errors.DefineOverflow(runtime, b));
        RunFinalizers = Declare("run_finalizers", new([], []), b => Operations.Finalization.Define(runtime, b));
        HookPoint = Declare("hook_point", new([IntType.I64, IntType.I64], []), b => Hooks.DefinePoint(runtime, b));
        HookFire = Declare("hook_fire", new([IntType.I64, V], []), b => Hooks.DefineFire(runtime, b));
        HookedCall = Declare("hooked_call", new([V, .. LuaTypes.ValueList], LuaTypes.ValueList), b => Hooks.DefineCall(runtime, b));
        Await = Declare("await", LuaTypes.Signature, b => Awaiting.DefineAwait(runtime, b));
        Drive = Declare("drive", LuaTypes.Signature, b => Awaiting.DefineDrive(runtime, b));
        Enter = Declare("enter", LuaTypes.Signature, b => Protection.DefineEnter(runtime, b));
        Interrupted = Declare("interrupted", new([], []), b => Interruption.DefineInterrupted(runtime, b));
        EndRun = Declare("end_run", new([], []), b => Interruption.DefineEndRun(runtime, b));
        ProtectedCall = Declare("pcall", LuaTypes.Signature, b => Protection.DefineProtectedCall(runtime, b));
        ProtectedCallWithHandler = Declare("xpcall", LuaTypes.Signature, b => Protection.DefineProtectedCallWithHandler(runtime, b));

        Substitute = Declare("gsub", LuaTypes.Signature, b => Substitution.Define(runtime, b));

        NoSite = new Site { Cell = bundle.AddGlobal("lua.nosite", Site.Type), Expected = OperandKinds.None, Records = false, IsInline = false };

        LibraryFunctions =
        [
            (null, "pcall", ProtectedCall),
            (null, "xpcall", ProtectedCallWithHandler),
            ("coroutine", "create", CoroutineCreate),
            ("coroutine", "wrap", CoroutineWrap),
            ("coroutine", "resume", CoroutineResume),
            ("coroutine", "yield", CoroutineYield),
            ("coroutine", "close", CoroutineClose),
        ];
        metamethods = new()
        {
            [Index] = "index", [IndexName] = "index", [SetIndex] = "newindex", [SetIndexName] = "newindex", [Arithmetic] = "", [Equal] = "eq", [LessThan] = "lt",
            [LessEqual] = "le", [Concat] = "concat", [Length] = "len", [Close] = "close",
        };
        visible[CoroutineWrapped] = "?";
        visible[Enter] = EnterName;
        visible[Substitute] = "string.gsub";
        foreach (var (library, name, function) in LibraryFunctions) visible[function] = library is null ? name : $"{library}.{name}";

        Function Declare(string name, FunctionSignature signature, Action<Bundle> define)
        {
            var function = bundle.AddFunction("lua." + name, signature);
            definitions.Add(function, define);
            return function;
        }
    }

    /// <summary>The library functions among these: library (null: a global), name, function.</summary>
    public IReadOnlyList<(string? Library, string Name, Function Function)> LibraryFunctions { get; }

    /// <summary>The site of all operations that are calls.</summary>
    public Site NoSite { get; }

    public Function Index { get; }

    public Function IndexName { get; }

    /// <summary>(object that is no table, key) -> handler: the __index of its metatable; raises an error when there is none.</summary>
    public Function IndexHandler { get; }

    public Function NewIndexHandler { get; }

    public Function SetIndex { get; }

    public Function SetIndexName { get; }

    public Function RawGet { get; }

    public Function RawSet { get; }

    /// <summary>(table, interned name, value, inline cache).</summary>
    public Function RawSetName { get; }

    /// <summary>(table, position) -> (position behind the next entry, its key or nil, its value).</summary>
    public Function NextFrom { get; }

    /// <summary>(error value): runs the message handler, throws. Never returns.</summary>
    public Function Raise { get; }

    /// <summary>(operation, a, b) -> result, as <see cref="ArithmeticOp"/> numbers them.</summary>
    public Function Arithmetic { get; }

    /// <summary>(site, operation, a, b) -> result.</summary>
    public Function ArithmeticAt { get; }

    public Function Equal { get; }

    public Function LessThan { get; }

    public Function LessEqual { get; }

    /// <summary>(n, up to four operands) -> string.</summary>
    public Function Concat { get; }

    public Function Length { get; }

    /// <summary>(value to call) -> the function; NULL when it is none.</summary>
    public Function Callee { get; }

    /// <summary>Calls a value that is no function, through __call.</summary>
    public Function CallValue { get; }

    /// <summary>(value, list) -> list with the value before it.</summary>
    public Function Prepend { get; }

    public Function DropFirst { get; }

    /// <summary>(array or NULL) -> its elements as a list.</summary>
    public Function Spread { get; }

    /// <summary>(list) -> a table with its values.</summary>
    public Function ListTable { get; }

    /// <summary>(value, error) : calls __close of a value that is not falsy.</summary>
    public Function Close { get; }

    /// <summary>(exception) -> error value.</summary>
    public Function ErrorValue { get; }

    public Function CoroutineCreate { get; }

    public Function CoroutineWrap { get; }

    public Function CoroutineWrapped { get; }

    public Function CoroutineResume { get; }

    public Function CoroutineYield { get; }

    public Function CoroutineClose { get; }

    public Function CoroutineBody { get; }


    /// <summary>Called in the place of a function for which the stack has no room: raises the error.</summary>
    public Function Overflow { get; }

    /// <summary>Waits for an operation of the host.</summary>
    public Function Await { get; }

    /// <summary>Resumes a coroutine that may wait for operations of the host.</summary>
    public Function Drive { get; }

    /// <summary>xpcall for the host.</summary>
    public Function Enter { get; }

    /// <summary>Called where code was interrupted: raises the error.</summary>
    public Function Interrupted { get; }

    /// <summary>Throws the error of a run that ends.</summary>
    public Function EndRun { get; }

    /// <summary>Calls the finalisers that are due.</summary>
    public Function RunFinalizers { get; }

    /// <summary>(line, last line): events of an instruction.</summary>
    public Function HookPoint { get; }

    /// <summary>(event, line or nil): calls the hook.</summary>
    public Function HookFire { get; }

    /// <summary>(callee, list) -> list: a call with events for library functions.</summary>
    public Function HookedCall { get; }

    public Function ProtectedCall { get; }

    public Function ProtectedCallWithHandler { get; }

    /// <summary>What takes over from string.gsub when its replacement is a function.</summary>
    public Function Substitute { get; }

    /// <summary>The library name of a function that programs see; null for the others.</summary>
    public string? VisibleName(Function function) => visible.GetValueOrDefault(function);

    /// <summary>How a level is named that a runtime function has called ("metamethod 'index'"); "" where only the operator at the call knows, null for other functions.</summary>
    public string? CalleeNameOf(Function function) => function == HookFire ? "hook '?'"
        : metamethods.TryGetValue(function, out string? name) ? name.Length == 0 ? "" : $"metamethod '{name}'" : null;

    /// <summary>Adds the definition of a function to a bundle; false when it is none of these.</summary>
    public bool TryDefine(Function function, Bundle bundle)
    {
        if (!definitions.Remove(function, out var define)) return false;
        define(bundle);
        return true;
    }
}
