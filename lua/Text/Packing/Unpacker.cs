using System.Buffers.Binary;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Text.Packing;

/// <summary><c>string.unpack</c>: walks over data as a format says and stops at each value.</summary>
internal ref struct Unpacker
{
    private const int LuaIntegerSize = 8;

    private readonly ReadOnlySpan<byte> _data;
    private PackReader _format;
    private int _at;

    /// <summary>An unpacker at a Lua position in the data, which counts from the end when it is negative.</summary>
    public Unpacker(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, long position)
    {
        _format = new PackReader(format);
        _data = data;
        position = StringRange.Start(position, data.Length) - 1;
        if (position > data.Length) Problem = PackProblem.PositionOutOfString;
        else _at = (int)position;
    }

    /// <summary>What the current value is: an integer, a float or a string.</summary>
    public readonly PackKind Kind => _format.Current.Kind;

    /// <summary>The value of a signed or unsigned item.</summary>
    public long Integer { get; private set; }

    /// <summary>The value of a floating-point item.</summary>
    public double Real { get; private set; }

    /// <summary>The value of a string item: a part of the data.</summary>
    public ReadOnlySpan<byte> Text { get; private set; }

    /// <summary>The Lua position after the items read so far.</summary>
    public readonly int Position => _at + 1;

    /// <summary>Why <see cref="MoveNext"/> stopped, unless at the end.</summary>
    public PackProblem Problem { get; private set; }

    /// <summary>The message for <see cref="Problem"/>.</summary>
    public readonly string ProblemText
        => Problem == _format.Problem ? _format.ProblemText : PackProblemText.Of(Problem, _format.Current.Size);

    /// <summary>Reads the next value; false at the end or with a problem.</summary>
    public bool MoveNext()
    {
        while (Problem == PackProblem.None)
        {
            if (!_format.MoveNext(_at))
            {
                Problem = _format.Problem;
                return false;
            }
            PackItem item = _format.Current;
            if ((long)item.Alignment + item.Size > _data.Length - _at)
            {
                Problem = PackProblem.DataTooShort;
                return false;
            }
            _at += item.Alignment;
            if (item.TakesValue) Problem = Read(item, _data.Slice(_at, item.Size));
            _at += item.Size;
            if (item.TakesValue) return Problem == PackProblem.None;
        }
        return false;
    }

    // Leaves the position at the start of the item's fixed part; strings move it by their contents.
    private PackProblem Read(in PackItem item, ReadOnlySpan<byte> bytes)
    {
        switch (item.Kind)
        {
            case PackKind.Signed or PackKind.Unsigned:
                Integer = ReadInteger(item, bytes, out bool fits);
                return fits ? PackProblem.None : PackProblem.IntegerDoesNotFit;
            case PackKind.Float:
                Real = item.IsLittleEndian ? BinaryPrimitives.ReadSingleLittleEndian(bytes) : BinaryPrimitives.ReadSingleBigEndian(bytes);
                return PackProblem.None;
            case PackKind.Double:
                Real = item.IsLittleEndian ? BinaryPrimitives.ReadDoubleLittleEndian(bytes) : BinaryPrimitives.ReadDoubleBigEndian(bytes);
                return PackProblem.None;
            case PackKind.FixedString:
                Text = bytes;
                return PackProblem.None;
            case PackKind.CountedString:
                return ReadCounted(item, bytes);
            case PackKind.ZeroString:
                int length = _data[_at..].IndexOf((byte)0);
                if (length < 0) return PackProblem.UnfinishedString;
                Text = _data.Slice(_at, length);
                _at += length + 1;
                return PackProblem.None;
            default:
                throw new InvalidOperationException($"no value of kind {item.Kind}");
        }
    }

    private PackProblem ReadCounted(in PackItem item, ReadOnlySpan<byte> bytes)
    {
        ulong length = (ulong)ReadInteger(item, bytes, out bool fits);
        if (!fits) return PackProblem.IntegerDoesNotFit;
        if (length > (ulong)(_data.Length - _at - item.Size)) return PackProblem.DataTooShort;
        Text = _data.Slice(_at + item.Size, (int)length);
        _at += (int)length;
        return PackProblem.None;
    }

    // unpackint: bytes past the eighth must only repeat the sign.
    private static long ReadInteger(in PackItem item, ReadOnlySpan<byte> bytes, out bool fits)
    {
        ulong value = 0;
        int limit = Math.Min(bytes.Length, LuaIntegerSize);
        for (int i = limit - 1; i >= 0; i--) value = (value << 8) | ByteAt(item, bytes, i);
        bool isSigned = item.Kind == PackKind.Signed;
        fits = true;
        if (limit < LuaIntegerSize)
        {
            if (!isSigned) return (long)value;
            int unused = 64 - 8 * limit;
            return (long)(value << unused) >> unused;
        }
        byte rest = isSigned && (long)value < 0 ? (byte)0xff : (byte)0;
        for (int i = limit; i < bytes.Length; i++) fits &= ByteAt(item, bytes, i) == rest;
        return (long)value;
    }

    private static byte ByteAt(in PackItem item, ReadOnlySpan<byte> bytes, int i) => bytes[item.IsLittleEndian ? i : bytes.Length - 1 - i];
}
