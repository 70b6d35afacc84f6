using System.Globalization;
using System.Text;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

// The method format of strings.
internal static partial class HostFormat
{
    public static string Braces(Evaluator e, string format, object[] arguments, Dictionary<string, object>? keywords)
    {
        var result = new StringBuilder();
        int next = 0;
        for (int i = 0; i < format.Length; i++)
        {
            char c = format[i];
            if (c is not ('{' or '}')) result.Append(c);
            else if (i + 1 < format.Length && format[i + 1] == c) result.Append(format[i++]);
            else
            {
                int end = c == '{' ? format.IndexOf('}', i) : -1;
                if (end < 0) throw Evaluator.Raise("ValueError", $"Single '{c}' encountered in format string");
                result.Append(Field(format[(i + 1)..end]));
                i = end;
            }
        }
        return result.ToString();

        string Field(string field)
        {
            int colon = field.IndexOf(':', StringComparison.Ordinal);
            string specification = colon < 0 ? "" : field[(colon + 1)..], name = colon < 0 ? field : field[..colon];
            string conversion = name.Length > 1 && name[^2] == '!' ? name[^1..] : "";
            if (conversion.Length > 0) name = name[..^2];
            int path = name.IndexOfAny(['.', '[']);
            string first = path < 0 ? name : name[..path];
            object value = first.Length == 0 ? At(next++) : int.TryParse(first, CultureInfo.InvariantCulture, out int index) ? At(index)
                : keywords is not null && keywords.TryGetValue(first, out var named) ? named : throw new PyRaise(Evaluator.NewException(BuiltinTypes.Exception("KeyError"), first));
            if (path >= 0) value = Follow(value, name[path..]);
            if (conversion == "r") value = e.ToRepr(value);
            return Specified(e, specification, conversion == "s" ? e.ToStr(value) : value);
        }

        object At(int index) => index < arguments.Length ? arguments[index] : throw Evaluator.Raise("IndexError", "tuple index out of range");

        object Follow(object value, string path)
        {
            while (path.Length > 0)
            {
                bool isItem = path[0] == '[';
                int end = isItem ? path.IndexOf(']', StringComparison.Ordinal) : path.IndexOfAny(['.', '['], 1) is > 0 and var stop ? stop : path.Length;
                string key = path[1..end];
                value = !isItem ? HostAttributes.Get(e, value, key) : HostItems.Get(e, value, long.TryParse(key, CultureInfo.InvariantCulture, out long index) ? index : key);
                path = path[(isItem ? end + 1 : end)..];
            }
            return value;
        }
    }

    /// <summary>[[fill]align][sign][#][0][width][.precision][type], by the % operator for numbers.</summary>
    private static string Specified(Evaluator e, string specification, object value)
    {
        if (specification.Length == 0) return e.ToStr(value);
        char fill = ' ', align = '\0';
        int at = 0;
        if (specification.Length > 1 && specification[1] is '<' or '>' or '^' && specification.Length > 1) (fill, align, at) = (specification[0], specification[1], 2);
        else if (specification[0] is '<' or '>' or '^') (align, at) = (specification[0], 1);
        string rest = specification[at..];
        char type = rest.Length > 0 && char.IsAsciiLetter(rest[^1]) ? rest[^1] : '\0';
        if (type != '\0') rest = rest[..^1];
        bool isText = value is string or PyUnicode || !(HostNumbers.IsNumber(value) || value is PyFixedInteger);
        if (type == 'b') (value, isText) = (Radix(value, 2, rest.Contains('#', StringComparison.Ordinal) ? "0b" : ""), true);
        else if (type == '\0') type = isText ? 's' : value is double ? 'g' : 'd';
        string width = new([.. rest.SkipWhile(c => c is '+' or '-' or ' ' or '#' or '0').TakeWhile(char.IsAsciiDigit)]);
        bool isPadded = rest.TrimStart('+', '-', ' ', '#').StartsWith('0');
        if (align == '\0' && !(isPadded && type == 'b')) return One(e, (isText && !rest.StartsWith('-') ? "-" : "") + rest, isText ? 's' : type, value);
        string text = type == 'b' ? (string)value : One(e, width.Length > 0 ? rest.Replace(width, "", StringComparison.Ordinal) : rest, type, value);
        int count = width.Length > 0 ? int.Parse(width, CultureInfo.InvariantCulture) : 0;
        if (align == '\0') (align, fill) = ('>', isPadded ? '0' : ' ');
        int missing = Math.Max(0, count - text.Length);
        return align switch
        {
            '<' => text + new string(fill, missing),
            '>' => new string(fill, missing) + text,
            _ => new string(fill, missing / 2) + text + new string(fill, missing - (missing / 2)),
        };
    }
}
