using Mu.Core.Compiler.Code;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Stacks;
using Mu.Core.Types;

namespace Mu.Core.Threads;

/// <summary>A frame of a stack that does not run: <paramref name="StackPointer"/> is the address of the word where it goes on.</summary>
/// <param name="StackPointer">What rsp must be to resume the frame.</param>
/// <param name="Function">The function.</param>
/// <param name="Position">Code and call site; null for a frame that is still at its function's entry.</param>
internal readonly unsafe record struct StackFrame(ulong StackPointer, Function Function, CodePosition? Position) : IStoppedFrame
{
    /// <inheritdoc/>
    public FunctionVersion? Version => Position?.Function.Version;

    /// <inheritdoc/>
    public bool IsFresh => Position is null;

    /// <inheritdoc/>
    public bool IsAtEntry => Position is not { Site.IsFunctionEntry: false };

    /// <inheritdoc/>
    public Instruction? Instruction => Position?.Site.Instruction;

    /// <inheritdoc/>
    public ulong[] KeepAlives() => Position is { } position ? Array.ConvertAll(position.Site.KeepAlives, Read) : [];

    private ulong Read(ValueLocation location) => location.Kind switch
    {
        LocationKind.Slot => *(ulong*)(StackPointer + 8 + (ulong)location.Value),
        LocationKind.Constant => (ulong)location.Value,
        _ => throw new InvalidOperationException("the values of a stopped frame are in the frame"),
    };
}

/// <summary>Walks stacks that do not run: return address, call site, frame size, until the base.</summary>
internal sealed unsafe class StackWalker(CodeMap codeMap, Stubs stubs, FunctionTable functions, StackSpace stacks) : IStackScanner
{
    /// <summary>The frame whose continuation is stored at an address; null at the base of the stack.</summary>
    public StackFrame? FrameAt(ulong stackPointer)
    {
        ulong address = *(ulong*)stackPointer;
        if (address == stubs.BottomReturn) return null;
        if (address == stubs.StartFresh)
            return new StackFrame(stackPointer, functions.FunctionOf((int)((FunctionCell*)((ulong*)stackPointer)[1])->FunctionId), null);
        CodePosition position = codeMap.Find(address);
        return new StackFrame(stackPointer, position.Function.Function, position);
    }

    /// <summary>The frame's caller, or null.</summary>
    public StackFrame? CallerOf(in StackFrame frame) => FrameAt(Below(frame));

    /// <summary>
    /// Finds where an exception lands, looking from the frame whose continuation is stored at <paramref name="stackPointer"/>. False: nowhere.
    /// </summary>
    public bool FindLanding(ulong stackPointer, out ulong landing, out ulong landingStackPointer)
    {
        (landing, landingStackPointer) = (0, 0);
        while (true)
        {
            ulong address = *(ulong*)stackPointer;
            if (address == stubs.BottomReturn) return false;
            if (address == stubs.StartFresh)
            {
                stackPointer += 16;
                continue;
            }
            (CompiledFunction function, CallSite site) = codeMap.Find(address);
            if (site.LandingOffset >= 0)
            {
                landing = function.Start + (ulong)site.LandingOffset;
                landingStackPointer = stackPointer + 8;
                return true;
            }
            stackPointer += 8 + (ulong)site.FrameSize;
        }
    }

    /// <inheritdoc/>
    public void ScanStack(ulong control, IRootVisitor visitor)
    {
        var stack = (StackControl*)control;
        if (stack->State == StackState.Dead) return;
        ulong stackPointer = stack->StackPointer;
        while (true)
        {
            ulong address = *(ulong*)stackPointer;
            if (address == stubs.BottomReturn) return;
            if (address == stubs.StartFresh)
            {
                stackPointer += 16;
                continue;
            }
            CallSite site = codeMap.Find(address).Site;
            ulong frame = stackPointer + 8;
            foreach (ReferenceSlot slot in site.Map.Slots) visitor.Visit((ulong*)(frame + (ulong)slot.Offset), slot.Kind);
            stackPointer = frame + (ulong)site.FrameSize;
        }
    }

    /// <inheritdoc/>
    public void StackMoved(ulong control, ulong stackObject) => ((StackControl*)control)->HeapObject = stackObject;

    /// <inheritdoc/>
    public void StackDied(ulong control) => stacks.Free((StackControl*)control);

    private static ulong Below(in StackFrame frame) =>
        frame.Position is { } position ? frame.StackPointer + 8 + (ulong)position.Site.FrameSize : frame.StackPointer + 16;
}
