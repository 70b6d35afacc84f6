using System.Text;
using Mu.Core.Types;
using Mu.Lua.Library.Files;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

/// <summary>
/// io (liolib.c). Files are userdata whose number leads to a <see cref="LuaFile"/>. The default files are registry fields, and the metatable is registry["FILE*"], which the
/// prelude makes; methods are the primitives named "file_…".
/// </summary>
internal static unsafe partial class IoLibrary
{
    private const string Library = "io";
    private const string MetatableName = "FILE*", DefaultInput = "_IO_input", DefaultOutput = "_IO_output";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "open", &Open);
        b.Add(Library, "popen", &OpenProcess);
        b.Add(Library, "tmpfile", &TemporaryFile);
        b.Add(Library, "type", &Type);
        b.Add(Library, "read", &ReadDefault);
        b.Add(Library, "write", &WriteDefault);
        b.Add(Library, "close", &CloseDefault);
        b.Add(Library, "flush", &FlushDefault);
        b.Add(Library, "input", &Input);
        b.Add(Library, "output", &Output);
        b.AddPrimitive("file_read", &ReadFile);
        b.AddPrimitive("file_write", &WriteFile);
        b.AddPrimitive("file_close", &CloseFile);
        b.AddPrimitive("file_flush", &FlushFile);
        b.AddPrimitive("file_seek", &SeekFile);
        b.AddPrimitive("file_setvbuf", &SetBuffering);
        b.AddPrimitive("file_tostring", &FileToString);
        b.AddPrimitive("file_finalize", &FinalizeFile);
        b.AddPrimitive("file_check", &CheckFileArgument);
        b.AddPrimitive("file_standard", &StandardFile);
        b.AddPrimitive("file_open_lines", &OpenForLines);
        b.AddPrimitive("file_default_input", &CheckedDefaultInput);
        b.AddPrimitive("file_lines_next", &NextLines);
    }

    /// <summary>nil, "name: message", errno.</summary>
    public static LeafResult Failure(ref HostCall c, SystemError error, string? name)
    {
        ref ulong text = ref c.Root(LuaTag.NilWord);
        text = c.String(name is null ? error.Message : $"{name}: {error.Message}");
        return c.Three(LuaTag.NilWord, text, TagRef64.FromInt(error.Number));
    }

    private static LeafResult Open(ref HostCall c)
    {
        string name = OsLibrary.FileName(ref c, 0);
        string mode = c.IsNoneOrNil(1) ? "r" : Arguments.Latin1(c.CheckString(1));
        if (!IsMode(mode)) throw c.ArgumentError(1, "invalid mode");
        return TryOpen(name, mode, out var file, out var error) ? HostCall.One(NewFile(ref c, file!)) : Failure(ref c, error!, name);
    }

    private static bool IsMode(string mode)
    {
        var rest = mode.AsSpan();
        if (rest.Length == 0 || !"rwa".Contains(rest[0])) return false;
        rest = rest[1..];
        if (rest.StartsWith("+")) rest = rest[1..];
        return rest is "" or "b";
    }

    private static bool TryOpen(string name, string mode, out LuaFile? file, out SystemError? error)
    {
        file = null;
        error = null;
        try
        {
            file = FileTable.Open(name, mode);
            return true;
        }
        catch (Exception e) when (SystemError.From(e) is { } known)
        {
            error = known;
            return false;
        }
    }

    private static LeafResult OpenProcess(ref HostCall c)
    {
        string command = OsLibrary.FileName(ref c, 0);
        string mode = c.IsNoneOrNil(1) ? "r" : Arguments.Latin1(c.CheckString(1));
        if (mode is not ("r" or "w")) throw c.ArgumentError(1, "invalid mode");
        c.Library().Files.FlushAll();
        return HostCall.One(NewFile(ref c, ShellProcess.Open(command, mode == "r")));
    }

    private static LeafResult TemporaryFile(ref HostCall c)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.DeleteOnClose);
        return HostCall.One(NewFile(ref c, new LuaFile(stream, true, true)));
    }

    private static ulong NewFile(ref HostCall c, LuaFile file) => NewUserdata(ref c, c.Library().Files.Add(file), finalizes: true);

    private static ulong NewUserdata(ref HostCall c, int number, bool finalizes)
    {
        ref ulong metatable = ref c.Root(LuaTag.NilWord);
        metatable = c.GetField(Registry(ref c), MetatableName);
        var userdata = (UserdataObject*)c.Heap.Mutator.NewHybrid(c.Runtime.HeapTypes.Userdata, 0);
        if (userdata == null) throw c.OutOfMemory();
        userdata->Metatable = Arguments.AsTable(metatable);
        userdata->Info = (uint)number;
        ref ulong word = ref c.Root(TagRef64.FromRef((ulong)userdata, LuaTag.Userdata));
        if (finalizes) c.Library().Hooks.MarkForFinalization(ref c, word);
        return word;
    }

    private static ulong Registry(ref HostCall c) => TagRef64.FromRef(c.Runtime.StateWord(RootCell.Registry), LuaTag.Table);

    /// <summary>file_standard(n): a userdata for a standard stream.</summary>
    private static LeafResult StandardFile(ref HostCall c) => HostCall.One(NewUserdata(ref c, (int)c.CheckInteger(0), finalizes: false));

    /// <summary>Whether a value is a file; the number is its.</summary>
    private static bool IsFile(ref HostCall c, ulong word, out int number)
    {
        number = -1;
        if (!LuaTag.Has(word, LuaTag.Userdata)) return false;
        ref ulong rooted = ref c.Root(word);
        ulong metatable = c.GetField(Registry(ref c), MetatableName);
        var userdata = (UserdataObject*)TagRef64.ToAddress(rooted);
        number = (int)(uint)userdata->Info;
        return userdata->Metatable == Arguments.AsTable(metatable);
    }

    private static LuaFile CheckFile(ref HostCall c, out int number)
    {
        if (!IsFile(ref c, c[0], out number)) throw c.TypeError(0, MetatableName);
        return c.Library().Files.Find(number) ?? throw c.Error("attempt to use a closed file");
    }

    private static LuaFile CheckFile(ref HostCall c) => CheckFile(ref c, out _);

    private static LeafResult CheckFileArgument(ref HostCall c)
    {
        CheckFile(ref c);
        return HostCall.None;
    }

    private static LuaFile DefaultFile(ref HostCall c, string field)
    {
        ulong file = c.GetField(Registry(ref c), field);
        IsFile(ref c, file, out int number);
        return c.Library().Files.Find(number) ?? throw c.Error($"default {field[4..]} file is closed");
    }

    private static LeafResult Type(ref HostCall c)
    {
        c.CheckAny(0);
        if (!IsFile(ref c, c[0], out int number)) return Arguments.Nil;
        return c.StringResult(c.Library().Files.Find(number) is null ? "closed file"u8 : "file"u8);
    }

    private static LeafResult FileToString(ref HostCall c)
    {
        if (!IsFile(ref c, c[0], out int number)) throw c.TypeError(0, MetatableName);
        return HostCall.One(c.String(c.Library().Files.Find(number) is null ? "file (closed)" : $"file (0x{PlainText.Address(c[0]):x})"));
    }

    private static LeafResult ReadDefault(ref HostCall c) => Read(ref c, DefaultFile(ref c, DefaultInput), 0);

    private static LeafResult ReadFile(ref HostCall c) => Read(ref c, CheckFile(ref c), 1);

    private static LeafResult WriteDefault(ref HostCall c) => Write(ref c, DefaultFile(ref c, DefaultOutput), 0, isDefault: true);

    private static LeafResult WriteFile(ref HostCall c) => Write(ref c, CheckFile(ref c), 1, isDefault: false);

    private static LeafResult Write(ref HostCall c, LuaFile file, int first, bool isDefault)
    {
        Span<byte> text = stackalloc byte[Numbers.LuaNumberText.MaxLength];
        for (int i = first; i < c.Count; i++)
        {
            ulong word = c[i];
            SystemError? error;
            bool done;
            if (Arguments.IsString(word)) done = file.TryWrite(Arguments.BytesOf(word), out error);
            else if (Arguments.TryNumberText(word, text, out int length))
            {
                // g_write prints floats with "%.14g" alone, which makes no ".0".
                if (TagRef64.IsDouble(word) && text[..length].EndsWith(".0"u8)) length -= 2;
                done = file.TryWrite(text[..length], out error);
            }
            else throw c.TypeError(i, "string");
            if (!done) return Failure(ref c, error!, null);
        }
        return HostCall.One(isDefault ? c.GetField(Registry(ref c), DefaultOutput) : c[0]);
    }

    private static LeafResult CloseDefault(ref HostCall c)
    {
        if (c.Count > 0) return CloseFile(ref c);
        ulong output = c.GetField(Registry(ref c), DefaultOutput);
        IsFile(ref c, output, out int number);
        return Close(ref c, DefaultFile(ref c, DefaultOutput), number);
    }

    private static LeafResult CloseFile(ref HostCall c)
    {
        var file = CheckFile(ref c, out int number);
        return Close(ref c, file, number);
    }

    private static LeafResult Close(ref HostCall c, LuaFile file, int number)
    {
        if (file.IsStandard)
        {
            // PUC's io_noclose.
            ref ulong text = ref c.Root(LuaTag.NilWord);
            text = c.String("cannot close standard file"u8);
            return c.Two(LuaTag.NilWord, text);
        }
        c.Library().Files.Remove(number);
        bool done = file.TryClose(out int code, out var error);
        if (file.Process is not null) return OsLibrary.ExitResult(ref c, code);
        return done ? HostCall.One(LuaTag.TrueWord) : Failure(ref c, error!, null);
    }

    /// <summary>__gc and __close: closes without errors.</summary>
    private static LeafResult FinalizeFile(ref HostCall c)
    {
        if (!IsFile(ref c, c[0], out int number)) throw c.TypeError(0, "FILE*");
        if (c.Library().Files.Find(number) is not { IsStandard: false } file) return HostCall.None;
        c.Library().Files.Remove(number);
        file.TryClose(out _, out _);
        return HostCall.None;
    }

    private static LeafResult FlushDefault(ref HostCall c) => Flush(ref c, DefaultFile(ref c, DefaultOutput));

    private static LeafResult FlushFile(ref HostCall c) => Flush(ref c, CheckFile(ref c));

    private static LeafResult Flush(ref HostCall c, LuaFile file) =>
        file.TryFlush(out var error) ? HostCall.One(LuaTag.TrueWord) : Failure(ref c, error!, null);

    private static LeafResult SeekFile(ref HostCall c)
    {
        var file = CheckFile(ref c);
        int origin = c.CheckOption(1, "cur", "set", "cur", "end");
        long offset = c.OptionalInteger(2, 0);
        return file.TrySeek((SeekOrigin)origin, offset, out long position, out var error) ? HostCall.One(c.Integer(position)) : Failure(ref c, error!, null);
    }

    private static LeafResult SetBuffering(ref HostCall c)
    {
        var file = CheckFile(ref c);
        int mode = c.CheckOption(1, null, "no", "line", "full");
        c.OptionalInteger(2, 0);
        file.Buffering = (Buffering)mode;
        return HostCall.One(LuaTag.TrueWord);
    }

    private static LeafResult Input(ref HostCall c) => Default(ref c, DefaultInput, "r");

    private static LeafResult Output(ref HostCall c) => Default(ref c, DefaultOutput, "w");

    private static LeafResult Default(ref HostCall c, string field, string mode)
    {
        if (!c.IsNoneOrNil(0))
        {
            ref ulong registry = ref c.Root(Registry(ref c));
            ref ulong file = ref c.Root(LuaTag.NilWord);
            if (Arguments.IsString(c[0]) || Arguments.IsNumber(c[0])) file = OpenOrFail(ref c, 0, mode);
            else
            {
                CheckFile(ref c);
                file = c[0];
            }
            c.SetField(ref registry, field, file);
        }
        return HostCall.One(c.GetField(Registry(ref c), field));
    }

    private static ulong OpenOrFail(ref HostCall c, int index, string mode)
    {
        string name = OsLibrary.FileName(ref c, index);
        return TryOpen(name, mode, out var file, out var error)
            ? NewFile(ref c, file!)
            : throw c.Error($"cannot open file '{Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name))}' ({error!.Message})");
    }

    /// <summary>file_open_lines(name).</summary>
    private static LeafResult OpenForLines(ref HostCall c) => HostCall.One(OpenOrFail(ref c, 0, "r"));

    private static LeafResult CheckedDefaultInput(ref HostCall c)
    {
        DefaultFile(ref c, DefaultInput);
        return HostCall.One(c.GetField(Registry(ref c), DefaultInput));
    }
}
