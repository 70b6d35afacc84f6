using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;
using Mu.Lua.Scoping;
using Mu.Lua.Syntax;
using SourcePosition = Mu.ClientLib.Sources.SourcePosition;

namespace Mu.Lua.Compilation;

/// <summary>
/// Compiles one Lua function to Mu IR: locals are SSA variables (or cells, where captured and reassigned), the operators' fast paths are inline, and the rest calls
/// the runtime functions. One file for each family of constructs.
/// </summary>
internal sealed partial class FunctionCompiler
{
    private readonly LuaRuntime runtime;
    private readonly Prototype prototype;
    private readonly FunctionNode node;
    private readonly LuaFunctionBuilder f;
    private readonly FunctionBuilder b;
    private readonly Dictionary<LocalVariable, Variable> locals = [];
    private readonly Dictionary<LuaLabel, (Label Label, int Scopes)> labels = [];

    /// <summary>What a vararg function was called with: the number of arguments, those in registers behind the parameters, and the rest.</summary>
    private Variable? argumentCount, extraArguments;
    private readonly Variable?[] arguments = new Variable?[LuaTypes.RegisterValues];

    /// <summary>The array of the varargs in a function that debug observes.</summary>
    private Variable? varargs;

    private FunctionCompiler(LuaRuntime runtime, Prototype prototype, Tier tier, Function function, object? entered, ulong[] enteredWith, Bundle bundle)
    {
        this.runtime = runtime;
        this.prototype = prototype;
        (this.entered, this.enteredWith) = (entered, enteredWith);
        node = prototype.Node;
        f = new LuaFunctionBuilder(bundle, function);
        b = f.B;
        Cells = new ConstantCells(f, prototype.ChunkStrings);
        b.CallKeepAlives = [Self];
        isObserved = entered is null && runtime.Observes(prototype);
        this.tier = isObserved ? Tier.Recording : tier;
    }

    private ConstantCells Cells { get; }

    /// <summary>The function object being executed.</summary>
    private Value Self => f.Parameters[0];

    /// <summary>Adds the definition of a prototype's function to a bundle; gives the cells to fill once it is loaded.</summary>
    public static ConstantCells Compile(LuaRuntime runtime, Prototype prototype, Bundle bundle)
    {
        var compiler = new FunctionCompiler(runtime, prototype, prototype.Tier, prototype.Function, null, [], bundle);
        compiler.CompileBody();
        return compiler.Cells;
    }

    /// <summary>Adds a function that goes on at the head of a loop of the prototype's function.</summary>
    public static ConstantCells CompileFromLoop(LuaRuntime runtime, Prototype prototype, LoopEntry entry, ulong[] variables, Function function, Bundle bundle)
    {
        var compiler = new FunctionCompiler(runtime, prototype, entry.Tier, function, entry.Loop, variables, bundle);
        compiler.CompileBody();
        return compiler.Cells;
    }

    private void CompileBody()
    {
        b.Version.SplitsCold = b.Version.PeelsLoops = tier == Tier.Specialized;
        b.SourceTag = prototype.Positions.Add(new SourcePosition(node.At.Line, node.At.Column));
        if (entered is null)
        {
            CountEntry();
            BeginObservation();
            BindParameters(f.Parameters[1], [.. f.Parameters.Skip(2).Take(LuaTypes.RegisterValues)], f.Parameters[^1]);
            ObserveEntry();
        }
        else
        {
            JumpIntoLoop();
            BindParameters(b.Int32(0), [f.Nil, f.Nil, f.Nil, f.Nil], f.NoExtra);
        }
        Statements(node.Body);
        if (b.IsReachable)
        {
            AtLine(node.LastLine);
            ObserveReturn();
            f.ReturnList();
        }
        b.Finish();
        if (!prototype.IsStripped) activeLines.Add(node.LastLine);
        prototype.ActiveLines = activeLines;
    }

    private void BindParameters(Value n, Value[] values, Value extra)
    {
        for (int i = 0; i < node.Parameters.Count; i++)
            Declare(node.Parameters[i], i < LuaTypes.RegisterValues ? values[i] : ExtraParameter(n, extra, i));
        if (isObserved && node.IsVararg) varargs = NewLive(CollectVarargs(n, values, extra), "varargs");
        else if (node.UsesVararg) KeepArguments(n, values, extra);
    }

    /// <summary>Parameter <paramref name="index"/> beyond the registers: nil when the caller gave fewer.</summary>
    private Value ExtraParameter(Value n, Value extra, int index)
    {
        var value = b.NewVariable(f.Nil);
        b.If(b.Compare(CompareOp.Sgt, n, b.Int32(index)), () => b.Write(value, b.Load(f.Item(extra, b.Int64(index - LuaTypes.RegisterValues)))));
        return b.Read(value);
    }

    /// <summary>Makes a local variable, with a fresh cell where it needs one.</summary>
    private void Declare(LocalVariable local, Value value)
    {
        if (isObserved)
        {
            DeclareObserved(local, value);
            return;
        }
        if (!locals.TryGetValue(local, out var variable))
            locals[local] = variable = b.NewVariable(local.NeedsCell ? LuaTypes.CellRef : LuaTypes.Value, local.Name);
        live.Add(variable);
        b.Write(variable, local.NeedsCell ? NewCell(value) : value);
    }

    private Value NewCell(Value value)
    {
        var cell = b.New(LuaTypes.Cell);
        b.StoreField(cell, 0, value);
        return cell;
    }

    private Value ReadLocal(LocalVariable local)
    {
        if (isObserved)
        {
            var word = b.Load(SlotOf(local.Index + 1));
            return local.NeedsCell ? b.Load(f.CellContent(word)) : word;
        }
        var value = b.Read(locals[local]);
        return local.NeedsCell ? b.LoadField(value, 0) : value;
    }

    private void WriteLocal(LocalVariable local, Value value)
    {
        if (isObserved) b.Store(local.NeedsCell ? f.CellContent(b.Load(SlotOf(local.Index + 1))) : SlotOf(local.Index + 1), value);
        else if (local.NeedsCell) b.StoreField(b.Read(locals[local]), 0, value);
        else b.Write(locals[local], value);
    }

    private Value ReadUpvalue(Upvalue upvalue)
    {
        var slot = b.Load(f.Upvalue(Self, upvalue.Index));
        return upvalue.Origin.NeedsCell ? b.Load(f.CellContent(slot)) : slot;
    }

    private void WriteUpvalue(Upvalue upvalue, Value value) => b.Store(f.CellContent(b.Load(f.Upvalue(Self, upvalue.Index))), value);

    private Site SiteOf(object at, int part = 0) => tier switch
    {
        Tier.Compact => runtime.Functions.NoSite,
        Tier.Recording => prototype.Feedback.Recording(at, part, b.Bundle),
        _ => prototype.Feedback.Recorded(at, part, b.Bundle, runtime.Vm, mayBeNew: entered is not null && !isInEntered),
    };

    /// <summary>Instructions from here on belong to a place of the source, with these operand names for messages.</summary>
    private void At(Syntax.SourcePosition at, OperandNames? names = null)
    {
        Mark(at, names);
        ObserveLine(at.Line);
    }

    /// <summary>The same where no line begins for debug's hooks: a loop's head, which says where an interrupted loop is.</summary>
    private void Mark(Syntax.SourcePosition at, OperandNames? names = null)
    {
        if (visible is not null) names = (names ?? new OperandNames(First: null)) with { Visible = visible };
        b.SourceTag = prototype.Positions.Add(new SourcePosition(at.Line, at.Column, names));
    }

    private void AtLine(int line) => At(new Syntax.SourcePosition(line, 0));
}
