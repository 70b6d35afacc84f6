using System.Text;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Numbers;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Tables;

unsafe
{
    using var runtime = new LuaRuntime();
    var bundle = new Bundle();
    void Add(string name, delegate*<ref HostCall, LeafResult> body)
    {
        var heap = runtime.Heap;
        var f = runtime.Host.Declare(bundle, new HostFunction(name, body));
        ulong closure = runtime.NewClosure(heap, f, 0, []);
        using var roots = heap.OpenRoots();
        ref ulong c = ref roots.Tagged(closure);
        ulong key = ErrorLeaves.Text(heap, name);
        TableInsertion.Set(heap, runtime.Globals, key, c);
    }
    static LeafResult Print(ref HostCall c)
    {
        var sb = new StringBuilder();
        Span<byte> buf = stackalloc byte[64];
        for (int i = 0; i < c.Count; i++)
        {
            if (i > 0) sb.Append('\t');
            ulong w = c[i];
            if (LuaNumbers.TryGet(w, out bool isInt, out long n, out double d)) { int l = isInt ? LuaNumberText.Write(n, buf) : LuaNumberText.Write(d, buf); sb.Append(Encoding.Latin1.GetString(buf[..l])); }
            else if (LuaTag.Has(w, LuaTag.String)) sb.Append(ErrorLeaves.Latin1(w));
            else if (w == LuaTag.NilWord) sb.Append("nil");
            else if (w == LuaTag.TrueWord) sb.Append("true");
            else if (w == LuaTag.FalseWord) sb.Append("false");
            else sb.Append(LuaTypeNames.Of(w));
        }
        Console.WriteLine(sb);
        return HostCall.None;
    }
    static LeafResult Clock(ref HostCall c) => HostCall.One(TagRef64.FromDouble(System.Diagnostics.Stopwatch.GetTimestamp() / (double)System.Diagnostics.Stopwatch.Frequency));
    static LeafResult SetMeta(ref HostCall c) { var t = c.CheckTable(0); t->Metatable = c.IsNoneOrNil(1) ? null : c.CheckTable(1); return HostCall.One(c[0]); }
    Add("print", &Print);
    Add("clock", &Clock);
    Add("setmetatable", &SetMeta);
    var h = runtime.Heap;
    TableInsertion.Set(h, runtime.Globals, ErrorLeaves.Text(h, "pcall"), runtime.NewClosure(h, runtime.Functions.ProtectedCall, 0, []));
    runtime.Vm.Load(bundle);
    byte[] source = args[0] == "-e" ? Encoding.Latin1.GetBytes(args[1]) : File.ReadAllBytes(args[0]);
    ulong main = runtime.LoadChunk(runtime.Heap, source, "@" + args[0], TagRef64.FromRef((ulong)runtime.Globals, LuaTag.Table));
    runtime.RunMain(main);
}
