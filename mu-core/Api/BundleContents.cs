using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>What belongs to a bundle outside of function bodies: what it lists, and the global variables that those reach.</summary>
internal sealed class BundleContents
{
    private readonly HashSet<Entity> seen = [];
    private readonly List<Entity> entities = [];

    /// <summary>Collects the contents.</summary>
    public BundleContents(Bundle bundle)
    {
        foreach (Entity type in bundle.Types) Take(type);
        foreach (Entity signature in bundle.Signatures) Take(signature);
        foreach (GlobalValue value in (IEnumerable<GlobalValue>)[.. bundle.Constants, .. bundle.Globals, .. bundle.Functions, .. bundle.Exposed]) Add(value);
        foreach (FunctionVersion version in bundle.Versions) Add(version);
    }

    /// <summary>All of it.</summary>
    public IReadOnlyList<Entity> Entities => entities;

    private bool Take(Entity entity)
    {
        if (!seen.Add(entity)) return false;
        entities.Add(entity);
        return true;
    }

    private void Add(FunctionVersion version)
    {
        if (!Take(version)) return;
        Add(version.Function);
        foreach (BasicBlock block in version.Blocks)
            foreach (Instruction instruction in block.Instructions)
            {
                AddGlobals(instruction.Operands);
                foreach (Destination destination in instruction.Destinations) AddGlobals(destination.Arguments);
            }
    }

    private void AddGlobals(Value[] values)
    {
        foreach (Value value in values)
            if (value is GlobalValue global) Add(global);
    }

    private void Add(GlobalValue value)
    {
        if (!Take(value)) return;
        if (value is CompositeConstant composite)
            foreach (GlobalValue element in composite.Elements) Add(element);
        if (value is ExposedFunction exposed) Add(exposed.Function);
    }
}
