using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Values of type tagref64.</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>Whether a tagref64 holds a double (<c>tr64_is_fp</c>).</summary>
    public bool TagRefIsDouble(MuValue value) => TagRef64.IsDouble(Word(value, TypeKind.TagRef64));

    /// <summary>Whether a tagref64 holds an integer (<c>tr64_is_int</c>).</summary>
    public bool TagRefIsInt(MuValue value) => TagRef64.IsInt(Word(value, TypeKind.TagRef64));

    /// <summary>Whether a tagref64 holds a reference (<c>tr64_is_ref</c>).</summary>
    public bool TagRefIsRef(MuValue value) => TagRef64.IsRef(Word(value, TypeKind.TagRef64));

    /// <summary>A tagref64 of a double (<c>tr64_from_fp</c>). NaNs become one.</summary>
    public MuValue TagRefFromDouble(MuValue value) => Handle(SimpleType.TagRef64, TagRef64.FromDouble(ToDouble(value)));

    /// <summary>A tagref64 of an int&lt;52&gt; (<c>tr64_from_int</c>).</summary>
    public MuValue TagRefFromInt(MuValue value)
    {
        Require(IntType.I52, TypeOf(value), "the integer");
        return Handle(SimpleType.TagRef64, TagRef64.FromInt(ToInt64(value)));
    }

    /// <summary>A tagref64 of a reference and an int&lt;6&gt; tag (<c>tr64_from_ref</c>).</summary>
    public MuValue TagRefFromRef(MuValue reference, MuValue tag)
    {
        using HeapAccess inside = Thread.Inside();
        Require(IntType.I6, TypeOf(tag), "the tag");
        return Handle(SimpleType.TagRef64, TagRef64.FromRef(Word(reference, TypeKind.Ref), (int)ToUInt64(tag)));
    }

    /// <summary>The double (<c>tr64_to_fp</c>).</summary>
    public MuValue TagRefToDouble(MuValue value) =>
        TagRefIsDouble(value) ? FromDouble(TagRef64.ToDouble(Word(value))) : throw new ArgumentException("the tagref64 holds no double");

    /// <summary>The int&lt;52&gt; (<c>tr64_to_int</c>).</summary>
    public MuValue TagRefToInt(MuValue value) =>
        TagRefIsInt(value) ? FromInteger(IntType.I52, TagRef64.ToInt(Word(value))) : throw new ArgumentException("the tagref64 holds no integer");

    /// <summary>The reference, a ref&lt;void&gt; (<c>tr64_to_ref</c>).</summary>
    public MuValue TagRefToRef(MuValue value)
    {
        using HeapAccess inside = Thread.Inside();
        return TagRefIsRef(value) ? Handle(RefVoid, TagRef64.ToAddress(Word(value))) : throw new ArgumentException("the tagref64 holds no reference");
    }

    /// <summary>The reference's tag, an int&lt;6&gt; (<c>tr64_to_tag</c>).</summary>
    public MuValue TagRefToTag(MuValue value) =>
        TagRefIsRef(value) ? FromInteger(IntType.I6, TagRef64.ToTag(Word(value))) : throw new ArgumentException("the tagref64 holds no reference");
}
