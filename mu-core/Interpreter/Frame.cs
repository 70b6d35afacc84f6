using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

/// <summary>
/// The activation of a function version on a Mu stack; or, before it has begun, of a function that waits for its arguments (<see cref="Code"/> is null then): the
/// bottom of a new stack, or what PushFrame has put there.
/// </summary>
internal sealed unsafe class Frame
{
    private FrameMemory? memory;

    /// <summary>A frame at the beginning of a version; the caller fills in the arguments.</summary>
    public Frame(VersionCode code, Frame? caller)
    {
        Code = code;
        Function = code.Version.Function;
        Caller = caller;
        Block = code.Entry;
        Words = new ulong[code.FrameWords];
        Size = 160 + 8L * Words.Length;
    }

    /// <summary>A frame that waits for the arguments of a function.</summary>
    public Frame(Function function, Frame? caller)
    {
        Function = function;
        Caller = caller;
        Block = null!;
        Words = [];
    }

    /// <summary>The function.</summary>
    public Function Function { get; }

    /// <summary>The decoded version; null for a frame that has not begun.</summary>
    public VersionCode? Code { get; }

    /// <summary>The frame that waits for this one; null at the bottom.</summary>
    public Frame? Caller { get; set; }

    /// <summary>The current block.</summary>
    public BlockCode Block { get; set; }

    /// <summary>Index of the current operation in the block.</summary>
    public int Position { get; set; }

    /// <summary>The block's values.</summary>
    public ulong[] Words { get; }

    /// <summary>The operation that runs or waits.</summary>
    public Operation Operation => Block.Operations[Position];

    /// <summary>The types of the words that the frame waits for: its function's arguments, or the results of the operation that it stopped at.</summary>
    public MuType[] AwaitedTypes =>
        FlatValue.Scalars(Code is null ? Function.Signature.Parameters : Array.ConvertAll(Operation.Source!.Results, r => r.Type));

    /// <summary>The word of an operand.</summary>
    public ulong Get(int operand) => operand >= 0 ? Words[operand] : Code!.Constants[~operand];

    /// <summary>Word <paramref name="index"/> of an operand of several words.</summary>
    public ulong Get(int operand, int index) => operand >= 0 ? Words[operand + index] : Code!.Constants[~operand + index];

    /// <summary>A length; one that needs more than 64 bits is as large as can be, which no allocation grants.</summary>
    public ulong GetLength(int operand, bool isWide) => isWide && Get(operand, 1) != 0 ? ulong.MaxValue : Get(operand);

    /// <summary>The int&lt;128&gt; number <paramref name="index"/> of an operand.</summary>
    public UInt128 GetWide(int operand, int index) => new(Get(operand, 2 * index + 1), Get(operand, 2 * index));

    /// <summary>Stores the int&lt;128&gt; number <paramref name="index"/> from a word on.</summary>
    public void SetWide(int slot, int index, UInt128 value) => (Words[slot + 2 * index], Words[slot + 2 * index + 1]) = ((ulong)value, (ulong)(value >> 64));

    /// <summary>The words of several operands.</summary>
    public ulong[] GetAll(int[] operands) => Array.ConvertAll(operands, Get);

    /// <summary>The memory of ALLOCA, made at the first.</summary>
    public FrameMemory Memory => memory ??= new FrameMemory();

    /// <summary>Bytes of the frame, counted against its stack's size: about what it takes on the .NET heap.</summary>
    public long Size { get; set; }

    /// <summary>The frame is gone: its memory goes too.</summary>
    public void Release() => memory?.Dispose();

    /// <summary>Shows the live references to the collector.</summary>
    public void VisitRoots(IRootVisitor visitor)
    {
        if (Code is null) return;
        fixed (ulong* words = Words)
        {
            foreach (RootWord root in Block.Roots)
                if (root.IsLiveAt(Position)) visitor.Visit(words + root.Slot, root.Kind);
        }

        memory?.VisitRoots(visitor);
    }
}
