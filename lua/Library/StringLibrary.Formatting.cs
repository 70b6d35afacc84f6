using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;
using Mu.Lua.Text;
using Mu.Lua.Text.Format;

namespace Mu.Lua.Library;

/// <summary>string.format. A value with __tostring under %s makes the prelude replace it by its text first.</summary>
internal static unsafe partial class StringLibrary
{
    [ThreadStatic]
    private static ByteBuffer? formattedText;

    private static LeafResult Format(ref HostCall c)
    {
        c.EnsureString(0);
        // Nothing below allocates in the guest heap before the result.
        var buffer = c.Library().TakeBuffer();
        var reader = new FormatReader(Arguments.BytesOf(c[0]));
        for (int argument = 1; reader.MoveNext(buffer); argument++)
        {
            var spec = reader.Current;
            if (argument >= c.Count) throw c.ArgumentError(argument, FormatProblemText.NoValue);
            if (spec.Problem != FormatProblem.None)
            {
                if (spec.ChecksArgumentFirst) CheckArgument(ref c, spec.Conversion, argument);
                throw c.Error(reader.ProblemText);
            }
            if (!TryFormat(ref c, spec, argument, buffer)) return HostCall.Deferred;
        }
        return c.StringResult(buffer.Written);
    }

    private static void CheckArgument(ref HostCall c, byte conversion, int argument)
    {
        if (conversion is (byte)'d' or (byte)'i' or (byte)'o' or (byte)'u' or (byte)'x' or (byte)'X') c.CheckInteger(argument);
        else if (conversion == 's')
        {
            if (Arguments.IsString(c[argument]) && Arguments.BytesOf(c[argument]).Contains((byte)0)) throw c.ArgumentError(argument, FormatProblemText.ContainsZeros);
        }
        else if (conversion != 'p') c.CheckNumber(argument);
    }

    private static bool TryFormat(ref HostCall c, in FormatSpec spec, int argument, ByteBuffer to)
    {
        switch (spec.Conversion)
        {
            case (byte)'d' when spec.IsPlain:
                Span<byte> digits = stackalloc byte[LuaNumberText.MaxLength];
                to.Append(digits[..LuaNumberText.Write(c.CheckInteger(argument), digits)]);
                return true;
            case (byte)'d' or (byte)'i' or (byte)'o' or (byte)'u' or (byte)'x' or (byte)'X':
                IntegerFormat.Write(spec, c.CheckInteger(argument), to);
                return true;
            case (byte)'c':
                TextFormat.WriteCharacter(spec, c.CheckInteger(argument), to);
                return true;
            case (byte)'s':
                return TryFormatText(ref c, spec, argument, to);
            case (byte)'q':
                FormatLiteral(ref c, argument, to);
                return true;
            case (byte)'p':
                ulong word = c[argument];
                bool isPointer = TagRef64.IsRef(word) && TagRef64.ToTag(word) is not (LuaTag.Nil or LuaTag.False or LuaTag.True or LuaTag.BoxedInteger);
                TextFormat.WritePointer(spec, isPointer ? PlainText.Address(word) : 0, to);
                return true;
            default:
                RealFormat.Write(spec, c.CheckNumber(argument), to);
                return true;
        }
    }

    private static bool TryFormatText(ref HostCall c, in FormatSpec spec, int argument, ByteBuffer to)
    {
        if (Arguments.IsString(c[argument]) && spec.IsPlain)
        {
            to.Append(Arguments.BytesOf(c[argument]));
            return true;
        }
        if (Arguments.IsString(c[argument])) return WriteText(ref c, spec, argument, Arguments.BytesOf(c[argument]), to);
        var text = formattedText ??= new();
        text.Clear();
        return PlainText.TryAppend(ref c, c[argument], text) && WriteText(ref c, spec, argument, text.Written, to);
    }

    private static bool WriteText(ref HostCall c, in FormatSpec spec, int argument, ReadOnlySpan<byte> text, ByteBuffer to) =>
        TextFormat.TryWriteString(spec, text, to) ? true : throw c.ArgumentError(argument, FormatProblemText.ContainsZeros);

    private static void FormatLiteral(ref HostCall c, int argument, ByteBuffer to)
    {
        ulong word = c[argument];
        if (Arguments.IsString(word)) LiteralFormat.Write(Arguments.BytesOf(word), to);
        else if (LuaNumbers.TryGet(word, out bool isInteger, out long integer, out double number))
        {
            if (isInteger) LiteralFormat.Write(integer, to);
            else LiteralFormat.Write(number, to);
        }
        else if (word == LuaTag.NilWord || word == LuaTag.TrueWord || word == LuaTag.FalseWord) PlainText.TryAppend(ref c, word, to);
        else throw c.ArgumentError(argument, FormatProblemText.NoLiteral);
    }
}
