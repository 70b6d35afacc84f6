using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.RPython.Lowering;

/// <summary>
/// Where finalizers run: a cell says that a collection has found instances to finalize, and programs that have finalizers look at it where they make instances, lists and dicts. Other programs have no cell.
/// </summary>
internal sealed class FinalizerPoll(Bundle bundle, Function run)
{
    private const string Name = "murpy.finalizers_due";

    private readonly GlobalCell due = bundle.AddGlobal(Name, IntType.I64);

    public void Emit(FunctionBuilder b)
    {
        Label found = b.NewLabel(cold: true), go = b.NewLabel();
        // A collection sets it, which may be in any allocation.
        b.Branch(b.Eq(b.Load(due, MemoryOrder.Relaxed), b.Int64(0)), go, found);
        b.PlaceSealed(found);
        b.Store(due, b.Int64(0), MemoryOrder.Relaxed);
        b.Call(run);
        b.Jump(go);
        b.PlaceSealed(go);
    }

    /// <summary>Has collections set the cell of a program, if it has one.</summary>
    public static unsafe void Connect(MuVM vm, Bundle bundle)
    {
        if (bundle.Globals.Find(g => g.Name == Name) is not { } cell) return;
        long* due = (long*)vm.AddressOfGlobal(cell);
        vm.SetCollectionObserver(() =>
        {
            if (vm.HasFinalizable()) Volatile.Write(ref *due, 1);
        });
    }
}
