using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Evaluation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

/// <summary>An annotated program as one bundle of Mu IR: the functions that are reached, their constants, and tables for dispatch on classes.</summary>
internal sealed class ProgramLowering
{
    private readonly Dictionary<AnnotatedFunction, Function> functions = [];
    private readonly Queue<AnnotatedFunction> pending = new();
    private readonly Dictionary<ClassType, (int First, int Last)> classNumbers = [];
    private readonly Dictionary<(ClassType Class, string Targets), DispatchTable> tables = [];
    private readonly Dictionary<PyFunction, AnnotatedFunction> callables = [];
    private readonly Dictionary<PyFunction, Function> uncalled = [];
    private readonly Dictionary<AnnotatedFunction, ExposedFunction> exposed = [];
    private readonly Dictionary<AnnotatedFunction, int> weights = [];
    private readonly Dictionary<AnnotatedFunction, Function> threadMains = [];

    public ProgramLowering(Evaluator evaluator, Annotator annotator, CompileErrors errors)
    {
        Evaluator = evaluator;
        Annotator = annotator;
        Errors = errors;
        NumberClasses(annotator.Classes.Root, 0);
        Types = new TypeMap(annotator.Classes, annotator.Families);
        foreach (var f in annotator.Functions) callables.TryAdd(f.Function, f);
        Heap = new HeapImage(this);
    }

    public Evaluator Evaluator { get; }

    public Annotator Annotator { get; }

    public CompileErrors Errors { get; }

    public TypeMap Types { get; }

    public HeapImage Heap { get; }

    public Bundle Bundle { get; } = new();

    /// <summary>Runs finalizers, if the program has any.</summary>
    public FinalizerPoll? Finalizers { get; private set; }

    public SourceTable Sources { get; } = new();

    /// <summary>The native functions that are called.</summary>
    public HashSet<NativeFunction> Natives { get; } = [];

    public IEnumerable<DispatchTable> Tables => tables.Values;

    /// <summary>The functions that were lowered.</summary>
    public IReadOnlyDictionary<AnnotatedFunction, Function> Functions => functions;

    /// <summary>Lowers a function and all that it reaches.</summary>
    public Function Lower(AnnotatedFunction entry)
    {
        var main = FunctionOf(entry);
        OverflowFunction.Define(this);
        if (Annotator.HasFinalizers) Finalizers = new FinalizerPoll(Bundle, FunctionOf(Library("rt.finalizers", "run", _ => true)));
        while (pending.TryDequeue(out var next))
            try
            {
                new FunctionLowering(this, next).Run();
            }
            catch (CompileException e)
            {
                Errors.Add(e);
            }
        return main;
    }

    /// <summary>The Mu function of an annotated one; it is lowered in its turn.</summary>
    public Function FunctionOf(AnnotatedFunction function)
    {
        if (functions.TryGetValue(function, out var known)) return known;
        var made = Bundle.AddFunction($"f{functions.Count}.{Clean(function.Name)}", Types.SignatureOf(function));
        functions.Add(function, made);
        pending.Enqueue(function);
        return made;
    }

    /// <summary>The function of a thread: runs one of the program's.</summary>
    public Function ThreadMain(AnnotatedFunction target, Action<Function> define)
    {
        if (threadMains.TryGetValue(target, out var known)) return known;
        var main = threadMains[target] = Bundle.AddFunction($"thread{threadMains.Count}.{Clean(target.Name)}", new FunctionSignature([], []));
        define(main);
        return main;
    }

    /// <summary>How much a function does, computed once.</summary>
    public int WeightOf(AnnotatedFunction function, Func<int> compute)
    {
        if (!weights.TryGetValue(function, out int weight)) weights[function] = weight = compute();
        return weight;
    }

    /// <summary>A function as native code calls it: through one of another signature, made by <paramref name="define"/>.</summary>
    public ExposedFunction Exposed(AnnotatedFunction target, FunctionSignature signature, Action<Function> define)
    {
        if (exposed.TryGetValue(target, out var known)) return known;
        var shim = Bundle.AddFunction($"callback{exposed.Count}.{Clean(target.Name)}", signature);
        define(shim);
        var pointer = new ExposedFunction(new FunctionReferenceType(TypeKind.UFuncPtr, signature), shim, "DEFAULT", Bundle.AddConstant(new IntConstant(IntType.I64, 0)));
        Bundle.Exposed.Add(pointer);
        return exposed[target] = pointer;
    }

    /// <summary>A function given as a value; where nothing calls it, another one stands for it.</summary>
    public Function Callable(PyFunction function)
    {
        var signature = Annotator.Families.Signature(function)!;
        if (callables.TryGetValue(function, out var target) && target.Family == signature) return FunctionOf(target);
        if (uncalled.TryGetValue(function, out var known)) return known;
        var made = uncalled[function] = Bundle.AddFunction($"uncalled{uncalled.Count}.{Clean(function.QualifiedName)}", Types.SignatureOf(signature));
        var b = new FunctionBuilder(Bundle, made);
        b.Throw(b.Null(WellKnownTypes.RefVoid));
        b.Finish();
        return made;
    }

    /// <summary>The number that stands for a class, or for another object of a family.</summary>
    public int NumberOf(object member) => member is PyClass c ? NumbersOf(Annotator.Classes.Of(c)).First : Annotator.NumberOf(member is PyStaticMethod s ? s.Function : member);

    /// <summary>The numbers of a class and its subclasses.</summary>
    public (int First, int Last) NumbersOf(ClassType type)
    {
        // A class that is only compared with others has no instances, and a number behind all that have.
        if (!classNumbers.TryGetValue(type, out var numbers)) classNumbers[type] = numbers = (classNumbers.Count, classNumbers.Count);
        return numbers;
    }

    /// <summary>A specialisation of a library function that annotation has made for such arguments.</summary>
    public AnnotatedFunction Library(string module, string name, Func<AnnotatedFunction, bool> fits)
    {
        var f = Annotator.LibraryFunction(module, name);
        return Annotator.Functions.FirstOrDefault(a => a.Function == f && fits(a)) ?? throw new InvalidOperationException($"{name} was not annotated for what lowering needs");
    }

    /// <summary>The table that gives the function for the class of an instance.</summary>
    public DispatchTable TableOf(ClassType type, IReadOnlyDictionary<ClassType, AnnotatedFunction> targets)
    {
        string key = string.Join(',', targets.Values.Select(t => FunctionOf(t).Name));
        if (tables.TryGetValue((type, key), out var known)) return known;
        var (first, last) = NumbersOf(type);
        var entries = new Function[last - first + 1];
        Array.Fill(entries, FunctionOf(targets.Values.First()));
        foreach (var (c, target) in targets) entries[NumbersOf(c).First - first] = FunctionOf(target);
        var cell = Bundle.AddGlobal($"dispatch{tables.Count}", new SequenceType(TypeKind.Array, entries[0].Type, (ulong)entries.Length));
        return tables[(type, key)] = new DispatchTable(cell, first, entries);
    }

    private int NumberClasses(ClassType type, int next)
    {
        int first = next++;
        foreach (var sub in type.Subclasses) next = NumberClasses(sub, next);
        classNumbers[type] = (first, next - 1);
        return next;
    }

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' || c == '.' ? c : '-'));
}

/// <summary>Functions by class number.</summary>
internal sealed record DispatchTable(GlobalCell Cell, int First, Function[] Entries);
