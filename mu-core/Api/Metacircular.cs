using System.Text;
using Mu.Core.Building;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>
/// The client API for Mu programs: <c>@uvm.meta.*</c>, <c>@uvm.irbuilder.*</c>. A program's frame cursors and builders are numbers of its tables. What the API refuses, the instruction raises as an exception: a reference to the
/// bytes of the message.
/// </summary>
internal sealed unsafe partial class Metacircular(MuVM vm) : IMetacircular
{
    private readonly Lock gate = new();
    private readonly Dictionary<ulong, OpenCursor> cursors = [];
    private ulong lastCursor;
    private readonly Dictionary<ulong, IRBuilder> builders = [];
    private MuContext? handlerContext;
    private MuValue handler, handlerArgument;

    /// <summary>Whether the program has set a trap handler, which comes before the client's.</summary>
    public bool HandlesTraps => Volatile.Read(ref handlerContext) is not null;

    /// <inheritdoc/>
    public MetaResult Execute(MuThread thread, CommonOp op, ReadOnlySpan<ulong> arguments)
    {
        using var context = new MuContext(vm, thread);
        return BuilderSignature.Of(op) is { } operands ? ExecuteBuilding(thread, context, op, operands, arguments) : Execute(thread, context, op, arguments);
    }

    private MetaResult Execute(MuThread thread, MuContext context, CommonOp op, ReadOnlySpan<ulong> arguments)
    {
        MuType[] types = MetaSignature.Of(op)!.Parameters;
        var values = new MuValue[types.Length];
        for (int i = 0; i < values.Length; i++) values[i] = types[i] is IntType integer ? context.FromInteger(integer, arguments[i]) : context.Handle(types[i], arguments[i]);
        MuValue? result;
        thread.GoOutside();
        try
        {
            result = Execute(context, op, values);
        }
        catch (Exception failure) when (failure is not HeapCorruptionException)
        {
            thread.ComeInside();
            return Fail(thread, context, failure);
        }

        thread.ComeInside();
        return new MetaResult(result is not { } value ? 0 : context.TypeOf(value) is IntType ? context.ToUInt64(value) : context.Word(value), 0);
    }

    /// <summary>Raises what the API refuses; the thread is inside.</summary>
    private static MetaResult Fail(MuThread thread, MuContext context, Exception failure)
    {
        thread.Context->Exception = Message(context, failure.Message);
        return new MetaResult(0, 1);
    }

    /// <summary>Starts the program's trap handler on a new stack of the thread that trapped.</summary>
    public TrapDecision Handle(MuThread thread, TrapPoint point)
    {
        using var context = new MuContext(vm, thread);
        MuValue trapped = context.Handle(SimpleType.StackRef, point.Stack->HeapObject);
        int watchpoint = point.Frame.Instruction is WatchpointInstruction { WatchpointId: var id } ? id : 0;
        MuValue function, argument;
        lock (gate) // not while the stack is made: that may collect, and a thread that waits for the lock is inside
        {
            function = context.Handle(handlerContext!.TypeOf(handler), handlerContext.Word(handler));
            argument = context.Handle(Predefined.RefVoid, handlerContext.Word(handlerArgument));
        }
        return context.Decide(TrapResult.PassValues([trapped, context.FromInt32(watchpoint), argument], context.NewStack(function)), trapped);
    }

    private MuValue? Execute(MuContext context, CommonOp op, MuValue[] a)
    {
        switch (op)
        {
            case CommonOp.MetaIdOf: return context.FromInt32(vm.IdOf(Text(context, a[0]).TrimStart('@')));
            case CommonOp.MetaNameOf: return Bytes(context, vm.NameOf((int)context.ToInt64(a[0])) ?? throw new KeyNotFoundException("the entity has no name"));
            case CommonOp.MetaLoadBundle: vm.LoadText(Text(context, a[0])); return null;
            case CommonOp.MetaLoadHail: context.LoadHail(Text(context, a[0])); return null;
            case CommonOp.MetaNewCursor: return Open(context, a[0]);
            case CommonOp.MetaNextFrame:
                if (!CursorOf(context, a[0]).NextFrame()) throw new InvalidOperationException("the cursor is at the bottom frame");
                return null;
            case CommonOp.MetaCopyCursor: return Copy(context, a[0]);
            case CommonOp.MetaCloseCursor: Close(context, a[0]); return null;
            case CommonOp.MetaCurrentFunction: return context.FromInt32(CursorOf(context, a[0]).Function.Id);
            case CommonOp.MetaCurrentVersion: return context.FromInt32(CursorOf(context, a[0]).Version?.Id ?? 0);
            case CommonOp.MetaCurrentInstruction: return context.FromInt32(CursorOf(context, a[0]).Instruction?.Id ?? 0);
            case CommonOp.MetaDumpKeepAlives: return Boxes(context, context.KeepAlives(CursorOf(context, a[0]).StoppedFrame));
            case CommonOp.MetaPopFramesTo: PopFrames(context, a[0]); return null;
            case CommonOp.MetaPushFrame: context.PushFrame(a[0], a[1]); return null;
            case CommonOp.MetaEnableWatchpoint: vm.EnableWatchpoint((int)context.ToInt64(a[0])); return null;
            case CommonOp.MetaDisableWatchpoint: vm.DisableWatchpoint((int)context.ToInt64(a[0])); return null;
            case CommonOp.BuilderNew: return NewBuilder(context);
            case CommonOp.MetaSetTrapHandler: SetHandler(context, a[0], a[1]); return null;
            default: throw new NotSupportedException($"@{CommonSignature.NameOf(op)}");
        }
    }

    // Cursors

    /// <summary>A cursor, with a context of its own for the handle that keeps its stack. The context has a thread of its own too: the one that opened the cursor may be gone, or run, when another uses it.</summary>
    private sealed record OpenCursor(MuContext Holder, FrameCursor Cursor);

    private MuValue Open(MuContext context, MuValue stack)
    {
        MuContext holder = vm.NewContext();
        using HeapAccess inside = context.Thread.Inside();
        return Add(context, holder, holder.NewCursor(holder.Handle(SimpleType.StackRef, context.Word(stack))));
    }

    private MuValue Copy(MuContext context, MuValue cursor)
    {
        MuContext holder = vm.NewContext();
        using HeapAccess inside = context.Thread.Inside();
        FrameCursor original = CursorOf(context, cursor);
        OpenCursor open = OpenOf(context, cursor);
        return Add(context, holder, original.CopyTo(holder, holder.Handle(SimpleType.StackRef, open.Holder.Word(original.Stack))));
    }

    private MuValue Add(MuContext context, MuContext holder, FrameCursor cursor)
    {
        lock (gate)
        {
            cursors.Add(++lastCursor, new OpenCursor(holder, cursor));
            return context.Handle(SimpleType.FrameCursorRef, lastCursor);
        }
    }

    private OpenCursor OpenOf(MuContext context, MuValue cursor)
    {
        lock (gate)
            return cursors.TryGetValue(context.Word(cursor), out OpenCursor? open) ? open : throw new InvalidOperationException("the cursor is NULL or has been closed");
    }

    private FrameCursor CursorOf(MuContext context, MuValue cursor) => OpenOf(context, cursor).Cursor;

    private void Close(MuContext context, MuValue cursor)
    {
        OpenCursor open = OpenOf(context, cursor);
        lock (gate) cursors.Remove(context.Word(cursor));
        open.Cursor.Dispose();
        open.Holder.Dispose();
    }

    private void PopFrames(MuContext context, MuValue cursor)
    {
        OpenCursor open = OpenOf(context, cursor);
        open.Holder.PopFramesTo(open.Cursor);
    }

    // Traps

    private void SetHandler(MuContext context, MuValue function, MuValue argument)
    {
        using HeapAccess inside = context.Thread.Inside();
        lock (gate)
        {
            handlerContext?.Dispose();
            MuContext holder = vm.NewContext();
            handler = holder.Handle(context.TypeOf(function), context.Word(function));
            handlerArgument = holder.Handle(Predefined.RefVoid, context.Word(argument));
            handlerContext = context.IsNull(function) ? null : holder;
            if (handlerContext is null) holder.Dispose();
        }
    }

    // Objects

    private static string Text(MuContext context, MuValue bytes)
    {
        using HeapAccess inside = context.Thread.Inside();
        ulong address = context.Word(bytes);
        if (address == 0) throw new ArgumentException("a text is NULL");
        return ReadText(address);
    }

    private static MuValue Bytes(MuContext context, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        using HeapAccess inside = context.Thread.Inside();
        MuValue made = context.NewHybrid(Predefined.Bytes, (ulong)bytes.Length);
        ulong address = context.Word(made);
        *(ulong*)address = (ulong)bytes.Length;
        bytes.CopyTo(new Span<byte>((byte*)address + TypeLayout.Of(Predefined.Bytes).VariablePartOffset, bytes.Length));
        return made;
    }

    /// <summary>The exception's word; NULL if there is no memory for the message.</summary>
    private static ulong Message(MuContext context, string text)
    {
        try
        {
            return context.Word(Bytes(context, text));
        }
        catch (MuOutOfMemoryException)
        {
            return 0;
        }
    }

    /// <summary>A box for each value; the program knows their types.</summary>
    private static MuValue Boxes(MuContext context, MuValue[] values)
    {
        MuValue boxes = context.NewHybrid(Predefined.Refs, (ulong)values.Length), location = context.GetIRef(boxes);
        context.Store(context.GetFieldIRef(location, 0), context.FromInt64(values.Length));
        for (int i = 0; i < values.Length; i++)
        {
            MuValue box = context.NewFixed(context.TypeOf(values[i]));
            context.Store(context.GetIRef(box), values[i]);
            context.Store(context.ShiftIRef(context.GetVarPartIRef(location), i), context.RefCast(box, Predefined.RefVoid));
        }

        return boxes;
    }
}
