using System.Text;

namespace Mu.Lua.Syntax.Diagnosis;

/// <summary>Reads words one by one with PUC's lexical errors (llex.c). Only for chunks that are already known to be wrong.</summary>
internal sealed class WordReader(byte[] source, string chunkName)
{
    private static readonly HashSet<string> Keywords =
    [
        "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil", "not", "or",
        "repeat", "return", "then", "true", "until", "while",
    ];

    private static readonly string[] LongOperators = ["...", "..", "==", "~=", "<=", ">=", "<<", ">>", "//", "::"];

    private readonly LineTable lines = new(source);
    private int position;

    /// <summary>Where the escape sequence begins that was read last.</summary>
    private int escape;

    private int Current => position < source.Length ? source[position] : -1;

    public Word Read()
    {
        SkipSpace();
        var start = position;
        if (Current < 0)
            return Make(Word.End, start);
        if (Current == '[' && LongBracketLevel() is var level && level != 0)
        {
            if (level < 0)
                throw Error("invalid long string delimiter", start, From(start, -level));
            SkipLong(level, start, "string");
            StringLiteral.TryDecode(source.AsSpan(start, position - start), out var value);
            return Make(Word.String, start) with { Text = From(start, level) + Encoding.Latin1.GetString(value) + From(position - level, level) };
        }
        if (Current is '"' or '\'')
            return ReadString();
        if (IsDigit(Current) || (Current == '.' && start + 1 < source.Length && IsDigit(source[start + 1])))
            return ReadNumber();
        if (IsNamePart(Current))
        {
            while (IsNamePart(Current))
                position++;
            var name = From(start, position - start);
            return Make(Keywords.Contains(name) ? name : Word.Name, start);
        }
        var symbol = LongOperators.FirstOrDefault(Matches) ?? ((char)Current).ToString();
        position += symbol.Length;
        return Make(symbol, start);
    }

    public LuaSyntaxException Error(string message, Word near) => Error(message, near.Line, near.Column, near.Shown);

    public LuaSyntaxException Error(string message, int line, int column, string near) =>
        new($"{ChunkName.Display(chunkName)}:{line}: {message} near {near}", line, column);

    private LuaSyntaxException Error(string message, int start, string text)
    {
        var line = lines.Find(Math.Min(position, source.Length)).Line;
        return Error(message, line, lines.Find(start).Column, text == Word.End ? text : $"'{Word.Visible(text)}'");
    }

    private Word Make(string kind, int start)
    {
        var at = lines.Find(start);
        // PUC counts lines while it reads: what spans lines is at its last one.
        var line = kind == Word.String ? lines.Find(position).Line : at.Line;
        var text = kind != Word.End && kind != Word.Name && position - start == 1 && (Current >= -1 && source[start] is < 32 or > 126)
            ? $"<\\{source[start]}>" : From(start, position - start);
        return new Word(kind, text, line, at.Column);
    }

    private string From(int start, int length) => Encoding.Latin1.GetString(source, start, Math.Min(length, source.Length - start));

    private bool Matches(string text) => source.AsSpan(position).StartsWith(Encoding.Latin1.GetBytes(text));

    private void SkipSpace()
    {
        while (true)
        {
            while (Current is ' ' or (>= 9 and <= 13))
                position++;
            if (!Matches("--"))
                return;
            var start = position;
            position += 2;
            if (Current == '[' && LongBracketLevel() is var level && level > 0)
                SkipLong(level, start, "comment");
            else
                while (Current is not ('\n' or '\r' or -1))
                    position++;
        }
    }

    /// <summary>At '[': the width of an opening long bracket; 0 for a plain '['; minus what was read when it is broken ("[=").</summary>
    private int LongBracketLevel()
    {
        var end = position + 1;
        while (end < source.Length && source[end] == '=')
            end++;
        if (end < source.Length && source[end] == '[')
            return end + 1 - position;
        return end == position + 1 ? 0 : position - end;
    }

    private void SkipLong(int width, int start, string what)
    {
        var line = lines.Find(start).Line;
        var close = "]" + new string('=', width - 2) + "]";
        position += width;
        var length = source.AsSpan(position).IndexOf(Encoding.Latin1.GetBytes(close));
        if (length < 0)
        {
            position = source.Length;
            throw Error($"unfinished long {what} (starting at line {line})", start, Word.End);
        }
        position += length + width;
    }

    private Word ReadNumber()
    {
        var start = position;
        var exponent = 'e';
        if (Current == '0' && start + 1 < source.Length && (source[start + 1] | 0x20) == 'x')
        {
            exponent = 'p';
            position += 2;
        }
        while (true)
        {
            if ((Current | 0x20) == exponent && Current > 0)
            {
                position++;
                if (Current is '+' or '-')
                    position++;
            }
            else if (Current == '.' || (Current > 0 && char.IsAsciiHexDigit((char)Current)))
            {
                position++;
            }
            else
            {
                break;
            }
        }
        if (IsNamePart(Current) && !IsDigit(Current))
            position++;
        var text = From(start, position - start);
        if (NumericLiteral.Parse(default, Encoding.Latin1.GetBytes(text)) is null)
            throw Error("malformed number", start, text);
        return Make(Word.Number, start);
    }

    private Word ReadString()
    {
        var start = position;
        var quote = source[position++];
        while (Current != quote)
        {
            switch (Current)
            {
                case -1:
                    throw Error("unfinished string", start, Word.End);
                case '\n' or '\r':
                    throw Error("unfinished string", start, Decoded(start, position));
                case '\\':
                    escape = position;
                    ReadEscape(start);
                    break;
                default:
                    position++;
                    break;
            }
        }
        position++;
        return Make(Word.String, start) with { Text = Decoded(start, position - 1) + (char)quote };
    }

    private void ReadEscape(int start)
    {
        position++;
        switch (Current)
        {
            case -1:
                return;
            case '\n' or '\r':
                var first = Current;
                position++;
                if (Current is '\n' or '\r' && Current != first)
                    position++;
                return;
            case 'z':
                do
                    position++;
                while (Current is ' ' or (>= 9 and <= 13));
                return;
            case 'x':
                position++;
                Demand(IsHex(Current), start, "hexadecimal digit expected");
                position++;
                Demand(IsHex(Current), start, "hexadecimal digit expected");
                position++;
                return;
            case 'u':
                ReadCodePoint(start);
                return;
        }
        if (!IsDigit(Current))
        {
            Demand("abfnrtv\\\"'".Contains((char)Current, StringComparison.Ordinal), start, "invalid escape sequence");
            position++;
            return;
        }
        var value = 0;
        for (var i = 0; i < 3 && IsDigit(Current); i++)
            value = value * 10 + source[position++] - '0';
        Demand(value <= 255, start, "decimal escape too large");
    }

    private void ReadCodePoint(int start)
    {
        position++;
        Demand(Current == '{', start, "missing '{'");
        position++;
        Demand(IsHex(Current), start, "hexadecimal digit expected");
        ulong value = 0;
        while (IsHex(Current))
        {
            Demand(value <= 0x7FFFFFFF >> 4, start, "UTF-8 value too large");
            value = (value << 4) + Convert.ToUInt32(((char)Current).ToString(), 16);
            position++;
        }
        Demand(Current == '}', start, "missing '}'");
        position++;
    }

    private void Demand(bool holds, int start, string message)
    {
        if (!holds)
            throw Error(message, start, Decoded(start, escape) + From(escape, position - escape + 1));
    }

    /// <summary>What PUC's buffer holds of a string that has been read up to a place: its escapes are decoded by then.</summary>
    private string Decoded(int start, int end)
    {
        var complete = StringLiteral.TryDecode([.. source.AsSpan(start, end - start), source[start]], out var value);
        System.Diagnostics.Debug.Assert(complete, "escapes before this place have been checked");
        return (char)source[start] + Encoding.Latin1.GetString(value);
    }

    private static bool IsDigit(int c) => c is >= '0' and <= '9';

    private static bool IsHex(int c) => c >= 0 && char.IsAsciiHexDigit((char)c);

    private static bool IsNamePart(int c) => c >= 0 && (c == '_' || char.IsAsciiLetterOrDigit((char)c));
}
