using Mu.Core.IR;
using Mu.Core.Verification;

namespace Mu.Core.Api;

/// <summary>
/// Names and ids of what is loaded. The entities of a function body have consecutive ids behind their version's, and are looked for in the body when somebody asks: a
/// dictionary of every instruction would cost more than the instructions.
/// </summary>
internal sealed class EntityTable : IVerificationScope
{
    // One number space for the process: shared entities such as IntType.I64 keep their number in every micro VM.
    private static readonly Lock Numbering = new();
    private static int lastId;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Entity> names = [];
    private readonly Dictionary<int, Entity> entities = [];
    private readonly SortedList<int, FunctionVersion> versions = [];

    /// <summary>The entity that has a name outside function bodies.</summary>
    public Entity? TopLevel(string name)
    {
        lock (gate) return names.GetValueOrDefault(name);
    }

    /// <summary>The entity of a name, also inside function bodies: those have their version's name as prefix.</summary>
    public Entity? Find(string name)
    {
        if (TopLevel(name) is { } found) return found;
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
            if (TopLevel(name[..dot]) is FunctionVersion version) return InBody(version).FirstOrDefault(e => e.Name == name);
        return null;
    }

    /// <summary>The entity of an id.</summary>
    public Entity? Find(int id)
    {
        FunctionVersion? version;
        lock (gate)
        {
            if (entities.TryGetValue(id, out Entity? found)) return found;
            version = VersionBefore(id);
        }
        return version is null ? null : InBody(version).FirstOrDefault(e => e.Id == id);
    }

    /// <summary>All entities outside function bodies, those added first in front.</summary>
    public IReadOnlyList<Entity> All()
    {
        lock (gate) return [.. entities.OrderBy(pair => pair.Key).Select(pair => pair.Value)];
    }

    /// <inheritdoc/>
    Entity? IVerificationScope.Find(string name) => TopLevel(name);

    /// <summary>Makes entities known; their names have been checked.</summary>
    public void Add(IReadOnlyCollection<Entity> loaded)
    {
        lock (gate)
        {
            foreach (Entity entity in loaded)
            {
                // An IR builder gives ids to what is in a body in its own order.
                if (entity is FunctionVersion { Id: not 0 } built)
                    foreach (Entity inner in InBody(built)) entities.TryAdd(inner.Id, inner);
                Number(entity);
                entities[entity.Id] = entity;
                if (entity.Name is { } name) names[name] = entity;
                if (entity is FunctionVersion version) versions[version.Id] = version;
            }
        }
    }

    /// <summary>An id for an entity to be.</summary>
    public static int NewId()
    {
        lock (Numbering) return ++lastId;
    }

    private static void Number(Entity entity)
    {
        lock (Numbering)
        {
            if (entity.Id != 0) return;
            entity.Id = ++lastId;
            if (entity is not FunctionVersion version) return;
            foreach (Entity inner in InBody(version)) inner.Id = ++lastId;
        }
    }

    private static IEnumerable<Entity> InBody(FunctionVersion version)
    {
        foreach (BasicBlock block in version.Blocks)
        {
            yield return block;
            foreach (BlockParameter parameter in block.Parameters) yield return parameter;
            if (block.ExceptionParameter is { } exception) yield return exception;
            foreach (Instruction instruction in block.Instructions)
            {
                yield return instruction;
                foreach (InstructionResult result in instruction.Results) yield return result;
            }
        }
    }

    private FunctionVersion? VersionBefore(int id)
    {
        int low = 0, high = versions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (versions.GetKeyAtIndex(middle) <= id) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? null : versions.GetValueAtIndex(low - 1);
    }
}
