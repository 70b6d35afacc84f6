using System.Diagnostics;
using Mu.Core.IR;
using Mu.RPython.Annotation;
using Mu.RPython.Evaluation;
using Mu.RPython.Flow;
using Mu.RPython.Lowering;
using Mu.RPython.Objects;
using Mu.RPython.Runtime;
using Mu.RPython.Syntax;

namespace Mu.RPython.Compilation;

/// <summary>
/// From a source file to a program: run its modules, take the entry point, annotate what it reaches, lower it. Everything wrong that is found is reported, not the first thing only.
/// </summary>
/// <param name="file">The main module.</param>
/// <param name="arguments">The program's arguments.</param>
/// <param name="progress">Told what is being done.</param>
internal sealed class ProgramCompiler(string file, string[] arguments, Action<string>? progress = null)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<(string Phase, TimeSpan Time)> phases = [];
    private readonly ModuleLoader loader = new(Path.GetDirectoryName(Path.GetFullPath(file))!);
    private readonly CompileErrors errors = new();
    private Annotator? annotator;
    private ProgramLowering? lowering;

    public IEnumerable<string> Errors => errors.Messages;

    public int SourceLines => loader.SourceLines;

    /// <summary>The phases so far, and how long each took.</summary>
    public IReadOnlyList<(string Phase, TimeSpan Time)> Phases => phases;

    /// <summary>The annotated functions, for dumps.</summary>
    public IReadOnlyList<AnnotatedFunction> Functions => annotator?.Functions ?? [];

    public IReadOnlyDictionary<AnnotatedFunction, Function> Lowered => lowering?.Functions ?? new Dictionary<AnnotatedFunction, Function>();

    public Bundle? Bundle => lowering?.Bundle;

    /// <summary>The program, or null when <see cref="Errors"/> says what is wrong.</summary>
    public CompiledProgram? Compile()
    {
        var evaluator = new Evaluator(loader);
        try
        {
            if (EntryPoint(evaluator) is not { } entry) return null;
            EndPhase("import");
            var argv = new PyList([file, .. arguments]);
            annotator = new Annotator(evaluator, errors);
            foreach (string exception in (string[])["IndexError", "KeyError", "ZeroDivisionError", "OverflowError", "ValueError", "TypeError", "AssertionError", "RuntimeError", "MemoryError", "StopIteration"])
                annotator.Classes.Of(BuiltinTypes.Exception(exception));
            var argvType = (SomeList)annotator.OfConstant(argv);
            argvType.Type.Item.Add(annotator, SomeString.Byte);
            var main = annotator.Enter(null, entry, [new PlannedArgument(new ConstantOperand(argv))]);
            main.Parameters[0].Add(annotator, argvType with { Constant = null });
            progress?.Invoke("annotating");
            annotator.Progress = progress;
            annotator.Run();
            EndPhase("annotate");
            if (errors.Any) return null;
            progress?.Invoke($"lowering {annotator.Functions.Count} functions");
            lowering = new ProgramLowering(evaluator, annotator, errors);
            var code = lowering.Lower(main);
            EndPhase("lower");
            if (errors.Any) return null;
            var names = annotator.Classes.All.ToDictionary(c => lowering.NumbersOf(c).First, c => c.Name);
            return new CompiledProgram(lowering.Bundle, lowering.Heap, code, names, lowering.Sources, lowering.Natives);
        }
        catch (CompileException e)
        {
            errors.Add(e);
            return null;
        }
        catch (PythonSyntaxException e)
        {
            errors.Add(new CompileException(new SourceLine(e.File, e.Line), e.Message));
            return null;
        }
        catch (PyRaise e)
        {
            var at = e.Trace.Count > 0 ? e.Trace[0] : new SourceLine(file, 0);
            errors.Add(new CompileException(at, $"while modules were imported: {e.Message}{string.Concat(e.Trace.Skip(1).Select(t => $"\n    from {t}"))}"));
            return null;
        }
    }

    private void EndPhase(string name)
    {
        phases.Add((name, clock.Elapsed));
        clock.Restart();
    }

    /// <summary>target(driver, args) gives the entry point, as RPython's translator expects; or the module has entry_point itself.</summary>
    private PyFunction? EntryPoint(Evaluator evaluator)
    {
        progress?.Invoke("importing modules");
        var module = loader.RunMain(evaluator, file);
        if (module.Names.GetValueOrDefault("target") is { } target && FunctionOf(target) is { Node: var node })
        {
            var library = loader.Library(evaluator, "rpython.translator.driver").Names;
            var driver = evaluator.Call(library["TranslationDriver"]);
            object[] known = [driver, new PyList([]), HostAttributes.Get(evaluator, driver, "config")];
            int parameters = node.Parameters.Length - (target is PyMethod { Self: not null } ? 1 : 0);
            var given = evaluator.Call(target, [.. known.Take(node.Rest is null ? parameters : Math.Max(2, parameters))]);
            if (given is PyTuple { Items: [var first, ..] }) given = first;
            if (given is PyMethod { Self: not null }) given = evaluator.Call(library["function_of"], given);
            if (given is PyFunction entry) return entry;
        }
        if (module.Names.GetValueOrDefault("entry_point") is PyFunction direct) return direct;
        errors.Add(new CompileException(new SourceLine(file, 1), "the program has neither target(driver, args) nor entry_point(argv)"));
        return null;
    }

    private static PyFunction? FunctionOf(object callable) => callable as PyFunction ?? (callable as PyMethod)?.Function as PyFunction;
}
