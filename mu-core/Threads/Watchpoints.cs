using Mu.Core.Compiler.Code;

namespace Mu.Core.Threads;

/// <summary>
/// Which watchpoints are enabled, and where compiled code has them. Disabled ones cost nothing: their places are NOPs, which are made jumps. Threads that run meanwhile
/// see the change soon (specification: a relaxed store).
/// </summary>
internal sealed class Watchpoints(CodeMemory memory)
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, List<(ulong Code, WatchpointPatch Patch)>> places = [];
    private volatile HashSet<int> enabled = [];

    /// <summary>Whether a watchpoint is enabled.</summary>
    public bool IsEnabled(int id) => enabled.Contains(id);

    /// <summary>Notes the places of new code, before any of it can run.</summary>
    public void Add(CompiledFunction code)
    {
        if (code.Watchpoints.Length == 0) return;
        lock (gate)
        {
            foreach (WatchpointPatch patch in code.Watchpoints)
            {
                if (!places.TryGetValue(patch.Id, out var list)) places.Add(patch.Id, list = []);
                list.Add((code.Start, patch));
                if (IsEnabled(patch.Id)) memory.PatchAtomically(code.Start + (ulong)patch.Offset, patch.Enabled);
            }
        }
    }

    /// <summary>Enables or disables a watchpoint wherever it is.</summary>
    public void Set(int id, bool enable)
    {
        lock (gate)
        {
            if (IsEnabled(id) == enable) return;
            HashSet<int> changed = [.. enabled];
            if (enable) changed.Add(id);
            else changed.Remove(id);
            enabled = changed;
            foreach ((ulong code, WatchpointPatch patch) in places.GetValueOrDefault(id) ?? [])
                memory.PatchAtomically(code + (ulong)patch.Offset, enable ? patch.Enabled : WatchpointPatch.Disabled);
        }
    }
}
