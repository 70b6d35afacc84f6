namespace Mu.Lua.Scoping;

/// <summary>An open block: its first active and its first declared local, its labels, and the gotos in it that wait for one.</summary>
internal sealed class BlockScope(int firstLocal, int firstDeclared, bool isLoop)
{
    public int FirstLocal { get; } = firstLocal;

    public int FirstDeclared { get; } = firstDeclared;

    public bool IsLoop { get; } = isLoop;

    public List<LocalVariable> Locals { get; } = [];

    public Dictionary<string, LuaLabel> Labels { get; } = [];

    public List<PendingGoto> Pending { get; } = [];

    /// <summary>Takes over what waits in a block inside this one, which has just ended.</summary>
    public void Inherit(BlockScope inner)
    {
        foreach (var pending in inner.Pending)
        {
            pending.ActiveLocals = Math.Min(pending.ActiveLocals, inner.FirstLocal);
            Pending.Add(pending);
        }
    }
}
