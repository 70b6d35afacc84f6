using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Compilation;

/// <summary>The sites of a function, by the node of the syntax tree that each stands for. They outlive the code that records into them.</summary>
internal sealed class Feedback
{
    private readonly Dictionary<(object Node, int Part), GlobalCell> cells = [];

    private readonly List<LoopEntry> entries = [];

    private readonly Dictionary<object, GlobalCell> heats = [];

    /// <summary>Turns of a loop, or entries of the function, which its own node stands for.</summary>
    public GlobalCell HeatCell(object node, Bundle bundle)
    {
        if (!heats.TryGetValue(node, out var cell)) heats[node] = cell = bundle.AddGlobal(null, Core.Types.IntType.I64);
        return cell;
    }

    /// <summary>The count in a node's cell, if code has been made that counts there.</summary>
    public unsafe long Heat(object node, MuVM vm) => heats.TryGetValue(node, out var cell) ? *(long*)vm.AddressOfGlobal(cell) : 0;

    /// <summary>Sets the count back.</summary>
    public unsafe void Cool(object node, MuVM vm, long heat) => *(long*)vm.AddressOfGlobal(heats[node]) = heat;

    /// <summary>Where code of a tier begins at a loop, with its number.</summary>
    public (int Number, GlobalCell Code) EntryOf(object loop, Tier tier, Bundle bundle)
    {
        int known = entries.FindIndex(e => ReferenceEquals(e.Loop, loop) && e.Tier == tier);
        if (known >= 0) return (known, entries[known].Code);
        entries.Add(new LoopEntry(loop, tier, bundle.AddGlobal(null, LuaTypes.LoopCode)));
        return (entries.Count - 1, entries[^1].Code);
    }

    public LoopEntry Entry(int number) => entries[number];

    /// <summary>The site's cell; a new one goes into the bundle.</summary>
    public GlobalCell CellOf(object node, int part, Bundle bundle)
    {
        if (!cells.TryGetValue((node, part), out var cell)) cells[(node, part)] = cell = bundle.AddGlobal(null, Site.Type);
        return cell;
    }

    /// <summary>The cells that have no memory before their bundle is loaded.</summary>
    public unsafe void SetOwner(MuVM vm, int prototype)
    {
        foreach (var cell in cells.Values) ((SiteMemory*)vm.AddressOfGlobal(cell))->Owner = prototype;
    }

    /// <summary>At sites whose slow path runs every now and then, everything is expected from now on.</summary>
    public unsafe void Generalize(MuVM vm)
    {
        foreach (var cell in cells.Values)
        {
            var memory = (SiteMemory*)vm.AddressOfGlobal(cell);
            if (memory->SlowRuns >= Site.RecompilingRuns / 16) memory->Ints = memory->Floats = memory->Mixed = 1;
        }
    }

    /// <summary>A site as the recording tier sees it.</summary>
    public Site Recording(object node, int part, Bundle bundle) =>
        new() { Cell = CellOf(node, part, bundle), Expected = OperandKinds.Ints | OperandKinds.Floats, Records = true };

    /// <summary>
    /// A site as the last tier sees it. Nothing is known of one that has never been run; it is treated as in the tier before. Where code begins at a loop, a site behind that loop
    /// (<paramref name="mayBeNew"/>) has never been run because its time has not come: whatever it is given then is no exception.
    /// </summary>
    public unsafe Site Recorded(object node, int part, Bundle bundle, MuVM vm, bool mayBeNew)
    {
        if (!cells.TryGetValue((node, part), out var cell)) return Recording(node, part, bundle);
        var memory = *(SiteMemory*)vm.AddressOfGlobal(cell);
        if (mayBeNew && memory is { SlowRuns: 0, Common: OperandKinds.None })
            return new() { Cell = cell, Expected = OperandKinds.Numbers, Records = false, SlowIsCommon = true };
        return new()
        {
            Cell = cell,
            Expected = memory.Common == OperandKinds.None ? OperandKinds.Ints | OperandKinds.Floats : memory.Common,
            Records = false,
            SlowIsCommon = memory.SlowRuns >= Site.CommonSlowRuns,
            // A place is known once a slow path has put it there; where slow runs go on there is no one place.
            KnownPlace = memory.SlowRuns is > 0 and < Site.CommonSlowRuns ? memory.Place : -1,
        };
    }
}

/// <summary>A loop at which code of a tier begins, and the cell of that code, NULL until it is made.</summary>
internal sealed record LoopEntry(object Loop, Tier Tier, GlobalCell Code);
