using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>Struct, array and vector values.</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>A struct, array or vector value of these fields or elements.</summary>
    public MuValue FromParts(MuType type, params ReadOnlySpan<MuValue> parts)
    {
        using HeapAccess inside = Thread.Inside();
        int count = PartCount(type);
        if (parts.Length != count) throw new ArgumentException($"{type} has {count} parts");
        var scalars = new List<ulong>();
        for (int i = 0; i < count; i++)
        {
            Require(PartType(type, i), TypeOf(parts[i]), $"part {i}");
            scalars.AddRange(handles.Words(parts[i]));
        }
        return Handle(type, scalars.ToArray());
    }

    /// <summary>A field of a struct value (<c>extract_value</c>).</summary>
    public MuValue ExtractValue(MuValue value, int field) => Extract(value, RequireStruct(value), field);

    /// <summary>A struct value with another field (<c>insert_value</c>).</summary>
    public MuValue InsertValue(MuValue value, int field, MuValue newField) => Insert(value, RequireStruct(value), field, newField);

    /// <summary>An element of an array or vector value (<c>extract_element</c>).</summary>
    public MuValue ExtractElement(MuValue value, int index) => Extract(value, RequireSequence(value), index);

    /// <summary>An array or vector value with another element (<c>insert_element</c>).</summary>
    public MuValue InsertElement(MuValue value, int index, MuValue newElement) => Insert(value, RequireSequence(value), index, newElement);

    private MuValue Extract(MuValue value, MuType type, int index)
    {
        using HeapAccess inside = Thread.Inside();
        MuType part = PartType(type, index);
        return Handle(part, handles.Words(value).AsSpan(ScalarPart.Before(type, index), ScalarPart.Of(part).Length));
    }

    private MuValue Insert(MuValue value, MuType type, int index, MuValue newPart)
    {
        using HeapAccess inside = Thread.Inside();
        Require(PartType(type, index), TypeOf(newPart), "the new part");
        ulong[] words = handles.Words(value);
        handles.Words(newPart).CopyTo(words.AsSpan(ScalarPart.Before(type, index)));
        return Handle(type, words);
    }

    private StructType RequireStruct(MuValue value) => TypeOf(value) as StructType ?? throw new ArgumentException($"{TypeOf(value)} is no struct type");

    private SequenceType RequireSequence(MuValue value) => TypeOf(value) as SequenceType ?? throw new ArgumentException($"{TypeOf(value)} is no array or vector type");

    private static int PartCount(MuType type) => type switch
    {
        StructType s => s.Fields.Count,
        SequenceType q => checked((int)q.Length),
        _ => throw new ArgumentException($"{type} has no parts"),
    };

    private static MuType PartType(MuType type, int index)
    {
        if ((uint)index >= (uint)PartCount(type)) throw new ArgumentOutOfRangeException(nameof(index), $"{type} has {PartCount(type)} parts");
        return type is StructType s ? s.Fields[index] : ((SequenceType)type).Element;
    }
}
