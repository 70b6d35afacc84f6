using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>
/// Handles, and a Mu thread on the calling operating-system thread (the specification's <c>MuCtx</c>); for one client thread at a time. Misuse raises exceptions that say
/// what is wrong. Its parts: values (<c>.Values</c>), aggregates, memory, tagref64, stacks.
/// </summary>
public sealed unsafe partial class MuContext : IDisposable
{
    private readonly MuVM vm;
    private readonly HandleTable handles = new();
    private readonly bool ownsThread;

    internal MuContext(MuVM vm, MuThread? running = null)
    {
        this.vm = vm;
        ownsThread = running is null;
        Thread = running ?? new MuThread(vm.Machine);
        vm.Machine.Heap.AddRootSource(handles);
    }

    /// <summary>The Mu thread.</summary>
    internal MuThread Thread { get; }

    /// <summary>The type of a handle's value.</summary>
    public MuType TypeOf(MuValue value) => handles.TypeOf(value);

    /// <summary>The id of a name (<c>id_of</c>).</summary>
    public int IdOf(string name) => vm.IdOf(name);

    /// <summary>The name of an id (<c>name_of</c>).</summary>
    public string? NameOf(int id) => vm.NameOf(id);

    /// <summary>Loads a bundle (<c>load_bundle</c>); see <see cref="MuVM.Load"/>.</summary>
    public void Load(Bundle bundle, bool verify = true) => vm.Load(bundle, verify);

    /// <summary>Frees a handle (<c>delete_value</c>).</summary>
    public void Delete(MuValue value)
    {
        using HeapAccess inside = Thread.Inside();
        handles.Delete(value);
    }

    /// <summary>Ends the context with all its handles and pins (<c>close_context</c>).</summary>
    public void Dispose()
    {
        ReleasePins();
        vm.Machine.Heap.RemoveRootSource(handles);
        if (ownsThread) Thread.Dispose();
        handles.Dispose();
    }

    /// <summary>A handle of a word. If that is a reference, the caller is inside already.</summary>
    internal MuValue Handle(MuType type, ulong word)
    {
        using HeapAccess inside = Thread.Inside();
        return handles.Add(type, word);
    }

    /// <summary>A handle of a value's words. If there are references among them, the caller is inside already.</summary>
    internal MuValue Handle(MuType type, ReadOnlySpan<ulong> scalars)
    {
        using HeapAccess inside = Thread.Inside();
        return handles.Add(type, scalars);
    }

    internal ulong Word(MuValue value) => handles.Word(value);

    private ulong Word(MuValue value, TypeKind kind) =>
        TypeOf(value).Kind == kind ? Word(value) : throw new ArgumentException($"the value is of type {TypeOf(value)}; {kind} is needed");

    private static void Require(MuType expected, MuType found, string what)
    {
        if (!TypeEquality.Equal(expected, found)) throw new ArgumentException($"{what} is of type {found}; {expected} is needed");
    }
}
