using Mu.Core.IR;
using Mu.Core.Threads;

namespace Mu.Core.Api;

/// <summary>
/// Stands at a frame of a ready stack and goes down from there (the specification's frame cursor). It ends when the stack is bound again or frames are pushed or popped.
/// </summary>
public sealed class FrameCursor : IDisposable
{
    private readonly MuContext context;
    private IStoppedFrame top;
    private IStoppedFrame? frame;

    internal FrameCursor(MuContext context, MuValue stack, IStoppedFrame top, IStoppedFrame frame)
    {
        this.context = context;
        Stack = stack;
        (this.top, this.frame) = (top, frame);
    }

    /// <summary>The stack.</summary>
    public MuValue Stack { get; }

    /// <summary>The frame's function (<c>cur_func</c>).</summary>
    public Function Function => Frame.Function;

    /// <summary>The version of it (<c>cur_func_ver</c>); null for a frame that waits for its arguments.</summary>
    public FunctionVersion? Version => Frame.Version;

    /// <summary>The instruction where the frame stopped (<c>cur_inst</c>); null for a frame that waits for its arguments.</summary>
    public Instruction? Instruction => Frame.Instruction;

    private IStoppedFrame Frame
    {
        get
        {
            ObjectDisposedException.ThrowIf(frame is null, this);
            return context.TopOf(Stack).Equals(top) ? frame : throw new InvalidOperationException("the stack has changed since the cursor was made");
        }
    }

    /// <summary>The values of the instruction's KEEPALIVE clause (<c>dump_keepalives</c>).</summary>
    public MuValue[] KeepAlives() => context.KeepAlives(Frame);

    /// <summary>Goes to the caller (<c>next_frame</c>). False, and no move, at the bottom.</summary>
    public bool NextFrame()
    {
        if (context.CallerOf(Frame) is not { } caller) return false;
        frame = caller;
        return true;
    }

    /// <summary>Another cursor at the same frame (<c>copy_cursor</c>).</summary>
    public FrameCursor Copy() => new(context, Stack, top, Frame);

    /// <summary>Another cursor at the same frame, of another context.</summary>
    internal FrameCursor CopyTo(MuContext other, MuValue stack) => new(other, stack, top, Frame);

    /// <summary>Ends the cursor (<c>close_cursor</c>).</summary>
    public void Dispose() => frame = null;

    /// <summary>The frame, for a context that is about to read it.</summary>
    internal IStoppedFrame StoppedFrame => Frame;

    /// <summary>The frame, for an operation of this context.</summary>
    internal IStoppedFrame RequireFrame(MuContext user) => user == context ? Frame : throw new ArgumentException("the cursor belongs to another context");

    /// <summary>The frames above are gone.</summary>
    internal void BecomeTop() => top = frame!;
}
