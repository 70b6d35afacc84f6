using System.Diagnostics;
using System.Text;
using Mu.Core.Types;
using Mu.Lua.Library.Files;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;

namespace Mu.Lua.Library;

/// <summary>os (loslib.c).</summary>
internal static unsafe partial class OsLibrary
{
    private const string Library = "os";

    public static void Register(LibraryBuilder b)
    {
        b.Add(Library, "clock", &ProcessorTime);
        b.Add(Library, "date", &Date);
        b.Add(Library, "difftime", &DiffTime);
        b.Add(Library, "execute", &Execute);
        b.Add(Library, "exit", &Exit);
        b.Add(Library, "getenv", &GetEnvironment);
        b.Add(Library, "remove", &Remove);
        b.Add(Library, "rename", &Rename);
        b.Add(Library, "setlocale", &SetLocale);
        b.Add(Library, "time", &MakeTime);
        b.Add(Library, "tmpname", &TemporaryName);
    }

    private static LeafResult Execute(ref HostCall c)
    {
        if (c.IsNoneOrNil(0)) return HostCall.One(LuaTag.TrueWord);
        string command = FileName(ref c, 0);
        c.Library().Files.FlushAll();
        using var process = Process.Start(ShellProcess.StartInfo(command))!;
        process.WaitForExit();
        return ExitResult(ref c, process.ExitCode);
    }

    /// <summary>luaL_execresult: true or nil, "exit" or "signal", number.</summary>
    public static LeafResult ExitResult(ref HostCall c, int code)
    {
        // .NET reports death by a signal as the shell does.
        bool isSignal = code > 128 && code < 128 + 65;
        ref ulong kind = ref c.Root(LuaTag.NilWord);
        kind = c.String(isSignal ? "signal"u8 : "exit"u8);
        return c.Three(code == 0 ? LuaTag.TrueWord : LuaTag.NilWord, kind, TagRef64.FromInt(isSignal ? code - 128 : code));
    }

    private static LeafResult Exit(ref HostCall c)
    {
        int code = c.IsNoneOrNil(0) || c[0] == LuaTag.TrueWord ? 0 : c[0] == LuaTag.FalseWord ? 1 : (int)c.CheckInteger(0);
        // The state is closed before, which calls finalisers.
        if (!LuaTag.IsFalsy(c[1])) return HostCall.Deferred;
        c.Library().Dispose();
        Environment.Exit(code);
        return HostCall.None;
    }

    private static LeafResult GetEnvironment(ref HostCall c)
    {
        string? value = Environment.GetEnvironmentVariable(FileName(ref c, 0));
        return value is null ? Arguments.Nil : HostCall.One(c.String(value));
    }

    private static LeafResult Remove(ref HostCall c)
    {
        string name = FileName(ref c, 0);
        try
        {
            if (Directory.Exists(name)) Directory.Delete(name);
            else if (File.Exists(name) || new FileInfo(name).LinkTarget is not null) File.Delete(name);
            else throw new FileNotFoundException();
        }
        catch (Exception e) when (SystemError.From(e) is { } error)
        {
            return IoLibrary.Failure(ref c, error, name);
        }
        return HostCall.One(LuaTag.TrueWord);
    }

    private static LeafResult Rename(ref HostCall c)
    {
        string from = FileName(ref c, 0), to = FileName(ref c, 1);
        try
        {
            if (Directory.Exists(from)) Directory.Move(from, to);
            else File.Move(from, to, overwrite: true);
        }
        catch (Exception e) when (SystemError.From(e) is { } error)
        {
            return IoLibrary.Failure(ref c, error, null);
        }
        return HostCall.One(LuaTag.TrueWord);
    }

    /// <summary>Only the C locale is there.</summary>
    private static LeafResult SetLocale(ref HostCall c)
    {
        string? locale = c.IsNoneOrNil(0) ? null : FileName(ref c, 0);
        c.CheckOption(1, "all", "all", "collate", "ctype", "monetary", "numeric", "time");
        return locale is null or "" or "C" or "POSIX" ? c.StringResult("C"u8) : Arguments.Nil;
    }

    private static LeafResult TemporaryName(ref HostCall c)
    {
        string path = Path.Combine(Path.GetTempPath(), "lua_" + Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)[..6]);
        File.Create(path).Dispose();
        return HostCall.One(c.String(path));
    }

    /// <summary>A name for the operating system: bytes are UTF-8.</summary>
    public static string FileName(ref HostCall c, int index) => Encoding.UTF8.GetString(c.CheckString(index));
}
