using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.ClientLib.Building;

/// <summary>
/// Builds one function version. Code is written with mutable variables and labels, and values may be used wherever their definition
/// dominates; out comes the specification's goto-with-values form, in which every value that crosses a block boundary is a block parameter.
/// <para>
/// The construction is Braun et al.'s (CC 2013), on the fly and pruned: a block gets a parameter for a variable, or for a value of another block, when
/// something in the block or behind it asks for it. (Their removal of trivial φs has no place here: in this form the value needs
/// a parameter even where it cannot differ. The code generator sees through those.)
/// </para>
/// </summary>
public sealed partial class FunctionBuilder
{
    private readonly List<Label> labels = [];
    private readonly List<MuType> keyTypes = [];
    private readonly List<string?> keyNames = [];
    private readonly List<LocalValue?> keyOriginals = [];
    private readonly List<int> keyHomes = [];
    private readonly Dictionary<long, Value> definitions = [];
    private readonly Stack<(Label Label, int Key, BlockParameter Parameter)> pending = new();
    private readonly List<Label> handlers = [];
    private Label? current;
    private readonly string? namePrefix;
    private int namesGiven;
    private bool finished;

    /// <summary>
    /// Starts a version of <paramref name="function"/> in <paramref name="bundle"/>. The builder stands at the entry.
    /// With a version name, blocks and values get global names under it; without, all stay anonymous, which is cheaper.
    /// </summary>
    public FunctionBuilder(Bundle bundle, Function function, string? versionName = null)
    {
        Bundle = bundle;
        namePrefix = versionName;
        Version = bundle.Define(function, versionName);
        var entry = NewLabel("entry");
        var parameters = new Value[function.Signature.Parameters.Count];
        for (int i = 0; i < parameters.Length; i++) parameters[i] = AddParameter(entry, function.Signature.Parameters[i]);
        Parameters = parameters;
        entry.IsSealed = true;
        Place(entry);
    }

    /// <summary>The bundle.</summary>
    public Bundle Bundle { get; }

    /// <summary>The version under construction.</summary>
    public FunctionVersion Version { get; }

    /// <summary>The function's parameters.</summary>
    public IReadOnlyList<Value> Parameters { get; }

    /// <summary>Whether code emitted now could be executed: false behind a terminator, until a label is placed.</summary>
    public bool IsReachable => current is not null;

    /// <summary>The source tag that instructions get from now on (<see cref="Instruction.SourceTag"/>).</summary>
    public int SourceTag { get; set; }

    /// <summary>The KEEPALIVE clause that calls get from now on: values that stack walks can read in frames that wait for a call.</summary>
    public Value[] CallKeepAlives { get; set; } = [];

    /// <summary>The label whose block is being written.</summary>
    public Label Current => current ?? throw new InvalidOperationException("no label is placed: the last instruction ended its block");

    /// <summary>Makes a variable.</summary>
    public Variable NewVariable(MuType type, string? name = null) => new(type, name, NewKey(type, name, null, -1));

    /// <summary>Makes a variable that holds <paramref name="initial"/>.</summary>
    public Variable NewVariable(Value initial, string? name = null)
    {
        var variable = NewVariable(initial.Type, name);
        Write(variable, initial);
        return variable;
    }

    /// <summary>The variable's value here.</summary>
    public Value Read(Variable variable) => Resolve(variable.Key, Current);

    /// <summary>Gives the variable a new value from here on.</summary>
    public void Write(Variable variable, Value value)
    {
        Require(value, variable.Type, nameof(Write));
        definitions[At(Current, variable.Key)] = Use(value);
    }

    /// <summary>Makes a label. A cold one is expected to run rarely.</summary>
    public Label NewLabel(string? name = null, bool cold = false)
    {
        var block = new BasicBlock(Version) { Name = LocalName(name ?? "bb"), IsCold = cold, Slot = labels.Count };
        var label = new Label(this, block, labels.Count);
        labels.Add(label);
        return label;
    }

    /// <summary>Makes the label of an exception handler, for <see cref="Try(Label)"/>. Handlers are cold.</summary>
    public Label NewHandler(string? name = null)
    {
        var handler = NewLabel(name, cold: true);
        AddParameter(handler, WellKnownTypes.RefVoid);
        var pad = NewLabel(name, cold: true);
        var exception = Adopt(pad.Block.AddExceptionParameter(WellKnownTypes.RefVoid, LocalName(null)), pad);
        var destination = new Destination(handler.Block);
        AddEdge(pad, destination, handler, [exception]);
        pad.Block.Instructions.Add(new BranchInstruction(destination));
        pad.IsPlaced = true;
        Version.Blocks.Add(pad.Block);
        handler.Pad = pad;
        return handler;
    }

    /// <summary>Declares a parameter of a label; every jump to it then gives a value.</summary>
    public Value AddParameter(Label label, MuType type, string? name = null)
    {
        if (label.IsTargeted || label.Block.Parameters.Count != label.DeclaredParameters)
            throw new InvalidOperationException($"label {label}: parameters are declared before the first jump and the first use");
        label.DeclaredParameters++;
        return Adopt(label.Block.AddParameter(type, LocalName(name)), label);
    }

    /// <summary>Continues at a label; falls into it when control can get here.</summary>
    public void Place(Label label)
    {
        if (label.Owner != this) throw new ArgumentException($"label {label} belongs to another builder");
        if (label.IsPlaced) throw new InvalidOperationException($"label {label} is placed twice");
        if (current is not null) Jump(label);
        label.IsPlaced = true;
        Version.Blocks.Add(label.Block);
        current = label;
    }

    /// <summary>Says that no more jumps to the label will be made.</summary>
    public void Seal(Label label)
    {
        if (label.IsSealed) return;
        if (label.Pad is not null) Seal(label.Pad);
        label.IsSealed = true;
        foreach (var (key, parameter) in label.Incomplete) pending.Push((label, key, parameter));
        label.Incomplete.Clear();
        CompletePending();
    }

    /// <summary>Places a label that no later code jumps to, and seals it.</summary>
    public void PlaceSealed(Label label)
    {
        Place(label);
        Seal(label);
    }

    /// <summary>While the returned scope is open, an exception of an instruction that can raise one goes to <paramref name="handler"/>.</summary>
    public TryScope Try(Label handler)
    {
        if (handler.Pad is null) throw new ArgumentException($"label {handler} is not an exception handler");
        handlers.Add(handler);
        return new TryScope(this, handlers.Count - 1);
    }

    /// <summary>Number of open <see cref="Try(Label)"/> scopes.</summary>
    public int TryDepth => handlers.Count;

    /// <summary>While the returned scope is open, only the outermost <paramref name="depth"/> of the open try scopes are in force: for code that leaves the others.</summary>
    public OutsideScope OutsideTry(int depth)
    {
        var inner = handlers.GetRange(depth, handlers.Count - depth);
        handlers.RemoveRange(depth, inner.Count);
        return new OutsideScope(this, inner);
    }

    /// <summary>Ends construction: seals what is open, drops unreachable blocks and gives the version.</summary>
    public FunctionVersion Finish()
    {
        if (finished) throw new InvalidOperationException("Finish was called before");
        finished = true;
        if (current is not null) throw new InvalidOperationException($"control falls off the end of {Version.Function.Name} in block {current}");
        foreach (var label in labels)
        {
            if (label.IsTargeted && !label.IsPlaced && (label.Pad is null || label.Pad.IsTargeted || label.Predecessors.Count > 1)) throw new InvalidOperationException($"label {label} is jumped to but never placed");
            Seal(label);
        }
        DropUnreachable();
        foreach (var label in labels)
            foreach (var edge in label.Predecessors) edge.Destination.Arguments = [.. edge.Arguments];
        return Version;
    }

    private void DropUnreachable()
    {
        var reachable = new bool[labels.Count];
        var work = new Stack<BasicBlock>();
        reachable[0] = true;
        work.Push(labels[0].Block);
        while (work.TryPop(out var block))
            foreach (var destination in block.Terminator!.Destinations)
            {
                int index = destination.Target.Slot;
                if (reachable[index]) continue;
                reachable[index] = true;
                work.Push(destination.Target);
            }
        Version.Blocks.RemoveAll(b => !reachable[b.Slot]);
    }

    /// <summary>The value as the current block may name it: itself, or a parameter through which it comes in.</summary>
    internal Value Use(Value value)
    {
        if (value is not LocalValue local) return value;
        var here = Current;
        bool isHere = local is BlockParameter p ? p.Block == here.Block : keyHomes[local.Slot] == here.Index;
        return isHere ? local : Resolve(local.Slot, here);
    }

    private Value Resolve(int key, Label label)
    {
        var value = Lookup(key, label);
        CompletePending();
        return value;
    }

    private Value Lookup(int key, Label label)
    {
        if (keyHomes[key] == label.Index) return keyOriginals[key]!;
        if (definitions.TryGetValue(At(label, key), out var known)) return known;
        if (label.Index == 0)
            throw new InvalidOperationException(keyOriginals[key] is null
                ? $"variable {keyNames[key] ?? key.ToString()} is read where it may not have been written"
                : $"value {keyNames[key] ?? key.ToString()} is used where its definition does not dominate");
        var parameter = label.Block.AddParameter(keyTypes[key], LocalName(keyNames[key]));
        // A parameter that stands for a value shares the value's key; one that stands for a variable is a value of its own,
        // since the variable may be written again.
        parameter.Slot = keyOriginals[key] is not null ? key : NewKey(parameter.Type, keyNames[key], parameter, label.Index);
        definitions[At(label, key)] = parameter;
        if (label.IsSealed) pending.Push((label, key, parameter));
        else label.Incomplete.Add((key, parameter));
        return parameter;
    }

    private void CompletePending()
    {
        while (pending.TryPop(out var item))
        {
            // Several parameters of a label may be pending: each edge's arguments must be in parameter order.
            int position = item.Label.Block.Parameters.IndexOf(item.Parameter);
            foreach (var edge in item.Label.Predecessors)
            {
                while (edge.Arguments.Count <= position) edge.Arguments.Add(null!);
                edge.Arguments[position] = Lookup(item.Key, edge.From);
            }
        }
    }

    private void AddEdge(Label from, Destination destination, Label to, ReadOnlySpan<Value> arguments)
    {
        if (to.Owner != this) throw new ArgumentException($"label {to} belongs to another builder");
        if (to.IsSealed) throw new InvalidOperationException($"label {to} is sealed: no more jumps to it");
        if (arguments.Length != to.DeclaredParameters)
            throw new ArgumentException($"label {to} has {to.DeclaredParameters} declared parameters, the jump gives {arguments.Length}");
        var edge = new Edge(from, destination);
        for (int i = 0; i < arguments.Length; i++)
        {
            Require(arguments[i], to.Block.Parameters[i].Type, "Jump");
            edge.Arguments.Add(arguments[i]);
        }
        to.Predecessors.Add(edge);
    }

    private int NewKey(MuType type, string? name, LocalValue? original, int home)
    {
        keyTypes.Add(type);
        keyNames.Add(name);
        keyOriginals.Add(original);
        keyHomes.Add(home);
        return keyTypes.Count - 1;
    }

    private T Adopt<T>(T value, Label label) where T : LocalValue
    {
        value.Slot = NewKey(value.Type, value.Name, value, label.Index);
        return value;
    }

    private string? LocalName(string? name) => namePrefix is null ? null : $"{namePrefix}.{name ?? "v"}.{namesGiven++}";

    private static long At(Label label, int key) => ((long)label.Index << 32) | (uint)key;

    internal static void Require(Value value, MuType type, string operation)
    {
        if (!TypeEquality.Equal(value.Type, type))
            throw new ArgumentException($"{operation}: {value} has type {value.Type.Describe()}, expected {type.Describe()}");
    }

    /// <summary>The region of a <see cref="Try(Label)"/>.</summary>
    public readonly struct TryScope : IDisposable
    {
        private readonly FunctionBuilder builder;
        private readonly int depth;

        internal TryScope(FunctionBuilder builder, int depth)
        {
            this.builder = builder;
            this.depth = depth;
        }

        /// <summary>Ends the region.</summary>
        public void Dispose()
        {
            if (builder.handlers.Count != depth + 1) throw new InvalidOperationException("try scopes end in the reverse order of their beginning");
            builder.handlers.RemoveAt(depth);
        }
    }

    /// <summary>The region of <see cref="OutsideTry(int)"/>.</summary>
    public readonly struct OutsideScope : IDisposable
    {
        private readonly FunctionBuilder builder;
        private readonly List<Label> inner;

        internal OutsideScope(FunctionBuilder builder, List<Label> inner)
        {
            this.builder = builder;
            this.inner = inner;
        }

        /// <summary>Puts the inner scopes in force again.</summary>
        public void Dispose() => builder.handlers.AddRange(inner);
    }
}
