using System.Globalization;
using System.Numerics;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Tool;

/// <summary>Values on the command line, by their types.</summary>
internal static class ValueText
{
    /// <summary>The arguments of a function from words.</summary>
    public static MuValue[] Read(MuContext context, Function function, IReadOnlyList<string> words)
    {
        IReadOnlyList<MuType> types = function.Signature.Parameters;
        Queue<string> tokens = new(words.SelectMany(w => w.Replace("{", " { ", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        MuValue[] values = [.. types.Select((type, i) => Read(context, type, tokens, i))];
        return tokens.Count == 0 ? values : throw new ArgumentException($"@{function.Name} takes {types.Count} arguments; {string.Join(' ', tokens)} is too much");
    }

    private static MuValue Read(MuContext context, MuType type, Queue<string> tokens, int index)
    {
        if (!tokens.TryDequeue(out string? token)) throw new ArgumentException($"argument {index} is missing, a value of type {type}");
        return type switch
        {
            StructType s => ReadParts(context, type, s.Fields, token, tokens, index),
            SequenceType q => ReadParts(context, type, [.. Enumerable.Repeat(q.Element, checked((int)q.Length))], token, tokens, index),
            IntType i => i.Bits > 64 ? context.FromWideInteger(i, Integer(token, i.Bits, index)) : context.FromInteger(i, (ulong)Integer(token, i.Bits, index)),
            { Kind: TypeKind.Double } => context.FromDouble(Number(token, index)),
            { Kind: TypeKind.Float } => context.FromFloat((float)Number(token, index)),
            _ when token == "null" => context.Null(type),
            { IsPointer: true } => context.FromInteger(type, (ulong)Integer(token, 64, index)),
            _ => throw new ArgumentException($"argument {index}: a value of type {type} cannot be written, except null"),
        };
    }

    private static MuValue ReadParts(MuContext context, MuType type, IReadOnlyList<MuType> parts, string token, Queue<string> tokens, int index)
    {
        if (token != "{") throw new ArgumentException($"argument {index}: expected {{ for a value of type {type}, found {token}");
        MuValue[] values = [.. parts.Select(p => Read(context, p, tokens, index))];
        if (!tokens.TryDequeue(out string? end) || end != "}") throw new ArgumentException($"argument {index}: expected }} behind {values.Length} parts of {type}");
        return context.FromParts(type, values);
    }

    private static UInt128 Integer(string token, int bits, int index)
    {
        if (token is "true" or "false") return token == "true" ? 1u : 0u;
        string digits = (token[0] is '-' or '+' ? token[1..] : token).Replace("_", "", StringComparison.Ordinal);
        bool isHexadecimal = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        bool isInteger = isHexadecimal ? BigInteger.TryParse("0" + digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out BigInteger value)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);
        if (!isInteger) throw new ArgumentException($"argument {index}: expected an integer of {bits} bits, found {token}");
        if (token[0] == '-') value = -value;
        BigInteger size = BigInteger.One << bits;
        if (value >= size || value < -(size >> 1)) throw new ArgumentException($"argument {index}: {token} does not fit int<{bits}>");
        return (UInt128)(value < 0 ? value + size : value);
    }

    private static double Number(string token, int index) => token switch
    {
        "nan" => double.NaN,
        "inf" or "+inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.TryParse(token, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
            : throw new ArgumentException($"argument {index}: expected a number, found {token}"),
    };

    /// <summary>A value; integers are shown signed.</summary>
    public static string Of(MuContext context, MuValue value)
    {
        MuType type = context.TypeOf(value);
        return type switch
        {
            StructType s => Parts(context, Enumerable.Range(0, s.Fields.Count).Select(i => context.ExtractValue(value, i))),
            SequenceType q => Parts(context, Enumerable.Range(0, (int)q.Length).Select(i => context.ExtractElement(value, i))),
            IntType { Bits: > 64 } => ((Int128)context.ToUInt128(value)).ToString(CultureInfo.InvariantCulture),
            IntType { Bits: 1 } => context.ToUInt64(value).ToString(CultureInfo.InvariantCulture),
            IntType => context.ToInt64(value).ToString(CultureInfo.InvariantCulture),
            { Kind: TypeKind.Double } => context.ToDouble(value).ToString("R", CultureInfo.InvariantCulture),
            { Kind: TypeKind.Float } => context.ToFloat(value).ToString("R", CultureInfo.InvariantCulture),
            { IsPointer: true } => $"0x{context.ToUInt64(value):x}",
            { Kind: TypeKind.TagRef64 } => Tagged(context, value),
            { IsGeneralReference: true } => context.IsNull(value) ? "null" : $"<{type}>",
            _ => $"<{type}>",
        };
    }

    private static string Parts(MuContext context, IEnumerable<MuValue> parts) => $"{{{string.Join(' ', parts.Select(p => Of(context, p)))}}}";

    private static string Tagged(MuContext context, MuValue value) =>
        context.TagRefIsInt(value) ? Of(context, context.TagRefToInt(value)) : context.TagRefIsDouble(value) ? Of(context, context.TagRefToDouble(value))
            : $"{Of(context, context.TagRefToRef(value))} tag {Of(context, context.TagRefToTag(value))}";
}
