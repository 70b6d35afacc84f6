using System.Text;
using Mu.Core.Types;
using Mu.Lua.Library.Files;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Syntax;

namespace Mu.Lua.Library;

/// <summary>load, loadfile, and what the prelude needs for require. Chunks from a reader function are put together by the prelude.</summary>
internal static unsafe class LoadLibrary
{
    private const byte BinarySignature = 0x1B;

    public static void Register(LibraryBuilder b)
    {
        b.Add(LibraryBuilder.Base, "load", &Load);
        b.Add(LibraryBuilder.Base, "loadfile", &LoadFile);
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
        bool isBinary = source.Length > 0 && source[0] == BinarySignature;
        string kind = isBinary ? "binary" : "text";
        string? message = null;
        if (!mode.Contains(kind[0])) message = $"attempt to load a {kind} chunk (mode is '{mode}')";
        else if (isBinary) message = $"{ChunkName.Display(name)}: bad binary format (precompiled chunks of PUC Lua are not read)";
        else
        {
            try
            {
                ulong globals = TagRef64.FromRef(c.Runtime.StateWord(LuaState.Globals), LuaTag.Table);
                return HostCall.One(c.Runtime.LoadChunk(c.Heap, source, name, environment < c.Count ? c[environment] : globals));
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
