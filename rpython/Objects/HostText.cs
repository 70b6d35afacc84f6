using System.Globalization;
using System.Numerics;
using System.Text;

namespace Mu.RPython.Objects;

/// <summary>Objects as text: str and repr at compile time.</summary>
internal static class HostText
{
    public static string Str(object value) => value switch
    {
        string s => s,
        PyUnicode u => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(u.Text)),
        bool b => b ? "True" : "False",
        long i => i.ToString(CultureInfo.InvariantCulture),
        BigInteger b => b.ToString(CultureInfo.InvariantCulture),
        PyFixedInteger f => HostNumbers.ToBig(f).ToString(CultureInfo.InvariantCulture),
        double d => Float(d, 12),
        Complex c => OfComplex(c, 12),
        PyInstance e when e.Class.IsSubclassOf(BuiltinTypes.BaseException) => MessageOf(e),
        _ => Repr(value),
    };

    public static string Repr(object value) => value switch
    {
        string s => Quote(s),
        PyUnicode u => "u" + Quote(u.Text),
        double d => Float(d, 17),
        Complex c => OfComplex(c, 17),
        PyNone => "None",
        PyTuple { Items.Length: 1 } t => $"({Repr(t.Items[0])},)",
        PyTuple t => $"({string.Join(", ", t.Items.Select(Repr))})",
        PyList l => $"[{string.Join(", ", l.Items.Select(Repr))}]",
        PyDict d => $"{{{string.Join(", ", d.Items.Select(p => $"{Repr(p.Key)}: {Repr(p.Value)}"))}}}",
        PySet s => $"set([{string.Join(", ", s.Items.Select(Repr))}])",
        PyClass { IsBuiltin: true } c => $"<type '{c.Name}'>",
        PyClass c => $"<class '{c.Module}.{c.Name}'>",
        PyFunction f => $"<function {f.Name}>",
        PyModule m => $"<module '{m.Name}'>",
        PyInstance i => $"<{i.Class.Module}.{i.Class.Name} object>",
        long or BigInteger or bool or PyFixedInteger => Str(value),
        _ => $"<{value}>",
    };

    private static string OfComplex(Complex value, int digits)
    {
        // As floats, but whole numbers without .0; a real part of zero is not written.
        string Part(double part) => Float(part, digits) is var text && text.EndsWith(".0", StringComparison.Ordinal) ? text[..^2] : text;
        string imaginary = Part(value.Imaginary) + "j";
        return value.Real == 0 && !double.IsNegative(value.Real) ? imaginary : $"({Part(value.Real)}{(imaginary[0] == '-' ? "" : "+")}{imaginary})";
    }

    /// <summary>The message of an exception.</summary>
    public static string MessageOf(PyInstance exception)
    {
        if (!exception.Fields.TryGetValue("args", out var args) || args is not PyTuple { Items: var items }) return "";
        return items.Length switch { 0 => "", 1 => Str(items[0]), _ => Repr(args) };
    }

    /// <summary>C's %g: so many digits, without zeros at the end, with an exponent where it is small or has as many digits.</summary>
    public static string General(double value, int precision)
    {
        int digits = Math.Max(1, precision);
        string scientific = value.ToString(digits == 1 ? "0e+00" : $"0.{new string('#', digits - 1)}e+00", CultureInfo.InvariantCulture);
        int exponent = int.Parse(scientific.AsSpan(scientific.IndexOf('e', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
        if (exponent < -4 || exponent >= digits) return scientific;
        string text = value.ToString($"F{digits - 1 - exponent}", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Float(double value, int digits)
    {
        if (double.IsNaN(value)) return "nan";
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        string text = digits == 17 ? value.ToString("R", CultureInfo.InvariantCulture) : value.ToString("G" + digits, CultureInfo.InvariantCulture);
        int exponentAt = text.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt >= 0)
        {
            int exponent = int.Parse(text.AsSpan(exponentAt + 1), CultureInfo.InvariantCulture);
            if (exponent is >= -4 and < 16) return value.ToString("F" + Math.Max(1, exponentAt - 1 - exponent), CultureInfo.InvariantCulture);
            return $"{text[..exponentAt]}e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}";
        }
        return text.Contains('.', StringComparison.Ordinal) ? text : text + ".0";
    }

    private static string Quote(string text)
    {
        char quote = text.Contains('\'', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal) ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        foreach (char c in text)
            switch (c)
            {
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                case '\\': result.Append("\\\\"); break;
                case var q when q == quote: result.Append('\\').Append(q); break;
                case < ' ' or (> '~' and <= '\u00ff'): result.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}"); break;
                case > '\u00ff': result.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: result.Append(c); break;
            }
        return result.Append(quote).ToString();
    }
}
