namespace Mu.Lua.Text.Packing;

/// <summary>Reads a pack format item by item, with its endianness and alignment (getoption and getdetails of lstrlib.c).</summary>
internal ref struct PackReader
{
    // MAXALIGN and the sizes of int, long and size_t of the x86-64 ABI.
    private const int NativeAlignment = 8;
    private const int IntSize = 4;
    private const int LongSize = 8;

    private readonly ReadOnlySpan<byte> _format;
    private int _at;
    private bool _isLittleEndian = true;
    private int _maxAlignment = 1;
    private int _detail;

    /// <summary>A reader at the start of the format, which ends at its first zero byte.</summary>
    public PackReader(ReadOnlySpan<byte> format)
    {
        int zero = format.IndexOf((byte)0);
        _format = zero < 0 ? format : format[..zero];
    }

    /// <summary>The item read last; its alignment is the number of bytes before it.</summary>
    public PackItem Current { get; private set; }

    /// <summary>Why <see cref="MoveNext"/> stopped, unless at the end.</summary>
    public PackProblem Problem { get; private set; }

    /// <summary>The message for <see cref="Problem"/>.</summary>
    public readonly string ProblemText => PackProblemText.Of(Problem, _detail);

    /// <summary>Reads the item that starts at a position in the data; false at the end or with a problem.</summary>
    public bool MoveNext(long position)
    {
        if (_at == _format.Length) return false;
        bool alignsOnly = _format[_at] == 'X';
        PackKind kind = ReadOption(out int size);
        if (Problem != PackProblem.None) return false;
        int alignment = size;
        if (alignsOnly)
        {
            PackKind next = _at < _format.Length ? ReadOption(out alignment) : PackKind.None;
            if (Problem != PackProblem.None) return false;
            if (next == PackKind.FixedString || alignment == 0) return Fail(PackProblem.InvalidNextOption);
        }
        int padding = 0;
        if (alignment > 1 && kind != PackKind.FixedString)
        {
            alignment = Math.Min(alignment, _maxAlignment);
            if ((alignment & (alignment - 1)) != 0) return Fail(PackProblem.AlignmentNotPowerOfTwo);
            padding = (alignment - (int)(position & (alignment - 1))) & (alignment - 1);
        }
        Current = new PackItem(kind, size, padding, _isLittleEndian);
        return true;
    }

    private bool Fail(PackProblem problem, int detail = 0)
    {
        Problem = problem;
        _detail = detail;
        return false;
    }

    private PackKind ReadOption(out int size)
    {
        byte option = _format[_at++];
        switch (option)
        {
            case (byte)'b': size = 1; return PackKind.Signed;
            case (byte)'B': size = 1; return PackKind.Unsigned;
            case (byte)'h': size = 2; return PackKind.Signed;
            case (byte)'H': size = 2; return PackKind.Unsigned;
            case (byte)'i': size = ReadIntegerSize(IntSize); return PackKind.Signed;
            case (byte)'I': size = ReadIntegerSize(IntSize); return PackKind.Unsigned;
            case (byte)'l' or (byte)'j': size = LongSize; return PackKind.Signed;
            case (byte)'L' or (byte)'J' or (byte)'T': size = LongSize; return PackKind.Unsigned;
            case (byte)'f': size = sizeof(float); return PackKind.Float;
            case (byte)'d' or (byte)'n': size = sizeof(double); return PackKind.Double;
            case (byte)'s': size = ReadIntegerSize(LongSize); return PackKind.CountedString;
            case (byte)'c': size = ReadFixedSize(); return PackKind.FixedString;
            case (byte)'z': size = 0; return PackKind.ZeroString;
            case (byte)'x': size = 1; return PackKind.Padding;
            default:
                size = 0;
                ReadSetting(option);
                return PackKind.None;
        }
    }

    private void ReadSetting(byte option)
    {
        switch (option)
        {
            case (byte)'X' or (byte)' ': break;
            case (byte)'<' or (byte)'=': _isLittleEndian = true; break;
            case (byte)'>': _isLittleEndian = false; break;
            case (byte)'!': _maxAlignment = ReadIntegerSize(NativeAlignment); break;
            default: Fail(PackProblem.InvalidOption, option); break;
        }
    }

    private int ReadIntegerSize(int otherwise)
    {
        int size = ReadNumber(otherwise);
        if (size is < 1 or > PackItem.MaxIntegerSize) Fail(PackProblem.SizeOutOfLimits, size);
        return size;
    }

    private int ReadFixedSize()
    {
        int size = ReadNumber(-1);
        if (size < 0) Fail(PackProblem.MissingSize);
        return size;
    }

    // Stops before the number could pass an int; further digits are then taken for an option, as in getnum.
    private int ReadNumber(int otherwise)
    {
        if (!IsDigit()) return otherwise;
        int number = 0;
        do number = number * 10 + _format[_at++] - '0';
        while (IsDigit() && number <= (int.MaxValue - 9) / 10);
        return number;
    }

    private readonly bool IsDigit() => _at < _format.Length && _format[_at] is >= (byte)'0' and <= (byte)'9';
}
