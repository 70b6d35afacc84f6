using Mu.Core.Types;
using Mu.Lua.Library.Files;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text;

namespace Mu.Lua.Library;

/// <summary>read and its formats (g_read of liolib.c).</summary>
internal static unsafe partial class IoLibrary
{
    // L_MAXLENNUM: longer numerals are none.
    private const int MaxNumeral = 200;

    /// <summary>file_lines_next(file, …formats): as read, but an error of the system is raised.</summary>
    private static LeafResult NextLines(ref HostCall c)
    {
        if (!IsFile(ref c, c[0], out int number)) throw c.TypeError(0, MetatableName);
        var file = c.Library().Files.Find(number) ?? throw c.Error("file is already closed");
        var result = Read(ref c, file, 1, raises: true);
        return result;
    }

    /// <summary>Reads by the formats from argument <paramref name="first"/> on.</summary>
    private static LeafResult Read(ref HostCall c, LuaFile file, int first, bool raises = false)
    {
        int count = Math.Max(c.Count - first, 1);
        ref ulong results = ref c.NewResults(count);
        SystemError? error = null;
        int done = 0;
        for (bool goesOn = true; goesOn && done < count; done++)
        {
            var buffer = c.Library().TakeBuffer();
            ulong value = c.Count == first ? ReadLine(ref c, file, false, buffer, ref error) : ReadFormat(ref c, file, first + done, buffer, ref error);
            Arguments.SetResult(ref results, done, value);
            goesOn = value != LuaTag.NilWord;
        }
        if (error is not null) return raises ? throw c.Error(error.Message) : Failure(ref c, error, null);
        if (done == count) return c.Results(ref results);
        // The results end with the first failure.
        ref ulong fewer = ref c.NewResults(done);
        for (int i = 0; i < done; i++) Arguments.SetResult(ref fewer, i, ValuesObject.Items((ValuesObject*)TagRef64.ToAddress(results))[i]);
        return c.Results(ref fewer);
    }

    private static ulong ReadFormat(ref HostCall c, LuaFile file, int argument, ByteBuffer buffer, ref SystemError? error)
    {
        if (Arguments.IsNumber(c[argument])) return ReadCount(ref c, file, c.CheckInteger(argument), buffer, ref error);
        var format = c.CheckString(argument);
        if (format.StartsWith("*"u8)) format = format[1..];
        switch (format.Length == 0 ? (byte)0 : format[0])
        {
            case (byte)'n':
                return ReadNumber(ref c, file, ref error);
            case (byte)'l':
                return ReadLine(ref c, file, false, buffer, ref error);
            case (byte)'L':
                return ReadLine(ref c, file, true, buffer, ref error);
            case (byte)'a':
                file.Read(long.MaxValue, buffer, ref error);
                return c.String(buffer.Written);
            default:
                throw c.ArgumentError(argument, "invalid format");
        }
    }

    private static ulong ReadLine(ref HostCall c, LuaFile file, bool keepsEnd, ByteBuffer buffer, ref SystemError? error) =>
        file.ReadLine(keepsEnd, buffer, ref error) ? c.String(buffer.Written) : LuaTag.NilWord;

    private static ulong ReadCount(ref HostCall c, LuaFile file, long count, ByteBuffer buffer, ref SystemError? error)
    {
        if (count == 0) return file.Peek(ref error) < 0 ? LuaTag.NilWord : c.String(default(ReadOnlySpan<byte>));
        return file.Read(count, buffer, ref error) > 0 ? c.String(buffer.Written) : LuaTag.NilWord;
    }

    /// <summary>l_read_number: takes the longest prefix that looks like a numeral; nil when it is none.</summary>
    private static ulong ReadNumber(ref HostCall c, LuaFile file, ref SystemError? error)
    {
        var numeral = new NumeralScanner(file);
        bool fits = numeral.Scan(ref error);
        if (!fits || !LuaNumber.TryParse(numeral.Text, out bool isInteger, out long integer, out double number)) return LuaTag.NilWord;
        return isInteger ? c.Integer(integer) : TagRef64.FromDouble(number);
    }

    private sealed class NumeralScanner(LuaFile file)
    {
        private readonly byte[] text = new byte[MaxNumeral];
        private int length;
        private bool isTooLong;

        public ReadOnlySpan<byte> Text => text.AsSpan(0, length);

        public bool Scan(ref SystemError? error)
        {
            int c;
            while ((c = file.Peek(ref error)) >= 0 && LuaNumber.IsSpace((byte)c)) file.Skip();
            TakeAny("-+", ref error);
            bool hex = false;
            int digits = 0;
            if (TakeAny("0", ref error))
            {
                hex = TakeAny("xX", ref error);
                if (!hex) digits = 1;
            }
            digits += Digits(hex, ref error);
            if (TakeAny(".", ref error)) digits += Digits(hex, ref error);
            if (digits > 0 && TakeAny(hex ? "pP" : "eE", ref error))
            {
                TakeAny("-+", ref error);
                Digits(false, ref error);
            }
            return !isTooLong;
        }

        private int Digits(bool hex, ref SystemError? error)
        {
            int count = 0;
            while (TakeAny(hex ? "0123456789abcdefABCDEF" : "0123456789", ref error)) count++;
            return count;
        }

        private bool TakeAny(string set, ref SystemError? error)
        {
            int c = file.Peek(ref error);
            if (isTooLong || c < 0 || !set.Contains((char)c)) return false;
            if (length == MaxNumeral)
            {
                isTooLong = true;
                length = 0;
                return false;
            }
            text[length++] = (byte)c;
            file.Skip();
            return true;
        }
    }
}
