using System.Buffers.Binary;
using Iced.Intel;

namespace Mu.Core.Compiler.X64;

/// <summary>A place in the code that is not known yet.</summary>
internal readonly record struct CodeLabel(int Id);

/// <summary>Machine code under construction: bytes, labels, and references to be filled in when the code's address is known.</summary>
internal sealed class CodeBuffer : CodeWriter
{
    private readonly Encoder encoder;
    private byte[] bytes = new byte[512];
    private int[] labels = new int[64];
    private int labelCount;
    private readonly List<(int At, int Label)> fixups = [];
    private readonly List<(int At, ulong Target)> externals = [];
    private readonly List<(long Bits, int Label)> constants = [];
    private readonly Dictionary<long, int> constantLabels = [];
    private readonly Dictionary<UInt128, int> vectorLabels = [];
    private readonly List<(int Table, CodeLabel[] Targets)> tables = [];

    public CodeBuffer() => encoder = Encoder.Create(64, this);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Length);

    public override void WriteByte(byte value)
    {
        if (Length == bytes.Length) Array.Resize(ref bytes, bytes.Length * 2);
        bytes[Length++] = value;
    }

    public void Write(params ReadOnlySpan<byte> values)
    {
        foreach (byte value in values) WriteByte(value);
    }

    public void Encode(in Instruction instruction) => encoder.Encode(instruction, (ulong)Length);

    public CodeLabel NewLabel()
    {
        if (labelCount == labels.Length) Array.Resize(ref labels, labels.Length * 2);
        labels[labelCount] = -1;
        return new(labelCount++);
    }

    public void Bind(CodeLabel label) => labels[label.Id] = Length;

    public int OffsetOf(CodeLabel label) => labels[label.Id] >= 0 ? labels[label.Id] : throw new InvalidOperationException($"label {label.Id} is not bound");

    private void Write32(int value)
    {
        Write((byte)value, (byte)(value >> 8), (byte)(value >> 16), (byte)(value >> 24));
    }

    /// <summary>Four bytes with the distance from behind them to a label.</summary>
    private void Relative(CodeLabel label)
    {
        fixups.Add((Length, label.Id));
        Write32(0);
    }

    private void RelativeTo(ulong target)
    {
        externals.Add((Length, target));
        Write32(0);
    }

    /// <summary>Adds NOPs until the place suits.</summary>
    public void PadUntil(Func<int, bool> suits)
    {
        int padding = 0;
        while (!suits(Length + padding)) padding++;
        switch (padding)
        {
            case 1: Write(0x90); break;
            case 2: Write(0x66, 0x90); break;
            case 3: Write(0x0F, 0x1F, 0x00); break;
            case 4: Write(0x0F, 0x1F, 0x40, 0x00); break;
        }
    }

    /// <summary>Jumps that go back a short way take two bytes.</summary>
    public void Jump(CodeLabel target)
    {
        int distance = labels[target.Id] - (Length + 2);
        if (labels[target.Id] >= 0 && distance >= sbyte.MinValue)
        {
            Write(0xEB, (byte)distance);
            return;
        }

        Write(0xE9);
        Relative(target);
    }

    public void JumpIf(Ssa.Cond cond, CodeLabel target)
    {
        int distance = labels[target.Id] - (Length + 2);
        if (labels[target.Id] >= 0 && distance >= sbyte.MinValue)
        {
            Write((byte)(0x70 + (int)cond), (byte)distance);
            return;
        }

        Write(0x0F, (byte)(0x80 + (int)cond));
        Relative(target);
    }

    public void CallStub(ulong target)
    {
        Write(0xE8);
        RelativeTo(target);
    }

    public void CallThrough(ulong cell)
    {
        Write(0xFF, 0x15);
        RelativeTo(cell);
    }

    public void JumpThrough(ulong cell)
    {
        Write(0xFF, 0x25);
        RelativeTo(cell);
    }

    /// <summary>lea r64, [rip → label].</summary>
    public void LoadAddress(int register, CodeLabel label)
    {
        Write((byte)(0x48 | (register >= 8 ? 4 : 0)), 0x8D, (byte)(0x05 | (register & 7) << 3));
        Relative(label);
    }

    /// <summary>vmovsd or vmovss xmm, [rip → constant].</summary>
    public void LoadConstant(int xmm, long bits, bool isDouble)
    {
        Write(0xC5, (byte)((xmm >= 8 ? 0x78 : 0xF8) | (isDouble ? 3 : 2)), 0x10, (byte)(0x05 | (xmm & 7) << 3));
        if (!constantLabels.TryGetValue(bits, out int label))
        {
            label = NewLabel().Id;
            constantLabels.Add(bits, label);
            constants.Add((bits, label));
        }

        Relative(new(label));
    }

    /// <summary>vmovups xmm, [rip → constant].</summary>
    public void LoadConstant(int xmm, UInt128 value)
    {
        Write(0xC5, (byte)(xmm >= 8 ? 0x78 : 0xF8), 0x10, (byte)(0x05 | (xmm & 7) << 3));
        if (!vectorLabels.TryGetValue(value, out int label)) vectorLabels.Add(value, label = NewLabel().Id);
        Relative(new(label));
    }

    /// <summary>A table of distances from itself, placed behind the code.</summary>
    public CodeLabel Table(CodeLabel[] targets)
    {
        CodeLabel table = NewLabel();
        tables.Add((table.Id, targets));
        return table;
    }

    /// <summary>Appends constants and tables.</summary>
    public void Finish()
    {
        while ((Length & 7) != 0) WriteByte(0xCC);
        foreach ((long bits, int label) in constants)
        {
            labels[label] = Length;
            Write32((int)bits);
            Write32((int)(bits >> 32));
        }

        // Within one line of the cache each: code begins at multiples of 16.
        while (vectorLabels.Count > 0 && (Length & 15) != 0) WriteByte(0xCC);
        foreach ((UInt128 value, int label) in vectorLabels)
        {
            labels[label] = Length;
            for (int i = 0; i < 16; i++) WriteByte((byte)(value >> 8 * i));
        }

        foreach ((int table, CodeLabel[] targets) in tables)
        {
            labels[table] = Length;
            foreach (CodeLabel target in targets) Write32(OffsetOf(target) - labels[table]);
        }

        foreach ((int at, int label) in fixups) Patch(at, OffsetOf(new(label)) - (at + 4));
    }

    /// <summary>Fills in distances to addresses outside, now that the code's own is known.</summary>
    public void Relocate(ulong start)
    {
        foreach ((int at, ulong target) in externals)
        {
            long distance = (long)target - (long)(start + (ulong)at + 4);
            if (distance != (int)distance) throw new InvalidOperationException($"{target:X} is out of reach of code at {start:X}");
            Patch(at, (int)distance);
        }
    }

    private void Patch(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
