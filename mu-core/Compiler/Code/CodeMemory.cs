using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Iced.Intel;
using Mu.Core.Stacks;

namespace Mu.Core.Compiler.Code;

/// <summary>
/// Memory for machine code, and next to it the data that code reaches rip-relatively (function cells, constants). No page is writable and executable through
/// the same mapping: one anonymous file has a view for writing and a view for execution.
/// </summary>
internal sealed unsafe class CodeMemory : IDisposable
{
    private const ulong DataSize = 128UL << 20, CodeSize = 512UL << 20, Alignment = 16;
    private readonly Lock gate = new();
    private readonly ulong start, writable;
    private ulong nextData, nextCode;

    /// <summary>Reserves the address space.</summary>
    public CodeMemory()
    {
        start = LinuxMemory.ReserveNothing(DataSize + CodeSize);
        LinuxMemory.CommitReadWrite(start, DataSize);
        int file = LinuxMemory.CreateFile("mu-code", CodeSize);
        writable = LinuxMemory.MapWritable(file, CodeSize);
        LinuxMemory.MapExecutable(file, CodeStart, CodeSize);
        LinuxMemory.CloseFile(file);
        (nextData, nextCode) = (start, CodeStart);
    }

    /// <summary>Where executable addresses begin.</summary>
    public ulong CodeStart => start + DataSize;

    /// <summary>Bytes of code so far.</summary>
    public ulong CodeBytes => nextCode - CodeStart;

    /// <summary>Whether the address can be one of compiled code.</summary>
    public bool Contains(ulong address) => address - CodeStart < CodeSize;

    /// <summary>Takes zeroed data within rip-relative reach of all code.</summary>
    public ulong AllocateData(int size, ulong alignment = 16)
    {
        lock (gate)
        {
            ulong address = (nextData + alignment - 1) & ~(alignment - 1);
            nextData = address + (ulong)size;
            if (nextData > CodeStart) throw new InsufficientMemoryException($"more than {DataSize} bytes of data beside code");
            return address;
        }
    }

    /// <summary>Takes room for code: the address where it will run. The bytes are put there with <see cref="Write"/>.</summary>
    public ulong AllocateCode(int size)
    {
        lock (gate)
        {
            ulong address = nextCode;
            nextCode = (nextCode + (ulong)size + Alignment - 1) & ~(Alignment - 1);
            if (nextCode > CodeStart + CodeSize) throw new InsufficientMemoryException($"more than {CodeSize} bytes of machine code");
            return address;
        }
    }

    /// <summary>Writes code (or patches it) through the writable view.</summary>
    public void Write(ulong address, ReadOnlySpan<byte> bytes) => bytes.CopyTo(new Span<byte>(WritableView(address), bytes.Length));

    /// <summary>Puts assembled stubs, which take no more than <paramref name="room"/> bytes, at an address of their own. The result tells where their labels are.</summary>
    public AssemblerResult Place(Assembler assembler, int room)
    {
        ulong address = AllocateCode(room);
        using var stream = new MemoryStream();
        AssemblerResult result = assembler.Assemble(new StreamCodeWriter(stream), address, BlockEncoderOptions.ReturnNewInstructionOffsets);
        if (stream.Length > room) throw new InvalidOperationException($"the stubs need {stream.Length} bytes");
        Write(address, stream.GetBuffer().AsSpan(0, (int)stream.Length));
        return result;
    }

    /// <summary>
    /// Replaces bytes that lie in one aligned word by one store: other threads execute the old instruction or the new one.
    /// </summary>
    public void PatchAtomically(ulong address, ReadOnlySpan<byte> bytes)
    {
        int offset = (int)(address & 7);
        if (offset + bytes.Length > 8) throw new ArgumentException("the patch does not lie in an aligned word");
        ref ulong word = ref Unsafe.AsRef<ulong>(WritableView(address & ~7UL));
        ulong patched = word;
        bytes.CopyTo(MemoryMarshal.AsBytes(new Span<ulong>(ref patched))[offset..]);
        Volatile.Write(ref word, patched);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        LinuxMemory.Unmap(start, DataSize + CodeSize);
        LinuxMemory.Unmap(writable, CodeSize);
    }

    private void* WritableView(ulong address) => Contains(address)
        ? (void*)(address - CodeStart + writable)
        : throw new ArgumentOutOfRangeException(nameof(address), $"{address:X} is no code address");
}
