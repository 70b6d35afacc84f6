using System.Text;
using Mu.Core.Types;
using Mu.Lua.Compilation;
using Mu.Lua.Library.Files;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Syntax;

namespace Mu.Lua.Library;

/// <summary>load, loadfile, and what the prelude needs for require. Chunks from a reader function are put together by the prelude.</summary>
internal static unsafe class LoadLibrary
{
    public static void Register(LibraryBuilder b)
    {
        b.Add(LibraryBuilder.Base, "load", &Load);
        b.Add(LibraryBuilder.Base, "loadfile", &LoadFile);
        b.Add("string", "dump", &Dump);
        b.AddPrimitive("message_handler", &MessageHandler);
        b.AddPrimitive("is_readable", &IsReadable);
    }

    private static LeafResult Load(ref HostCall c)
    {
        bool isText = Arguments.IsString(c[0]) || Arguments.IsNumber(c[0]);
        if (!isText) return LuaTag.Has(c[0], LuaTag.Function) ? HostCall.Deferred : throw c.TypeError(0, "function");
        c.EnsureString(0);
        string mode = c.IsNoneOrNil(2) ? "bt" : Arguments.Latin1(c.CheckString(2));
        byte[] source = Arguments.BytesOf(c[0]).ToArray();
        string name = c.IsNoneOrNil(1) ? Arguments.Latin1(source) : Arguments.Latin1(c.CheckString(1));
        return Compile(ref c, source, name, mode, environment: 3);
    }

    private static LeafResult LoadFile(ref HostCall c)
    {
        string? name = c.IsNoneOrNil(0) ? null : OsLibrary.FileName(ref c, 0);
        string mode = c.IsNoneOrNil(1) ? "bt" : Arguments.Latin1(c.CheckString(1));
        byte[] source;
        try
        {
            source = name is null ? ReadAll(Console.OpenStandardInput()) : File.ReadAllBytes(name);
        }
        catch (Exception e) when (SystemError.From(e) is { } error)
        {
            string verb = Directory.Exists(name) ? "read" : "open";
            string reason = Directory.Exists(name) ? SystemError.Directory.Message : error.Message;
            ref ulong message = ref c.Root(LuaTag.NilWord);
            message = c.String($"cannot {verb} {name}: {reason}");
            return c.Two(LuaTag.NilWord, message);
        }
        string chunkName = name is null ? "=stdin" : "@" + Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(name));
        return Compile(ref c, source.AsSpan(LuaFrontEnd.SkipFirstLine(source)), chunkName, mode, environment: 2);
    }

    private static byte[] ReadAll(Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    /// <summary>The function, or nil and the message. An environment counts when the argument is there, even if nil.</summary>
    private static LeafResult Compile(ref HostCall c, ReadOnlySpan<byte> source, string name, string mode, int environment)
    {
        bool isBinary = source.Length > 0 && source[0] == FunctionDump.FirstByte;
        string kind = isBinary ? "binary" : "text";
        string? message = null;
        if (!mode.Contains(kind[0])) message = $"attempt to load a {kind} chunk (mode is '{mode}')";
        else
        {
            ulong globals = TagRef64.FromRef(c.Runtime.StateWord(RootCell.Globals), LuaTag.Table);
            ulong given = environment < c.Count ? c[environment] : globals;
            try
            {
                if (!isBinary) return HostCall.One(c.Runtime.LoadChunk(c.Heap, source, name, given));
                if (FunctionDump.Read(source, out string problem) is { } dump) return HostCall.One(c.Runtime.LoadDump(c.Heap, dump, given));
                message = $"{BinaryName(name)}: bad binary format ({problem})";
            }
            catch (LuaSyntaxException e)
            {
                message = e.Message;
            }
        }
        ref ulong text = ref c.Root(LuaTag.NilWord);
        text = ErrorLeaves.Text(c.Heap, message);
        return c.Two(LuaTag.NilWord, text);
    }

    /// <summary>message_handler(): that of the innermost xpcall; nil inside a pcall.</summary>
    private static LeafResult MessageHandler(ref HostCall c) => HostCall.One(((CoroutineObject*)c.Runtime.StateWord(RootCell.Current))->Handler);

    private static string BinaryName(string name) => name switch
    {
        ['@' or '=', ..] => name[1..],
        [(char)FunctionDump.FirstByte, ..] => "binary string",
        _ => name,
    };

    /// <summary>string.dump(function [, strip]).</summary>
    private static LeafResult Dump(ref HostCall c)
    {
        if (!LuaTag.Has(c[0], LuaTag.Function)) throw c.TypeError(0, "function");
        var prototype = c.Runtime.Prototypes.Find(((FunctionObject*)TagRef64.ToAddress(c[0]))->Prototype);
        if (prototype is null or { IsLibrary: true }) throw c.Error("unable to dump given function");
        var buffer = c.Library().TakeBuffer();
        FunctionDump.Of(prototype, isStripped: !LuaTag.IsFalsy(c[1])).Write(buffer);
        return c.StringResult(buffer.Written);
    }

    /// <summary>is_readable(file name).</summary>
    private static LeafResult IsReadable(ref HostCall c)
    {
        try
        {
            using var file = File.OpenRead(OsLibrary.FileName(ref c, 0));
            return HostCall.One(LuaTag.TrueWord);
        }
        catch (Exception e) when (SystemError.From(e) is not null)
        {
            return HostCall.One(LuaTag.FalseWord);
        }
    }
}
