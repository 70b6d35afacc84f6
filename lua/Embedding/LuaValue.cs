using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Mu.Lua.Numbers;

namespace Mu.Lua;

/// <summary>
/// A Lua value as the host holds it. Nil, booleans, numbers and strings are copies; tables, functions, userdata and coroutines are <see cref="LuaReference"/>s, which keep the object in their state alive.
/// The default value is nil. Equality is Lua's raw equality.
/// </summary>
public readonly struct LuaValue : IEquatable<LuaValue>
{
    private static readonly object IntegerKind = new(), FloatKind = new(), BooleanKind = new();

    /// <summary>Null for nil, one of the kinds above for what is in <see cref="bits"/>, a string, an array of bytes, or a reference.</summary>
    private readonly object? content;
    private readonly long bits;

    private LuaValue(object? content, long bits = 0) => (this.content, this.bits) = (content, bits);

    /// <summary>Nil.</summary>
    public static LuaValue Nil => default;

    /// <summary>The type.</summary>
    public LuaType Type => content switch
    {
        null => LuaType.Nil,
        string or byte[] => LuaType.String,
        LuaReference reference => reference.Type,
        _ => content == BooleanKind ? LuaType.Boolean : LuaType.Number,
    };

    /// <summary>Whether it is nil.</summary>
    public bool IsNil => content is null;

    /// <summary>Whether a condition takes it as true: whether it is neither nil nor false.</summary>
    public bool IsTruthy => content is not null && (content != BooleanKind || bits != 0);

    /// <summary>Whether it is a number of the subtype integer.</summary>
    public bool IsInteger => content == IntegerKind;

    /// <summary>Whether it is a number of the subtype float.</summary>
    public bool IsFloat => content == FloatKind;

    internal LuaReference? Reference => content as LuaReference;

    internal bool BooleanContent => bits != 0;

    internal long IntegerContent => bits;

    internal double FloatContent => BitConverter.Int64BitsToDouble(bits);

    /// <summary>The bytes of a string; characters of .NET are encoded in UTF-8.</summary>
    internal byte[]? Bytes => content switch { byte[] bytes => bytes, string text => Encoding.UTF8.GetBytes(text), _ => null };

    /// <summary>A boolean.</summary>
    public static implicit operator LuaValue(bool value) => new(BooleanKind, value ? 1 : 0);

    /// <summary>An integer.</summary>
    public static implicit operator LuaValue(int value) => new(IntegerKind, value);

    /// <summary>An integer.</summary>
    public static implicit operator LuaValue(long value) => new(IntegerKind, value);

    /// <summary>A float.</summary>
    public static implicit operator LuaValue(double value) => new(FloatKind, BitConverter.DoubleToInt64Bits(value));

    /// <summary>A string, in UTF-8; nil for null.</summary>
    public static implicit operator LuaValue(string? value) => new(value);

    /// <summary>A string of bytes; nil for null. The array must not be changed afterwards.</summary>
    public static implicit operator LuaValue(byte[]? value) => new(value);

    /// <summary>An object; nil for null.</summary>
    public static implicit operator LuaValue(LuaReference? value) => new(value);

    /// <summary>As <see cref="AsBoolean"/>.</summary>
    public static explicit operator bool(LuaValue value) => value.AsBoolean();

    /// <summary>As <see cref="AsInteger"/>.</summary>
    public static explicit operator long(LuaValue value) => value.AsInteger();

    /// <summary>As <see cref="AsInteger"/>, within the range.</summary>
    public static explicit operator int(LuaValue value) => checked((int)value.AsInteger());

    /// <summary>As <see cref="AsNumber"/>.</summary>
    public static explicit operator double(LuaValue value) => value.AsNumber();

    /// <summary>As <see cref="AsString"/>.</summary>
    public static explicit operator string(LuaValue value) => value.AsString();

    /// <summary>A boolean's value.</summary>
    /// <exception cref="InvalidCastException">It is no boolean.</exception>
    public bool AsBoolean() => content == BooleanKind ? bits != 0 : throw Mismatch("a boolean");

    /// <summary>An integer's value, or that of a float without fraction.</summary>
    /// <exception cref="InvalidCastException">It is no number, or has no integer representation.</exception>
    public long AsInteger() => TryGetInteger(out long value) ? value : throw Mismatch("an integer");

    /// <summary>A number's value.</summary>
    /// <exception cref="InvalidCastException">It is no number.</exception>
    public double AsNumber() => TryGetNumber(out double value) ? value : throw Mismatch("a number");

    /// <summary>A string's characters, read as UTF-8.</summary>
    /// <exception cref="InvalidCastException">It is no string.</exception>
    public string AsString() => TryGetString(out string? value) ? value : throw Mismatch("a string");

    /// <summary>A string's bytes.</summary>
    /// <exception cref="InvalidCastException">It is no string.</exception>
    public ReadOnlyMemory<byte> AsBytes() => Bytes ?? throw Mismatch("a string");

    /// <summary>The table.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public LuaTable AsTable() => content as LuaTable ?? throw Mismatch("a table");

    /// <summary>The function.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public LuaFunction AsFunction() => content as LuaFunction ?? throw Mismatch("a function");

    /// <summary>The coroutine.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public LuaCoroutine AsCoroutine() => content as LuaCoroutine ?? throw Mismatch("a coroutine");

    /// <summary>The userdata.</summary>
    /// <exception cref="InvalidCastException">It is none.</exception>
    public LuaUserdata AsUserdata() => content as LuaUserdata ?? throw Mismatch("a userdata");

    /// <summary>An integer's value, or that of a float without fraction.</summary>
    public bool TryGetInteger(out long value)
    {
        value = bits;
        return IsInteger || (IsFloat && LuaArithmetic.TryToInteger(FloatContent, out value));
    }

    /// <summary>A number's value.</summary>
    public bool TryGetNumber(out double value)
    {
        value = IsInteger ? bits : FloatContent;
        return IsInteger || IsFloat;
    }

    /// <summary>A string's characters.</summary>
    public bool TryGetString([NotNullWhen(true)] out string? value)
    {
        value = content switch { string text => text, byte[] bytes => Encoding.UTF8.GetString(bytes), _ => null };
        return value is not null;
    }

    /// <summary>The value as a .NET type: <c>bool</c>, integers, <c>double</c>, <c>string</c>, <c>byte[]</c>, a class of this namespace, <c>LuaValue</c>, the type of a userdata's object; <c>Nullable</c>s of these.</summary>
    /// <exception cref="InvalidCastException">It is no such value.</exception>
    public T To<T>() => LuaConversion.To<T>(this);

    /// <summary>The value of a .NET one: null, <c>bool</c>, numbers, <c>string</c>, <c>byte[]</c>, what this namespace has.</summary>
    /// <exception cref="InvalidCastException">There is no Lua value for it; <see cref="LuaState.Wrap"/> makes userdata of objects.</exception>
    public static LuaValue From(object? value) => LuaConversion.From(value);

    /// <inheritdoc/>
    public bool Equals(LuaValue other)
    {
        if (Type != other.Type) return false;
        return Type switch
        {
            LuaType.Nil => true,
            LuaType.Boolean => bits == other.bits,
            LuaType.Number => NumbersEqual(other),
            LuaType.String => Bytes.AsSpan().SequenceEqual(other.Bytes),
            _ => Reference!.Equals(other.Reference),
        };
    }

    private bool NumbersEqual(LuaValue other)
    {
        if (IsInteger && other.IsInteger) return bits == other.bits;
        if (IsFloat && other.IsFloat) return FloatContent == other.FloatContent;
        return TryGetInteger(out long a) && other.TryGetInteger(out long b) && a == b;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LuaValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        switch (Type)
        {
            case LuaType.Number: return TryGetInteger(out long integer) ? integer.GetHashCode() : FloatContent.GetHashCode();
            case LuaType.String:
                var hash = new HashCode();
                hash.AddBytes(Bytes);
                return hash.ToHashCode();
            default: return Reference?.GetHashCode() ?? HashCode.Combine(Type, bits);
        }
    }

    /// <summary>Raw equality.</summary>
    public static bool operator ==(LuaValue left, LuaValue right) => left.Equals(right);

    /// <summary>Raw inequality.</summary>
    public static bool operator !=(LuaValue left, LuaValue right) => !left.Equals(right);

    /// <summary>What Lua's <c>tostring</c> gives for values without metamethods; of objects only the type. <see cref="LuaState.ToText"/> is the whole <c>tostring</c>.</summary>
    public override string ToString() => Type switch
    {
        LuaType.Nil => "nil",
        LuaType.Boolean => bits != 0 ? "true" : "false",
        LuaType.Number => NumberText(),
        LuaType.String => AsString(),
        var type => TypeName(type),
    };

    /// <summary>A type's name in Lua.</summary>
    internal static string TypeName(LuaType type) => type.ToString().ToLower(CultureInfo.InvariantCulture);

    private string NumberText()
    {
        Span<byte> text = stackalloc byte[LuaNumberText.MaxLength];
        int length = IsInteger ? LuaNumberText.Write(bits, text) : LuaNumberText.Write(FloatContent, text);
        return Encoding.ASCII.GetString(text[..length]);
    }

    private InvalidCastException Mismatch(string expected) => new($"the Lua value is not {expected} but {TypeName(Type)}");
}
