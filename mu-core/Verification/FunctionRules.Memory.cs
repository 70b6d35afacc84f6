using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Allocation, addresses, memory accesses.</summary>
internal sealed partial class FunctionRules
{
    private bool CheckAllocation(MuType type)
    {
        if (!IsUsable(type)) return false;
        if (type.Kind == TypeKind.Hybrid)
            findings.Add($"{InstructionText.Operation(instruction)} takes a type of fixed size, found {EntityText.Of(type)}: a hybrid is allocated with its length");
        return true;
    }

    private bool CheckAllocation(HybridType type, MuType lengthType, Value length)
    {
        ExpectInteger(length, lengthType, "length");
        return IsUsable(type);
    }

    private bool CheckAllocaHybrid(AllocaHybridInstruction i)
    {
        return CheckAllocation(i.AllocatedType, i.LengthType, i.Length);
    }

    private void ExpectLocation(Value location, bool isPointer, MuType type) =>
        ExpectReference(location, isPointer ? TypeKind.UPtr : TypeKind.IRef, type, "location");

    private bool CheckGetIRef(GetIRefInstruction i)
    {
        if (!IsUsable(i.ReferentType)) return false;
        ExpectReference(i.Operands[0], TypeKind.Ref, i.ReferentType, "operand");
        return true;
    }

    private bool CheckGetField(GetFieldIRefInstruction i)
    {
        if (!IsUsable(i.LocationType)) return false;
        ExpectLocation(i.Operands[0], i.IsPointer, i.LocationType);
        int count = i.LocationType switch { StructType s => s.Fields.Count, HybridType h => h.FixedFields.Count, _ => -1 };
        if ((uint)i.Index < (uint)Math.Max(count, 0)) return true;
        findings.Add(count < 0 ? $"GETFIELDIREF takes a struct or hybrid, found {EntityText.Of(i.LocationType)}" : $"{EntityText.Of(i.LocationType)} has no fixed field {i.Index}");
        return false;
    }

    private bool CheckGetElement(GetElemIRefInstruction i)
    {
        if (!IsUsable(i.LocationType)) return false;
        ExpectLocation(i.Operands[0], i.IsPointer, i.LocationType);
        ExpectInteger(i.Operands[1], i.IndexType, "index");
        return true;
    }

    private bool CheckShift(ShiftIRefInstruction i)
    {
        if (!IsUsable(i.ElementType)) return false;
        if (i.ElementType.Kind is TypeKind.Void or TypeKind.Hybrid) findings.Add($"there are no memory arrays of {EntityText.Of(i.ElementType)}");
        ExpectLocation(i.Operands[0], i.IsPointer, i.ElementType);
        ExpectInteger(i.Operands[1], i.OffsetType, "offset");
        return true;
    }

    private bool CheckGetVarPart(GetVarPartIRefInstruction i)
    {
        if (!IsUsable(i.LocationType)) return false;
        ExpectLocation(i.Operands[0], i.IsPointer, i.LocationType);
        return true;
    }

    /// <summary>Whether the content of a location is a value: a weakref's is a ref.</summary>
    private bool IsContent(MuType type) => IsUsable(type) && (type.Kind == TypeKind.WeakRef || IsValue(type));

    private bool CheckLoad(LoadInstruction i)
    {
        if (!IsContent(i.LocationType)) return false;
        CheckOrder(i.Order, i.LocationType, MemoryOrders.Load);
        ExpectLocation(i.Location, i.IsPointer, i.LocationType);
        return true;
    }

    private bool CheckStore(StoreInstruction i)
    {
        if (!IsContent(i.LocationType)) return false;
        CheckOrder(i.Order, i.LocationType, MemoryOrders.Store);
        ExpectLocation(i.Location, i.IsPointer, i.LocationType);
        ExpectContent(i.StoredValue, i.LocationType, "value");
        return true;
    }

    private void ExpectContent(Value value, MuType type, string role)
    {
        if (type is ReferenceType { Kind: TypeKind.WeakRef } weak) ExpectReference(value, TypeKind.Ref, weak.Referent, role);
        else Expect(value, type, role);
    }

    private void CheckOrder(MemoryOrder order, MuType type, MemoryOrders allowed)
    {
        if (order == MemoryOrder.NotAtomic) return;
        CheckOrder(order, allowed);
        if (!type.IsWord) findings.Add($"an atomic access to {EntityText.Of(type)}: only scalars of up to 64 bits are accessed atomically");
    }

    private void CheckOrder(MemoryOrder order, MemoryOrders allowed)
    {
        if (!allowed.HasFlag(MemoryOrdersOf(order))) findings.Add($"{InstructionText.Operation(instruction)} cannot have the memory order {order}");
    }

    private static MemoryOrders MemoryOrdersOf(MemoryOrder order) => order <= MemoryOrder.SeqCst ? (MemoryOrders)(1 << (int)order) : MemoryOrders.Unknown;

    private bool CheckCompareExchange(CompareExchangeInstruction i)
    {
        if (!IsContent(i.LocationType)) return false;
        CheckOrder(i.SuccessOrder, MemoryOrders.Update);
        if (!MemoryOrders.FailedUpdate.HasFlag(MemoryOrdersOf(i.FailureOrder))) findings.Add($"CMPXCHG cannot have the memory order {i.FailureOrder} for its failure");
        CheckExchanged(i.LocationType);
        ExpectLocation(i.Operands[0], i.IsPointer, i.LocationType);
        ExpectContent(i.Operands[1], i.LocationType, "expected value");
        ExpectContent(i.Operands[2], i.LocationType, "desired value");
        return true;
    }

    private bool CheckAtomicRmw(AtomicRmwInstruction i)
    {
        if (!IsContent(i.LocationType)) return false;
        CheckOrder(i.Order, MemoryOrders.Update);
        if (i.Op > AtomicRmwOp.UMin) findings.Add($"there is no operation {(int)i.Op} of ATOMICRMW");
        if (i.Op != AtomicRmwOp.Xchg && i.LocationType.Kind != TypeKind.Int)
            findings.Add($"ATOMICRMW {i.Op.ToString().ToUpperInvariant()} takes an int, found {EntityText.Of(i.LocationType)}");
        CheckExchanged(i.LocationType);
        ExpectLocation(i.Operands[0], i.IsPointer, i.LocationType);
        ExpectContent(i.Operands[1], i.LocationType, "operand");
        return true;
    }

    private void CheckExchanged(MuType type)
    {
        if (!type.IsWord) findings.Add($"{InstructionText.Operation(instruction)} takes a scalar of up to 64 bits, found {EntityText.Of(type)}");
    }

    private bool CheckFence(FenceInstruction i)
    {
        CheckOrder(i.Order, MemoryOrders.Fence);
        return true;
    }
}
