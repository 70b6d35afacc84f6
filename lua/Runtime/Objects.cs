using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mu.Lua.Text.Strings;

namespace Mu.Lua.Runtime;

// Overlays of guest objects, for leaves. Invariant of this folder's unsafe code: a pointer to a guest object is valid until the next
// allocation, which may collect and move it; what must survive is kept in a root scope. Field order is that of LuaTypes.

/// <summary>A string: header word, then bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct StringObject
{
    public const ulong InternedBit = 1UL << 32;
    public const ulong HashedBit = 1UL << 33;
    public const int MetamethodShift = 40;
    public const int MaxInterned = 40;
    private const int CopyShift = 48;

    private static uint copies;

    public ulong Info;

    /// <summary>The hash of an interned string; that of another one only after <see cref="HashOf"/>.</summary>
    public readonly uint Hash => (uint)Info;

    public readonly bool IsInterned => (Info & InternedBit) != 0;

    /// <summary>Which metamethod the name is; 0: none.</summary>
    public readonly int Metamethod => (int)(Info >> MetamethodShift) & 0xFF;

    /// <summary>The hash, which a long string gets when it is asked for first.</summary>
    public static uint HashOf(StringObject* s)
    {
        if ((s->Info & (InternedBit | HashedBit)) == 0) s->Info |= (uint)StringHash.Of(Bytes(s), 0) | HashedBit;
        return s->Hash;
    }

    /// <summary>
    /// What tells long strings of the same content apart for %p: bits 48–63, 0 for an interned string, else 1 … 65535 given on demand.
    /// </summary>
    public static ulong CopyNumber(StringObject* s)
    {
        if (!s->IsInterned && s->Info >> CopyShift == 0) s->Info |= (ulong)(Interlocked.Increment(ref copies) % ushort.MaxValue + 1) << CopyShift;
        return s->Info >> CopyShift;
    }

    public static int Length(StringObject* s) => (int)ObjectHeader.ElementCount(s);

    public static Span<byte> Bytes(StringObject* s) => new((byte*)s + sizeof(StringObject), Length(s));
}

/// <summary>What leaves know of the header in front of an object.</summary>
internal static unsafe class ObjectHeader
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint ElementCount(void* hybrid) => ((uint*)hybrid)[-1];
}

/// <summary>An array of values.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ValuesObject
{
    public static uint Capacity(ValuesObject* values) => values == null ? 0 : ObjectHeader.ElementCount(values);

    public static ulong* Items(ValuesObject* values) => (ulong*)values;
}

/// <summary>A node of a table's hash part.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Node
{
    public ulong Key;
    public ulong Value;

    /// <summary>Index + 1 of the next node of the chain; 0 at the end.</summary>
    public long Next;
}

/// <summary>The hash part of a table: a power of two of nodes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NodesObject
{
    /// <summary>All nodes from this index on are in use.</summary>
    public long LastFree;

    public static uint Size(NodesObject* nodes) => ObjectHeader.ElementCount(nodes);

    public static Node* At(NodesObject* nodes, long index) => (Node*)((byte*)nodes + sizeof(NodesObject)) + index;
}

/// <summary>A table.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct TableObject
{
    public const int IdentityShift = 32;

    public ValuesObject* Array;
    public long Count;
    public NodesObject* Nodes;
    public TableObject* Metatable;

    /// <summary>Bits 0–31: metamethods known to be absent; bits 32–63: identity hash.</summary>
    public ulong Flags;
}

/// <summary>A function: code, prototype, upvalues.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct FunctionObject
{
    public ulong Code;

    /// <summary>Bits 0–31: prototype number; bits 32–63: identity hash.</summary>
    public ulong Info;

    public readonly int Prototype => (int)Info;

    public static uint UpvalueCount(FunctionObject* f) => ObjectHeader.ElementCount(f);

    public static ulong* Upvalues(FunctionObject* f) => (ulong*)((byte*)f + sizeof(FunctionObject));
}

/// <summary>The cell of a captured variable; also a boxed integer and light userdata (one word).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CellObject
{
    public ulong Value;
}

/// <summary>Full userdata: a number by which the host finds its object, a metatable, user values.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct UserdataObject
{
    public TableObject* Metatable;

    /// <summary>Bits 0–31: the host's number; bits 32–63: identity hash.</summary>
    public ulong Info;

    public static ulong* UserValues(UserdataObject* u) => (ulong*)((byte*)u + sizeof(UserdataObject));
}

/// <summary>A coroutine.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CoroutineObject
{
    /// <summary>The stackref: 0 when the coroutine is dead, or is the main one. One that died of an error keeps it until it is closed.</summary>
    public ulong Stack;

    /// <summary>Who resumed it; NULL while suspended.</summary>
    public CoroutineObject* Resumer;

    /// <summary>The body.</summary>
    public ulong Body;

    /// <summary>The message handler of the innermost xpcall, nil inside a pcall, false where an error ends the coroutine, true while it is being closed.</summary>
    public ulong Handler;

    /// <summary>The error that killed it, nil if none.</summary>
    public ulong Error;

    /// <summary>Bits 0–31: <see cref="CoroutineStatus"/>; bits 32–63: identity hash.</summary>
    public ulong Info;

    /// <summary>How many coroutines are below this one: those that wait for it, while it runs.</summary>
    public long Depth;

    /// <summary>The hook of debug.sethook; NULL when there is none.</summary>
    public FunctionObject* Hook;

    /// <summary>Which events it gets (<see cref="Operations.HookMask"/>); none while it runs.</summary>
    public long HookMask;

    /// <summary>While the hook runs: the mask that will be in force again, and that it runs.</summary>
    public long HookSaved;

    /// <summary>Every how many instructions the count event comes.</summary>
    public long HookCount;

    /// <summary>Instructions until the next count event.</summary>
    public long HookLeft;

    /// <summary>The coroutine that waits for an operation of the host, while one waits that this one has resumed, or itself; see <see cref="Operations.Awaiting"/>.</summary>
    public CoroutineObject* Waiting;

    /// <summary>Whether it may wait, not 0: the host resumes it asynchronously.</summary>
    public long MayWait;
}

/// <summary>States of a coroutine.</summary>
internal enum CoroutineStatus
{
    Suspended,
    Running,
    Normal,
    Dead,
}

/// <summary>What is thrown.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FailureObject
{
    public ulong Value;
    public ulong Traceback;
}
