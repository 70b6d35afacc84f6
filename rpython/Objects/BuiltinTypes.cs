using System.Globalization;
using System.Numerics;
using Mu.RPython.Evaluation;

namespace Mu.RPython.Objects;

/// <summary>The built-in types and exceptions.</summary>
internal static class BuiltinTypes
{
    private const string Module = "__builtin__";

    public static readonly PyClass Object = new("object", [], Module) { Constructor = (_, _) => new PyInstance(Object!) };
    public static readonly PyClass Type = new("type", [Object], Module) { Constructor = (e, a) => a.Length == 3 ? MakeClass(e, a) : Of(a[0]) };
    public static readonly PyClass NoneType = new("NoneType", [Object], Module);
    public static readonly PyClass Int = new("int", [Object], Module) { Constructor = (_, a) => ToInteger(a), Names = { ["BITS"] = 64L, ["SIGNED"] = true } };
    public static readonly PyClass Bool = new("bool", [Int], Module) { Constructor = (e, a) => a.Length > 0 && e.IsTrue(a[0]) };
    public static readonly PyClass Long = new("long", [Object], Module) { Constructor = (_, a) => ToInteger(a) };
    public static readonly PyClass Float = new("float", [Object], Module) { Constructor = (_, a) => ToFloat(a) };
    public static readonly PyClass Complex = new("complex", [Object], Module) { Constructor = (_, a) => HostNumbers.ToComplex(a.Length > 0 ? a[0] : 0L) + (a.Length > 1 ? System.Numerics.Complex.ImaginaryOne * HostNumbers.ToComplex(a[1]) : 0) };
    public static readonly PyClass BaseString = new("basestring", [Object], Module);
    public static readonly PyClass Str = new("str", [BaseString], Module) { Constructor = (e, a) => a.Length == 0 ? "" : e.ToStr(a[0]) };
    public static readonly PyClass Unicode = new("unicode", [BaseString], Module) { Constructor = (e, a) => new PyUnicode(a.Length == 0 ? "" : a[0] is PyUnicode u ? u.Text : e.ToStr(a[0])) };
    public static readonly PyClass Tuple = new("tuple", [Object], Module) { Constructor = (e, a) => a.Length == 0 ? PyTuple.Empty : new PyTuple([.. e.Iterate(a[0])]) };
    public static readonly PyClass List = new("list", [Object], Module) { Constructor = (e, a) => new PyList(a.Length == 0 ? [] : e.Iterate(a[0])) };
    public static readonly PyClass Dict = new("dict", [Object], Module) { Constructor = MakeDict };
    public static readonly PyClass Set = new("set", [Object], Module) { Constructor = (e, a) => new PySet(a.Length == 0 ? [] : e.Iterate(a[0])) };
    public static readonly PyClass FrozenSet = new("frozenset", [Object], Module) { Constructor = (e, a) => new PySet(a.Length == 0 ? [] : e.Iterate(a[0])) };
    public static readonly PyClass Slice = new("slice", [Object], Module);
    public static readonly PyClass Function = new("function", [Object], Module);
    public static readonly PyClass Method = new("instancemethod", [Object], Module);
    public static readonly PyClass ModuleType = new("module", [Object], Module);
    public static readonly PyClass BuiltinFunction = new("builtin_function_or_method", [Object], Module);
    public static readonly PyClass Property = new("property", [Object], Module)
    {
        Constructor = (_, a) => new PyProperty(a.Length > 0 ? a[0] : PyNone.Value, a.Length > 1 ? a[1] : PyNone.Value),
    };
    public static readonly PyClass StaticMethod = new("staticmethod", [Object], Module) { Constructor = (_, a) => new PyStaticMethod(a[0]) };
    public static readonly PyClass ClassMethod = new("classmethod", [Object], Module) { Constructor = (_, a) => new PyClassMethod(a[0]) };

    private static readonly Dictionary<IntegerKind, PyClass> FixedIntegers = [];

    public static readonly PyClass RUInt = FixedInteger(IntegerKind.Unsigned);
    public static readonly PyClass RInt32 = FixedInteger(IntegerKind.Signed32);
    public static readonly PyClass RUInt32 = FixedInteger(IntegerKind.Unsigned32);
    public static readonly PyClass RInt16 = FixedInteger(IntegerKind.Signed16);
    public static readonly PyClass RUInt16 = FixedInteger(IntegerKind.Unsigned16);
    public static readonly PyClass RInt8 = FixedInteger(IntegerKind.Signed8);
    public static readonly PyClass RUInt8 = FixedInteger(IntegerKind.Unsigned8);
    public static readonly PyClass RLongLongLong = FixedInteger(IntegerKind.Signed128);
    public static readonly PyClass RULongLongLong = FixedInteger(IntegerKind.Unsigned128);

    public static readonly PyClass BaseException = new("BaseException", [Object], "exceptions");

    /// <summary>The exceptions: name and base.</summary>
    public static readonly Dictionary<string, PyClass> Exceptions = MakeExceptions();

    public static readonly Dictionary<string, PyClass> All = new PyClass[]
    {
        Object, Type, Int, Bool, Long, Float, Complex, BaseString, Str, Unicode, Tuple, List, Dict, Set, FrozenSet, Slice, Property, StaticMethod, ClassMethod,
    }.ToDictionary(c => c.Name);

    public static PyClass Exception(string name) => Exceptions[name];

    public static PyClass Of(object value) => value switch
    {
        PyNone => NoneType,
        bool => Bool,
        long => Int,
        BigInteger => Long,
        double => Float,
        System.Numerics.Complex => Complex,
        string => Str,
        PyUnicode => Unicode,
        PyTuple => Tuple,
        PyList => List,
        PyDict => Dict,
        PySet => Set,
        PySlice => Slice,
        PyClass => Type,
        PyInstance i => i.Class,
        PyFixedInteger f => FixedIntegers[f.Kind],
        PyFunction => Function,
        PyMethod => Method,
        PyModule => ModuleType,
        PyStaticMethod => StaticMethod,
        PyClassMethod => ClassMethod,
        PyProperty => Property,
        _ => BuiltinFunction,
    };

    /// <summary>The kind of a fixed-width integer type, or of int; null for other classes.</summary>
    public static IntegerKind? KindOf(PyClass type)
    {
        if (type == Int || type == Long) return IntegerKind.Signed;
        foreach (var (kind, c) in FixedIntegers)
            if (c == type) return kind;
        return null;
    }

    public static PyClass ClassOf(IntegerKind kind) => kind == IntegerKind.Signed ? Int : FixedIntegers[kind];

    private static PyClass FixedInteger(IntegerKind kind)
    {
        var c = new PyClass(kind.Name, [Object], "rpython.rlib.rarithmetic") { Constructor = (_, a) => HostNumbers.Fix(kind, HostNumbers.ToBig(a.Length == 0 ? 0L : a[0])) };
        FixedIntegers.Add(kind, c);
        c.Names["BITS"] = (long)kind.Bits;
        c.Names["SIGNED"] = kind.IsSigned;
        c.Names["MASK"] = HostNumbers.Normalize((BigInteger.One << kind.Bits) - 1);
        return c;
    }

    /// <summary>What OSError and IOError are made from, in order.</summary>
    public static readonly string[] EnvironmentErrorAttributes = ["errno", "strerror", "filename"];

    private static Dictionary<string, PyClass> MakeExceptions()
    {
        var all = new Dictionary<string, PyClass> { ["BaseException"] = BaseException };
        (string Name, string Base)[] list =
        [
            ("Exception", "BaseException"), ("SystemExit", "BaseException"), ("KeyboardInterrupt", "BaseException"), ("GeneratorExit", "BaseException"),
            ("StandardError", "Exception"), ("StopIteration", "Exception"), ("Warning", "Exception"), ("UserWarning", "Warning"), ("DeprecationWarning", "Warning"), ("RuntimeWarning", "Warning"),
            ("ArithmeticError", "StandardError"), ("OverflowError", "ArithmeticError"), ("ZeroDivisionError", "ArithmeticError"), ("FloatingPointError", "ArithmeticError"),
            ("AssertionError", "StandardError"), ("AttributeError", "StandardError"), ("EnvironmentError", "StandardError"), ("IOError", "EnvironmentError"),
            ("OSError", "EnvironmentError"), ("EOFError", "StandardError"), ("ImportError", "StandardError"), ("LookupError", "StandardError"), ("IndexError", "LookupError"),
            ("KeyError", "LookupError"), ("MemoryError", "StandardError"), ("NameError", "StandardError"), ("UnboundLocalError", "NameError"), ("RuntimeError", "StandardError"),
            ("NotImplementedError", "RuntimeError"), ("SyntaxError", "StandardError"), ("SystemError", "StandardError"), ("TypeError", "StandardError"),
            ("ValueError", "StandardError"), ("UnicodeError", "ValueError"), ("UnicodeDecodeError", "UnicodeError"), ("UnicodeEncodeError", "UnicodeError"),
        ];
        foreach (var (name, @base) in list) all.Add(name, new PyClass(name, [all[@base]], "exceptions"));
        return all;
    }

    private static PyClass MakeClass(Evaluator evaluator, object[] a)
    {
        var c = new PyClass((string)a[0], [.. ((PyTuple)a[1]).Items.Cast<PyClass>()], evaluator.CurrentModule) { Source = evaluator.Here };
        foreach (var (key, value) in ((PyDict)a[2]).Items) c.Names[(string)key] = value;
        return c;
    }

    private static PyDict MakeDict(Evaluator evaluator, object[] a)
    {
        var dict = new PyDict();
        if (a.Length == 0) return dict;
        if (a[0] is PyDict other)
            foreach (var (key, value) in other.Items) dict.Items[key] = value;
        else
            foreach (var pair in evaluator.Iterate(a[0]))
            {
                var items = evaluator.Iterate(pair).ToArray();
                dict.Items[items[0]] = items[1];
            }
        return dict;
    }

    private static object ToInteger(object[] a)
    {
        switch (a)
        {
            case []: return 0L;
            case [string text, ..]: return ParseInteger(text, a.Length > 1 ? (int)(long)a[1] : 10);
            case [double d]: return HostNumbers.Normalize(new BigInteger(d));
            default: return HostNumbers.Normalize(HostNumbers.ToBig(a[0]));
        }
    }

    private static object ParseInteger(string text, int radix)
    {
        string digits = text.Trim().ToLowerInvariant();
        bool negative = digits.StartsWith('-');
        digits = digits.TrimStart('+', '-');
        if (radix is 16 or 0 && digits.StartsWith("0x", StringComparison.Ordinal)) (digits, radix) = (digits[2..], 16);
        if (radix == 0) radix = 10;
        var value = BigInteger.Zero;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiLetterLower(c) ? c - 'a' + 10 : 99;
            if (digit >= radix) throw Evaluator.Raise("ValueError", $"invalid literal for int() with base {radix}: '{text}'");
            value = value * radix + digit;
        }
        if (digits.Length == 0) throw Evaluator.Raise("ValueError", $"invalid literal for int() with base {radix}: '{text}'");
        return HostNumbers.Normalize(negative ? -value : value);
    }

    private static object ToFloat(object[] a)
    {
        if (a.Length == 0) return 0.0;
        if (a[0] is not string text) return HostNumbers.ToDouble(a[0]);
        return text.Trim().ToLowerInvariant() switch
        {
            "inf" or "+inf" or "infinity" => double.PositiveInfinity,
            "-inf" or "-infinity" => double.NegativeInfinity,
            "nan" => double.NaN,
            var t => double.TryParse(t, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : throw Evaluator.Raise("ValueError", $"could not convert string to float: {text}"),
        };
    }
}
