using System.Runtime.InteropServices;
using Mu.Core.Compiler.Code;
using Mu.Core.IR;

namespace Mu.Core.Threads;

/// <summary>A Mu function as native code calls it.</summary>
/// <param name="Function">The function.</param>
/// <param name="Cookie">What <c>@uvm.native.get_cookie</c> gives in it.</param>
internal sealed record NativeEntry(Function Function, ulong Cookie);

/// <summary>The Mu functions that native code can call (specification, chapter "Native Interface"), by the addresses of their thunks, which are fixed for good.</summary>
internal sealed unsafe class NativeEntries : IDisposable
{
    private readonly Lock gate = new();
    private readonly MuMachine machine;
    private readonly GCHandle handle;
    private readonly CallbackStubs stubs;
    private readonly List<NativeEntry?> entries = [];
    private readonly Dictionary<ulong, int> ids = [];
    private readonly Dictionary<ExposedFunction, ulong> definitions = [];

    /// <summary>None yet.</summary>
    public NativeEntries(MuMachine machine)
    {
        this.machine = machine;
        handle = GCHandle.Alloc(machine);
        stubs = new CallbackStubs(machine.Memory, machine.Stubs, (nint)(delegate* unmanaged<nint, int, CallbackFrame*, CallbackEnd>)&Enter, GCHandle.ToIntPtr(handle));
    }

    /// <summary>The interpreter's way to call native functions.</summary>
    public ulong GuardedCall => stubs.GuardedCall;

    /// <summary>The address at which native code finds a function.</summary>
    public ulong Expose(Function function, ulong cookie)
    {
        lock (gate)
        {
            int id = entries.Count;
            entries.Add(new NativeEntry(function, cookie));
            ulong address = stubs.MakeThunk(id);
            ids.Add(address, id);
            return address;
        }
    }

    /// <summary>The address of an exposed function of a bundle.</summary>
    public ulong AddressOf(ExposedFunction exposed)
    {
        lock (gate)
        {
            if (!definitions.TryGetValue(exposed, out ulong address)) definitions.Add(exposed, address = Expose(exposed.Function, exposed.Cookie.Value));
            return address;
        }
    }

    /// <summary>Native code must not call the address any more. False: it is no function's.</summary>
    public bool Unexpose(ulong address)
    {
        lock (gate)
        {
            if (!ids.Remove(address, out int id)) return false;
            entries[id] = null;
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Free();

    private NativeEntry? EntryOf(int id)
    {
        lock (gate) return entries[id];
    }

    /// <summary>Native code calls. On a thread that runs no Mu code a Mu thread is attached for the call.</summary>
    [UnmanagedCallersOnly]
    private static CallbackEnd Enter(nint machineHandle, int id, CallbackFrame* frame)
    {
        try
        {
            var machine = (MuMachine)GCHandle.FromIntPtr(machineHandle).Target!;
            NativeEntry entry = machine.NativeEntries.EntryOf(id) ?? throw new InvalidOperationException("native code calls a Mu function that is exposed no more");
            if (MuThread.RunningOn(machine) is { } running) return running.CallFromNative(entry, frame);
            using var attached = new MuThread(machine);
            return attached.CallFromNative(entry, frame);
        }
        catch (Exception failure)
        {
            // There is nobody to tell: native frames are in between.
            Environment.FailFast($"a Mu function called by native code: {failure.Message}", failure);
            throw;
        }
    }
}
