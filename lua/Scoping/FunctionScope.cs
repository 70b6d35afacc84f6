using Mu.Lua.Syntax;

namespace Mu.Lua.Scoping;

/// <summary>An error of meaning, which the caller reports at the line that PUC would have reached by then.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="showsToken">Whether PUC's message ends with the token that it has reached.</param>
internal sealed class ScopeException(string message, bool showsToken = false) : Exception(message)
{
    public bool ShowsToken { get; } = showsToken;
}

/// <summary>The names of one function while it is being read: blocks, active locals, upvalues, labels (lparser.c's FuncState).</summary>
internal sealed class FunctionScope(FunctionScope? parent, int line, bool hasVisibleIdentities)
{
    private const int LocalLimit = 200;
    private const int UpvalueLimit = 255;

    private readonly List<BlockScope> blocks = [];
    private readonly List<LocalVariable> active = [];
    private readonly List<LocalVariable> locals = [];
    private readonly List<Upvalue> upvalues = [];
    private readonly Dictionary<string, Upvalue> upvaluesByName = [];

    private int created;

    /// <summary>Locals that are declared, active or not yet, and those of loops that have no name: what PUC's limit counts.</summary>
    private int declared;

    public FunctionScope? Parent => parent;

    public List<FunctionNode> Children { get; } = [];

    public bool IsVararg { get; set; }

    public bool UsesVararg { get; set; }

    public IReadOnlyList<LocalVariable> Locals => locals;

    public IReadOnlyList<Upvalue> Upvalues => upvalues;

    public void OpenBlock(bool isLoop) => blocks.Add(new BlockScope(active.Count, declared, isLoop));

    /// <summary>Ends the innermost block and gives the locals it declared.</summary>
    public IReadOnlyList<LocalVariable> CloseBlock()
    {
        var block = blocks[^1];
        blocks.RemoveAt(blocks.Count - 1);
        active.RemoveRange(block.FirstLocal, active.Count - block.FirstLocal);
        declared = block.FirstDeclared;
        if (blocks.Count == 0)
            RejectUndefined(block);
        else
            blocks[^1].Inherit(block);
        return block.Locals;
    }

    public LocalVariable NewLocal(string name, SourcePosition at, LocalAttribute attribute = LocalAttribute.None)
    {
        Declare(1);
        return new(name, at, attribute, created++) { HasVisibleIdentity = hasVisibleIdentities };
    }

    /// <summary>Counts locals towards the limit of a function.</summary>
    public void Declare(int count)
    {
        declared += count;
        CheckLimit(declared, LocalLimit, "local variables");
    }

    /// <summary>Makes a local visible from here to the end of the innermost block.</summary>
    public void Activate(LocalVariable local)
    {
        active.Add(local);
        locals.Add(local);
        blocks[^1].Locals.Add(local);
    }

    /// <summary>The local or upvalue of this name, or null when it is free.</summary>
    public (LocalVariable? Local, Upvalue? Upvalue) Resolve(string name)
    {
        var local = FindActive(name);
        return local is not null ? (local, null) : (null, FindUpvalue(name));
    }

    /// <summary>The main function's <c>_ENV</c>: captured from outside the chunk, and assignable like any other variable.</summary>
    public void AddEnvironment() => AddUpvalue(new Upvalue("_ENV", 0, new LocalVariable("_ENV", default, LocalAttribute.None, 0) { IsCaptured = true, HasVisibleIdentity = hasVisibleIdentities }, null));

    public LuaLabel DefineLabel(string name, SourcePosition at, bool endsBlock)
    {
        if (FindLabel(name) is { } old)
            throw new ScopeException($"label '{name}' already defined on line {old.At.Line}");
        var block = blocks[^1];
        // A label at the end of a block counts as outside the scope of the block's locals (manual, section 3.5).
        var label = new LuaLabel(name, at, endsBlock ? block.FirstLocal : active.Count);
        block.Labels.Add(name, label);
        for (var i = 0; i < block.Pending.Count;)
        {
            var pending = block.Pending[i];
            if (pending.Target is null || pending.Name != name)
            {
                i++;
                continue;
            }
            if (pending.ActiveLocals < label.ActiveLocals)
                throw new ScopeException($"<goto {name}> at line {pending.At.Line} jumps into the scope of local '{active[pending.ActiveLocals].Name}'");
            pending.Target.Label = label;
            block.Pending.RemoveAt(i);
        }
        return label;
    }

    public GotoTarget Goto(string name, SourcePosition at)
    {
        var target = new GotoTarget();
        if (FindLabel(name) is { } label)
            target.Label = label;
        else
            blocks[^1].Pending.Add(new PendingGoto(name, at, target, active.Count));
        return target;
    }

    public void Break(SourcePosition at)
    {
        if (!blocks.Exists(block => block.IsLoop))
            blocks[^1].Pending.Add(new PendingGoto("break", at, null, active.Count));
    }

    private LuaLabel? FindLabel(string name)
    {
        for (var i = blocks.Count - 1; i >= 0; i--)
        {
            if (blocks[i].Labels.TryGetValue(name, out var label))
                return label;
        }
        return null;
    }

    private LocalVariable? FindActive(string name)
    {
        for (var i = active.Count - 1; i >= 0; i--)
        {
            if (active[i].Name == name)
                return active[i];
        }
        return null;
    }

    private Upvalue? FindUpvalue(string name)
    {
        if (upvaluesByName.TryGetValue(name, out var known))
            return known;
        if (parent is null)
            return null;
        var (local, upvalue) = parent.Resolve(name);
        if (local is null && upvalue is null)
            return null;
        if (local is not null)
            local.IsCaptured = true;
        return AddUpvalue(new Upvalue(name, upvalues.Count, local, upvalue));
    }

    private Upvalue AddUpvalue(Upvalue upvalue)
    {
        CheckLimit(upvalues.Count + 1, UpvalueLimit, "upvalues");
        upvalues.Add(upvalue);
        upvaluesByName.Add(upvalue.Name, upvalue);
        return upvalue;
    }

    private void CheckLimit(int count, int limit, string what)
    {
        if (count <= limit)
            return;
        var where = parent is null ? "main function" : $"function at line {line}";
        throw new ScopeException($"too many {what} (limit is {limit}) in {where}", showsToken: true);
    }

    private static void RejectUndefined(BlockScope block)
    {
        if (block.Pending.Count == 0)
            return;
        var pending = block.Pending[0];
        throw new ScopeException(pending.Target is null
            ? $"break outside loop at line {pending.At.Line}"
            : $"no visible label '{pending.Name}' for <goto> at line {pending.At.Line}");
    }
}
