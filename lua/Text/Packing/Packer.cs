using System.Buffers.Binary;

namespace Mu.Lua.Text.Packing;

/// <summary>
/// <c>string.pack</c> and <c>packsize</c>. For each item of a <see cref="PackReader"/>, call <see cref="Begin"/> and then the write that its kind
/// wants; the position for the reader is the length of the buffer.
/// </summary>
internal static class Packer
{
    private const byte PaddingByte = 0;
    private const int LuaIntegerSize = 8;

    /// <summary>Adds the bytes before an item, and those of an item that takes no value.</summary>
    public static void Begin(in PackItem item, ByteBuffer to)
        => to.Append(PaddingByte, item.Alignment + (item.Kind == PackKind.Padding ? 1 : 0));

    /// <summary>Adds the value of a signed or unsigned item.</summary>
    public static PackProblem WriteInteger(in PackItem item, long value, ByteBuffer to)
    {
        bool isSigned = item.Kind == PackKind.Signed;
        if (item.Size < LuaIntegerSize)
        {
            long limit = 1L << (item.Size * 8 - 1);
            if (isSigned && (value < -limit || value >= limit)) return PackProblem.IntegerOverflow;
            if (!isSigned && (ulong)value >= (ulong)limit * 2) return PackProblem.UnsignedOverflow;
        }
        WriteBytes(item, value, isSigned && value < 0, to);
        return PackProblem.None;
    }

    /// <summary>Adds the value of a floating-point item.</summary>
    public static void WriteReal(in PackItem item, double value, ByteBuffer to)
    {
        Span<byte> bytes = to.Extend(item.Size);
        switch ((item.Kind, item.IsLittleEndian))
        {
            case (PackKind.Float, true): BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value); break;
            case (PackKind.Float, false): BinaryPrimitives.WriteSingleBigEndian(bytes, (float)value); break;
            case (PackKind.Double, true): BinaryPrimitives.WriteDoubleLittleEndian(bytes, value); break;
            case (PackKind.Double, false): BinaryPrimitives.WriteDoubleBigEndian(bytes, value); break;
            default: throw new ArgumentOutOfRangeException(nameof(item));
        }
    }

    /// <summary>Adds the value of one of the three string items.</summary>
    public static PackProblem WriteString(in PackItem item, ReadOnlySpan<byte> text, ByteBuffer to)
    {
        switch (item.Kind)
        {
            case PackKind.FixedString:
                if (text.Length > item.Size) return PackProblem.StringTooLong;
                to.Append(text);
                to.Append(PaddingByte, item.Size - text.Length);
                return PackProblem.None;
            case PackKind.CountedString:
                if (item.Size < LuaIntegerSize && text.Length >= 1L << (item.Size * 8)) return PackProblem.LengthDoesNotFit;
                WriteBytes(item, text.Length, isNegative: false, to);
                to.Append(text);
                return PackProblem.None;
            case PackKind.ZeroString:
                if (text.Contains((byte)0)) return PackProblem.ContainsZeros;
                to.Append(text);
                to.Append((byte)0);
                return PackProblem.None;
            default:
                throw new ArgumentOutOfRangeException(nameof(item));
        }
    }

    /// <summary>The size of all the items of a format; -1 with a problem and its message.</summary>
    public static long Size(ReadOnlySpan<byte> format, out PackProblem problem, out string message)
    {
        var reader = new PackReader(format);
        long total = 0;
        message = "";
        for (problem = PackProblem.None; reader.MoveNext(total);)
        {
            PackItem item = reader.Current;
            if (item.Kind is PackKind.CountedString or PackKind.ZeroString) problem = PackProblem.VariableLength;
            else if (total + item.Alignment + item.Size > int.MaxValue) problem = PackProblem.ResultTooLarge;
            if (problem != PackProblem.None)
            {
                message = PackProblemText.Of(problem, 0);
                return -1;
            }
            total += item.Alignment + item.Size;
        }
        problem = reader.Problem;
        if (problem == PackProblem.None) return total;
        message = reader.ProblemText;
        return -1;
    }

    private static void WriteBytes(in PackItem item, long value, bool isNegative, ByteBuffer to)
    {
        Span<byte> bytes = to.Extend(item.Size);
        for (int i = 0; i < bytes.Length; i++)
        {
            byte part = i < LuaIntegerSize ? (byte)(value >> (8 * i)) : isNegative ? (byte)0xff : (byte)0;
            bytes[item.IsLittleEndian ? i : bytes.Length - 1 - i] = part;
        }
    }
}
