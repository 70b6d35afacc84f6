using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>The functions of a family of r_dicts: of equality and of hashing. Those that are not the same in all of the dicts, such as methods of instances made at run time, are in each dict.</summary>
internal sealed class DictFunctions
{
    public TypeCell Equal { get; } = new("the equality of an r_dict");

    public TypeCell Hash { get; } = new("the hash function of an r_dict");

    /// <summary>Those that the dicts have in them.</summary>
    public IEnumerable<TypeCell> Stored => new[] { Equal, Hash }.Where(f => Known(f.Value) is null);

    /// <summary>A function, or a method of a prebuilt instance, if it is the only one.</summary>
    public static object? Known(SomeValue function) => function.Constant is PyFunction or PyMethod { Self: not null, Function: PyFunction } ? function.Constant : null;

    public void Add(Annotator annotator, SomeValue equal, SomeValue hash)
    {
        Equal.Add(annotator, equal);
        Hash.Add(annotator, hash);
    }

    public void Merge(Annotator annotator, DictFunctions other)
    {
        Equal.Merge(annotator, other.Equal);
        Hash.Merge(annotator, other.Hash);
    }
}
