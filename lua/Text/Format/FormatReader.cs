namespace Mu.Lua.Text.Format;

/// <summary>
/// Walks over a format string (str_format of lstrlib.c): copies the text between conversions and stops at each conversion, for which the caller
/// writes one argument.
/// </summary>
internal ref struct FormatReader
{
    // MAX_FORMAT of lstrlib.c less the room it keeps for the length modifier.
    private const int MaxLength = 22;

    private readonly ReadOnlySpan<byte> _format;
    private int _at;
    private int _start;

    /// <summary>A reader at the start of the format.</summary>
    public FormatReader(ReadOnlySpan<byte> format)
    {
        _format = format;
    }

    /// <summary>The conversion at which the reader stands.</summary>
    public FormatSpec Current { get; private set; }

    /// <summary>Copies text up to the next conversion and reads that; false at the end. Look at <see cref="FormatSpec.Problem"/> before use.</summary>
    public bool MoveNext(ByteBuffer to)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _format[_at..];
            int percent = rest.IndexOf((byte)'%');
            if (percent < 0)
            {
                to.Append(rest);
                _at = _format.Length;
                return false;
            }
            to.Append(rest[..percent]);
            _start = _at + percent;
            _at = _start + 1;
            if (Peek(_at) != '%')
            {
                Read();
                return true;
            }
            to.Append((byte)'%');
            _at++;
        }
    }

    /// <summary>The message for <see cref="FormatSpec.Problem"/> of the current conversion.</summary>
    public readonly string ProblemText => FormatProblemText.Of(Current.Problem, _format[_start.._at]);

    private readonly byte Peek(int at) => at < _format.Length ? _format[at] : (byte)0;

    // getformat: spans everything that may be a modifier, then one letter.
    private void Read()
    {
        int first = _at;
        byte c;
        while (true)
        {
            c = Peek(_at);
            if (c is (byte)'-' or (byte)'+' or (byte)' ' or (byte)'#' or (byte)'.' or (>= (byte)'0' and <= (byte)'9')) _at++;
            else break;
        }
        int length = _at - first;
        if (_at < _format.Length) _at++;
        if (length + 1 >= MaxLength) Current = new FormatSpec { Conversion = c, Problem = FormatProblem.TooLong };
        else if (length == 0) Current = Plain(c);
        else Current = Modified(c, _format.Slice(first, length));
    }

    private static FormatSpec Plain(byte c) => new()
    {
        Conversion = c,
        Precision = -1,
        IsPlain = true,
        Problem = c == 'q' || LegalFlags(c, out _, out _) ? FormatProblem.None : FormatProblem.UnknownConversion,
    };

    // checkformat: flags, then at most two digits of width, then at most two of precision, then the letter.
    private static FormatSpec Modified(byte c, ReadOnlySpan<byte> modifiers)
    {
        if (c == 'q') return new FormatSpec { Conversion = c, Problem = FormatProblem.ModifiersOnQuote };
        if (!LegalFlags(c, out FormatFlags legal, out bool takesPrecision))
            return new FormatSpec { Conversion = c, Problem = FormatProblem.UnknownConversion };
        int at = 0;
        FormatFlags flags = FormatFlags.None;
        while (at < modifiers.Length && FlagOf(modifiers[at]) is var flag and not FormatFlags.None && (flag & legal) != 0)
        {
            flags |= flag;
            at++;
        }
        int width = 0, precision = -1;
        if (at < modifiers.Length && modifiers[at] != '0')
        {
            width = TwoDigits(modifiers, ref at);
            if (takesPrecision && at < modifiers.Length && modifiers[at] == '.')
            {
                at++;
                precision = TwoDigits(modifiers, ref at);
            }
        }
        return new FormatSpec
        {
            Conversion = c,
            Flags = flags,
            Width = (byte)width,
            Precision = (sbyte)precision,
            Problem = at == modifiers.Length ? FormatProblem.None : FormatProblem.InvalidSpecification,
        };
    }

    private static int TwoDigits(ReadOnlySpan<byte> text, ref int at)
    {
        int value = 0;
        for (int end = Math.Min(at + 2, text.Length); at < end && text[at] is >= (byte)'0' and <= (byte)'9'; at++)
            value = value * 10 + text[at] - '0';
        return value;
    }

    private static FormatFlags FlagOf(byte c) => c switch
    {
        (byte)'-' => FormatFlags.Left,
        (byte)'+' => FormatFlags.Plus,
        (byte)' ' => FormatFlags.Blank,
        (byte)'#' => FormatFlags.Alternate,
        (byte)'0' => FormatFlags.Zero,
        _ => FormatFlags.None,
    };

    // The L_FMTFLAGS strings of lstrlib.c. False for a letter that is no conversion.
    private static bool LegalFlags(byte c, out FormatFlags flags, out bool takesPrecision)
    {
        takesPrecision = c is not ((byte)'c' or (byte)'p');
        switch (c)
        {
            case (byte)'c' or (byte)'p' or (byte)'s':
                flags = FormatFlags.Left;
                return true;
            case (byte)'d' or (byte)'i':
                flags = FormatFlags.Left | FormatFlags.Plus | FormatFlags.Blank | FormatFlags.Zero;
                return true;
            case (byte)'u':
                flags = FormatFlags.Left | FormatFlags.Zero;
                return true;
            case (byte)'o' or (byte)'x' or (byte)'X':
                flags = FormatFlags.Left | FormatFlags.Alternate | FormatFlags.Zero;
                return true;
            case (byte)'a' or (byte)'A' or (byte)'e' or (byte)'E' or (byte)'f' or (byte)'g' or (byte)'G':
                flags = FormatFlags.Left | FormatFlags.Plus | FormatFlags.Blank | FormatFlags.Alternate | FormatFlags.Zero;
                return true;
            default:
                flags = FormatFlags.None;
                return false;
        }
    }
}
