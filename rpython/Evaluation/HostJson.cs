using System.Globalization;
using System.Text;
using System.Text.Json;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>JSON as Python's module json writes and reads it: strings that it reads are unicode strings.</summary>
internal static class HostJson
{
    public static string Dumps(Evaluator e, object value, bool sortsKeys)
    {
        var text = new StringBuilder();
        Write(value);
        return text.ToString();

        void Write(object item)
        {
            switch (item)
            {
                case PyNone: text.Append("null"); break;
                case bool b: text.Append(b ? "true" : "false"); break;
                case string or PyUnicode: Quote(text, item is string s ? Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(s)) : item.ToString()!); break;
                case PyList or PyTuple: Sequence('[', e.Iterate(item), ']', Write); break;
                case PyDict d:
                    var pairs = sortsKeys ? d.Items.OrderBy(p => KeyOf(p.Key), StringComparer.Ordinal) : d.Items.AsEnumerable();
                    Sequence('{', pairs, '}', pair =>
                    {
                        Write(KeyOf(pair.Key));
                        text.Append(": ");
                        Write(pair.Value);
                    });
                    break;
                case var number when HostNumbers.IsNumber(number): text.Append(HostText.Repr(number)); break;
                default: throw Evaluator.Raise("TypeError", $"{HostText.Repr(item)} is not JSON serializable");
            }
        }

        void Sequence<T>(char open, IEnumerable<T> items, char close, Action<T> one)
        {
            text.Append(open);
            bool isFirst = true;
            foreach (var item in items)
            {
                if (!isFirst) text.Append(", ");
                isFirst = false;
                one(item);
            }
            text.Append(close);
        }
    }

    public static object Loads(string source)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.Latin1.GetBytes(source));
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw Evaluator.Raise("ValueError", e.Message);
        }
    }

    private static string KeyOf(object key) => key switch { PyNone => "null", bool b => b ? "true" : "false", string s => s, PyUnicode u => u.Text, _ => HostText.Repr(key) };

    private static object Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null: return PyNone.Value;
            case JsonValueKind.True: return true;
            case JsonValueKind.False: return false;
            case JsonValueKind.String: return new PyUnicode(element.GetString()!);
            case JsonValueKind.Array: return new PyList(element.EnumerateArray().Select(Read));
            case JsonValueKind.Object:
                var dict = new PyDict();
                foreach (var property in element.EnumerateObject()) dict.Items[new PyUnicode(property.Name)] = Read(property.Value);
                return dict;
            default:
                string number = element.GetRawText();
                if (number.AsSpan().ContainsAny('.', 'e', 'E')) return double.Parse(number, CultureInfo.InvariantCulture);
                return HostNumbers.Normalize(System.Numerics.BigInteger.Parse(number, CultureInfo.InvariantCulture));
        }
    }

    private static void Quote(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (char c in value)
            switch (c)
            {
                case '"' or '\\': text.Append('\\').Append(c); break;
                case '\n': text.Append("\\n"); break;
                case '\r': text.Append("\\r"); break;
                case '\t': text.Append("\\t"); break;
                case '\b': text.Append("\\b"); break;
                case '\f': text.Append("\\f"); break;
                case < ' ' or > '~': text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default: text.Append(c); break;
            }
        text.Append('"');
    }
}
