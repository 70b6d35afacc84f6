using Mu.Core.Compiler.Code;
using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>
/// A ring in the thread's context where the stub that unwinds writes each frame that it comes to: return address, where that stands, and the exception. When nobody catches an exception, it tells what handlers
/// that have thrown it again had ended before. (As RPython's translator does: translator/c/src/debug_traceback.h, with a ring of the same length.)
/// </summary>
internal static unsafe class ThrowLog
{
    /// <summary>Frames that are remembered.</summary>
    public const int Entries = 128;

    /// <summary>Offsets in the log: the byte offset of the next entry, then the entries.</summary>
    public const int NextOffset = 0, EntriesOffset = 32;

    /// <summary>Bytes of an entry, and offsets in it.</summary>
    public const int EntrySize = 32, ReturnAddressOffset = 0, PlaceOffset = 8, ExceptionOffset = 16;

    /// <summary>Bytes of the log.</summary>
    public const int Size = EntriesOffset + Entries * EntrySize;

    private readonly record struct Entry(ulong ReturnAddress, ulong Place, ulong Exception);

    /// <summary>
    /// The frames that the exception being thrown had gone through before handlers threw it again, the innermost first and the one that throws it now last; none if it is thrown for the first time.
    /// A throw has its frames in the log from the thrower outwards to where it lands; a handler throws again from the frame in which it landed.
    /// </summary>
    public static List<(Function Function, int SourceTag)> EarlierFrames(ThreadContext* context, CodeMap codeMap)
    {
        ulong exception = context->Exception, thrower = context->WalkStackPointer;
        int age = 0;
        while (age < Entries && EntryOf(context, age).Place != thrower) age++;
        var inwards = new List<Entry>();
        while (EntryOf(context, ++age) is var landed && landed.Place == thrower && landed.Exception == exception)
        {
            if (inwards.Count > 0) inwards.RemoveAt(inwards.Count - 1);
            inwards.Add(landed);
            while (EntryOf(context, age + 1) is var inner && inner.Place < thrower && inner.Exception == exception)
            {
                inwards.Add(inner);
                thrower = inner.Place;
                age++;
            }
        }

        inwards.Reverse();
        var frames = new List<(Function, int)>();
        foreach (Entry entry in inwards)
            if (codeMap.TryFind(entry.ReturnAddress, out CodePosition position)) frames.Add((position.Function.Function, position.Site.SourceTag));
        return frames;
    }

    /// <summary>The entry that was written so many entries ago; nothing beyond what the ring holds.</summary>
    private static Entry EntryOf(ThreadContext* context, int age)
    {
        if (age >= Entries) return default;
        byte* log = (byte*)context + ThreadContext.ThrowLogOffset;
        long next = *(long*)(log + NextOffset) / EntrySize;
        ulong* entry = (ulong*)(log + EntriesOffset + (next - 1 - age + 2 * Entries) % Entries * EntrySize);
        return new(entry[ReturnAddressOffset / 8], entry[PlaceOffset / 8], entry[ExceptionOffset / 8]);
    }
}
