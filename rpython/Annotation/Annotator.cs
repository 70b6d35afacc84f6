using Mu.RPython.Evaluation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Annotation;

/// <summary>
/// Whole-program type inference: functions are annotated block by block from the entry point, and again when something that they looked at has widened, until nothing changes.
/// </summary>
internal sealed partial class Annotator
{
    private readonly Evaluator evaluator;
    private readonly CompileErrors errors;
    private readonly Queue<AnnotatedFunction> queue = new();
    private readonly HashSet<AnnotatedFunction> queued = [];
    private readonly List<AnnotatedFunction> functions = [];
    private int line;

    public Annotator(Evaluator evaluator, CompileErrors errors)
    {
        this.evaluator = evaluator;
        this.errors = errors;
        Classes = new ClassTable(this);
    }

    public ClassTable Classes { get; }

    public CallableFamilies Families { get; } = new();

    /// <summary>The function being annotated.</summary>
    public AnnotatedFunction? Current { get; private set; }

    /// <summary>All functions, in the order in which calls of them were met.</summary>
    public IReadOnlyList<AnnotatedFunction> Functions => functions;

    public SourceLine Here => Current is null ? new SourceLine("prebuilt objects", 0) : new SourceLine(Current.Function.Module.File, line);

    /// <summary>What is wrong in a function of the library is wrong for the program's call of it.</summary>
    public CompileException Error(string message)
    {
        var (function, at) = (Current, line);
        while (function is { CalledFrom: { } caller } && function.Function.Module.File.StartsWith("<library>", StringComparison.Ordinal)) (function, at) = caller;
        return function == Current || function is null ? new(Here, message) : new(new SourceLine(function.Function.Module.File, at), $"{message} (in {Here})");
    }

    public void Enqueue(AnnotatedFunction function)
    {
        if (queued.Add(function)) queue.Enqueue(function);
    }

    /// <summary>Told now and then how far annotation is.</summary>
    public Action<string>? Progress { get; set; }

    /// <summary>Annotates until nothing changes.</summary>
    public void Run()
    {
        while (queue.TryDequeue(out var function))
        {
            queued.Remove(function);
            Current = function;
            Progress?.Invoke($"annotating: {functions.Count} functions, {queue.Count} to do");
            try
            {
                Annotate(function);
            }
            catch (CompileException e)
            {
                errors.Add(e);
            }
            Current = null;
        }
    }

    private void Annotate(AnnotatedFunction function)
    {
        var graph = function.Graph;
        bool changed = true;
        for (int i = 0; i < function.Parameters.Length; i++) Widen(graph.Start.Parameters[i], function.Parameters[i].Read(this), ref changed);
        var reached = new HashSet<FlowBlock> { graph.Start };
        var wrong = new HashSet<FlowBlock>();
        while (changed)
        {
            changed = false;
            foreach (var block in graph.Blocks)
                if (reached.Contains(block) && !wrong.Contains(block)) Annotate(function, block, reached, wrong, ref changed);
        }
    }

    /// <summary>Types that do not fit where blocks meet end a block.</summary>
    private void Annotate(AnnotatedFunction function, FlowBlock block, HashSet<FlowBlock> reached, HashSet<FlowBlock> wrong, ref bool changed)
    {
        try
        {
            Annotate(function, block, reached, ref changed);
        }
        catch (CompileException e)
        {
            errors.Add(e);
            wrong.Add(block);
        }
    }

    private void Annotate(AnnotatedFunction function, FlowBlock block, HashSet<FlowBlock> reached, ref bool changed)
    {
        foreach (var operation in block.Operations)
        {
            line = operation.Line;
            var operands = new SomeValue[operation.Operands.Length];
            for (int i = 0; i < operands.Length; i++)
            {
                operands[i] = Of(operation.Operands[i]);
                if (operands[i] is SomeImpossible) return;
            }
            // As in RPython: what has been None only so far may become more; code that uses it is not reached yet.
            if (operands is [SomeNone, ..] && operation.Code is OpCode.GetAttribute or OpCode.SetAttribute or OpCode.GetItem or OpCode.SetItem or OpCode.GetSlice or OpCode.Call or OpCode.Iterate && operands[0] is SomeNone) return;
            var result = Array.Exists(operands, o => o is SomeWrong) ? SomeWrong.Instance : AnnotateOrReport(operation, operands);
            if (block.Exception is { } handler && operation == block.Operations[^1] && operation.CanRaise)
            {
                Widen(block.ExceptionValue!, new SomeInstance(Classes.Of(BuiltinTypes.BaseException), false), ref changed);
                Follow(handler, reached, ref changed);
            }
            if (result is SomeImpossible && operation.Code is not (OpCode.SetAttribute or OpCode.SetItem or OpCode.Append or OpCode.DeleteItem or OpCode.SetSlice or OpCode.DeleteSlice))
            {
                if (operation.Code == OpCode.Next && block.End is NextEnd { Done: var done }) Follow(done, reached, ref changed);
                return;
            }
            // The result of a call belongs to the operands of now: with those of before it may have been another specialisation's.
            if (operation.Code == OpCode.Call && operation.Result.Annotation is SomeInteger { Kind: var before } && result is SomeInteger { Kind: var now } && before != now)
            {
                operation.Result.Annotation = result;
                changed = true;
            }
            else Widen(operation.Result, result, ref changed);
        }
        switch (block.End)
        {
            case ReturnEnd e:
                line = e.Line;
                function.Result.Add(this, Of(e.Value));
                break;
            case BranchEnd e when Of(e.Condition).Constant is bool known: Follow(known ? e.Yes : e.No, reached, ref changed); break;
            case RaiseEnd: break;
            default:
                foreach (var link in block.End!.Links) Follow(link, reached, ref changed);
                break;
        }
    }

    /// <summary>What is wrong is reported, and what comes after it looked at none the less, so that one run names as much as it can.</summary>
    private SomeValue AnnotateOrReport(Operation operation, SomeValue[] operands)
    {
        try
        {
            return Annotate(operation, operands);
        }
        catch (UnionException e)
        {
            errors.Add(Error($"{e.First} and {e.Second} do not fit"));
        }
        catch (CompileException e)
        {
            errors.Add(e);
        }
        return SomeWrong.Instance;
    }

    private void Follow(FlowLink link, HashSet<FlowBlock> reached, ref bool changed)
    {
        if (reached.Add(link.Target)) changed = true;
        for (int i = 0; i < link.Arguments.Count; i++)
            if (link.Arguments[i] is not UndefinedOperand) Widen(link.Target.Parameters[i], Of(link.Arguments[i]), ref changed);
    }

    private void Widen(FlowVariable variable, SomeValue added, ref bool changed)
    {
        var old = variable.Annotation ?? SomeImpossible.Instance;
        SomeValue union;
        try
        {
            union = Lattice.Union(this, old, added);
        }
        catch (UnionException e)
        {
            throw Error($"{(variable.Name is { } name && name[0] != '.' ? $"'{name}'" : "a value")} would be both {old} and {added}{(e.First == old ? "" : $": {e.Message} do not fit")}");
        }
        if (union == old) return;
        variable.Annotation = union;
        changed = true;
    }

    /// <summary>What is known of an operand.</summary>
    public SomeValue Of(Operand operand) => operand switch
    {
        ConstantOperand c => OfConstant(c.Value),
        FlowVariable v => v.Annotation ?? SomeImpossible.Instance,
        _ => SomeImpossible.Instance,
    };
}
