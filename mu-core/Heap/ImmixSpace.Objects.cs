namespace Mu.Core.Heap;

/// <summary>
/// From an address inside an object to the object. Holes are allocated contiguously from their first line and zero behind the last object; a
/// line that is not free belongs to one hole. So from a known start one can walk header by header, over dead objects too.
/// </summary>
internal sealed unsafe partial class ImmixSpace
{
    /// <summary>
    /// The object that a location belongs to, or 0. A location is inside an object's payload or at its end; the word before it is thus
    /// in the object, header included, in both cases.
    /// </summary>
    public ulong FindObject(ulong location)
    {
        ulong target = location - ObjectHeader.Size;
        if (target - Start >= freshBlock - Start || !InfoOf(target).InUse) return 0;
        ulong header = NearestStart(target);
        if (header == 0) return 0;
        ulong end = Block.Containing(target).End;
        Line walked = Line.Containing(header);
        while (header < end)
        {
            Remember(header, ref walked);
            ulong size = SizeAt(header);
            if (size == 0) return 0;
            if (target < header + size) return header + ObjectHeader.Size;
            header += size;
        }
        return 0;
    }

    /// <summary>The size of the object (live, dead or moved away) whose header is at an address; 0 if there is none.</summary>
    public ulong SizeAt(ulong header)
    {
        ulong word = *(ulong*)header;
        if (word == 0) return 0;
        return (word & ObjectHeader.Forwarded) != 0
            ? ObjectHeader.ForwardedSize(word)
            : types[ObjectHeader.TypeId(word)].ObjectSize(ObjectHeader.Length(word));
    }

    private ulong NearestStart(ulong target)
    {
        Line line = Line.Containing(target), first = Block.Containing(target).FirstLine;
        byte state = Lines[line];
        if (LineTable.HasStart(state) && state <= Line.WordIndex(target)) return line.Start + state * 8UL;
        while (state != LineTable.Free && line.Number > first.Number)
        {
            line = new Line(line.Number - 1);
            state = Lines[line];
            if (LineTable.HasStart(state)) return line.Start + state * 8UL;
        }
        return 0;
    }

    /// <summary>Saves the next search in the same hole the walk.</summary>
    private void Remember(ulong header, ref Line walked)
    {
        Line line = Line.Containing(header);
        if (line == walked) return;
        walked = line;
        ref byte state = ref Lines[line];
        if (state is LineTable.Covered or LineTable.Allocated) state = Line.WordIndex(header);
    }
}
