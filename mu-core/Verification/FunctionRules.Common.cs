using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Common instructions: the numbers of their flags, types, signatures and arguments, and what these are.</summary>
internal sealed partial class FunctionRules
{
    private static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    private bool CheckCommon(CommonInstruction i)
    {
        if (CommonShape.Of(i.Op) is not { } shape)
        {
            findings.Add($"there is no {InstructionText.Operation(i)}");
            return false;
        }
        bool fits = Counts("flag", i.Flags.Length, shape.Flags) & Counts("type", i.Types.Length, shape.Types)
            & Counts("signature", i.Signatures.Length, shape.Signatures) & Counts("argument", i.Operands.Length, shape.Arguments);
        foreach (MuType type in i.Types) fits &= IsUsable(type);
        foreach (FunctionSignature signature in i.Signatures) fits &= IsUsable(signature);
        if (!fits) return false;
        if (i.Flags.Length > 0 && i.Flags[0] != "DEFAULT") findings.Add($"found the convention #{i.Flags[0]}, expected #DEFAULT");
        return i.Types.Length > 0 ? CheckWithType(i, i.Types[0]) : CheckWithoutType(i);
    }

    private bool Counts(string what, int found, int expected)
    {
        if (found == expected) return true;
        findings.Add($"{InstructionText.Operation(instruction)} takes {expected} {what}{(expected == 1 ? "" : "s")}, found {found}");
        return false;
    }

    private bool CheckWithoutType(CommonInstruction i)
    {
        Value[] a = i.Operands;
        switch (i.Op)
        {
            case CommonOp.NewStack: ExpectFunction(a[0], TypeKind.FuncRef, i.Signatures[0]); break;
            case CommonOp.KillStack: ExpectKind(a[0], TypeKind.StackRef, "stackref", "argument"); break;
            case CommonOp.SetThreadLocal: Expect(a[0], RefVoid, "argument"); break;
            case CommonOp.TagRefFromDouble: Expect(a[0], SimpleType.Double, "argument"); break;
            case CommonOp.TagRefFromInt: Expect(a[0], IntType.I52, "argument"); break;
            case CommonOp.TagRefFromRef:
                Expect(a[0], RefVoid, "argument");
                Expect(a[1], IntType.I6, "argument");
                break;
            case >= CommonOp.TagRefIsDouble and <= CommonOp.TagRefSame:
                foreach (Value value in a) Expect(value, SimpleType.TagRef64, "argument");
                break;
            case CommonOp.Unexpose:
                ExpectKind(a[0], TypeKind.UFuncPtr, "a ufuncptr", "argument");
                break;
            case CommonOp.Expose: CheckExpose(i); break;
            case CommonOp.MetaPushFrame:
                ExpectKind(a[0], TypeKind.StackRef, "stackref", "stack");
                ExpectFunction(a[1], TypeKind.FuncRef, i.Signatures[0]);
                break;
            case var op when MetaSignature.Of(op) is { } meta:
                ExpectAll(a, meta.Parameters, "argument");
                break;
        }
        return true;
    }

    private bool CheckWithType(CommonInstruction i, MuType type)
    {
        Value[] a = i.Operands;
        switch (i.Op)
        {
            case >= CommonOp.FutexWait and <= CommonOp.FutexCmpRequeue: return CheckFutex(i, type);
            case CommonOp.Pin or CommonOp.GetAddress or CommonOp.Unpin: return CheckPinned(i, type);
            case CommonOp.KillDependency:
                if (!IsValue(type)) return false;
                Expect(a[0], type, "argument");
                return true;
            case >= CommonOp.Sqrt and <= CommonOp.Abs:
                if (!type.IsFloatingPoint) findings.Add($"{InstructionText.Operation(i)} takes float or double, found {EntityText.Of(type)}");
                Expect(a[0], type, "argument");
                return type.IsFloatingPoint;
            case CommonOp.HybridLength:
                if (type.Kind != TypeKind.Hybrid) findings.Add($"{InstructionText.Operation(i)} takes a hybrid, found {EntityText.Of(type)}");
                ExpectReference(a[0], TypeKind.Ref, type, "argument");
                return true;
            default:
                if (type.Kind is TypeKind.Void or TypeKind.Hybrid) findings.Add($"there are no memory arrays of {EntityText.Of(type)}");
                ExpectReference(a[0], TypeKind.IRef, type, "destination");
                ExpectReference(a[1], TypeKind.IRef, type, "source");
                Expect(a[2], IntType.I64, "length");
                return true;
        }
    }

    private bool CheckFutex(CommonInstruction i, MuType type)
    {
        Value[] a = i.Operands;
        if (type is not IntType { Bits: 8 or 16 or 32 or 64 }) findings.Add($"a futex is an int of 8, 16, 32 or 64 bits, found {EntityText.Of(type)}");
        ExpectReference(a[0], TypeKind.IRef, type, "location");
        switch (i.Op)
        {
            case CommonOp.FutexWait: Expect(a[1], type, "expected value"); break;
            case CommonOp.FutexWaitTimeout:
                Expect(a[1], type, "expected value");
                Expect(a[2], IntType.I64, "timeout");
                break;
            case CommonOp.FutexWake: Expect(a[1], IntType.I32, "number of threads"); break;
            case CommonOp.FutexCmpRequeue:
                ExpectReference(a[1], TypeKind.IRef, type, "destination");
                Expect(a[2], type, "expected value");
                Expect(a[3], IntType.I32, "number of threads");
                break;
        }
        return true;
    }

    private bool CheckPinned(CommonInstruction i, MuType type)
    {
        Expect(i.Operands[0], type, "argument");
        if (type is not ReferenceType { Kind: TypeKind.Ref or TypeKind.IRef } reference)
        {
            findings.Add($"{InstructionText.Operation(i)} takes a ref or iref, found {EntityText.Of(type)}");
            return i.Results.Length == 0;
        }
        if (i.Results.Length > 0 && !types.ImageOf(reference.Referent).IsNativeSafe)
            findings.Add($"the result is a uptr, and {EntityText.Of(reference.Referent)} is not native-safe");
        return true;
    }

    private void CheckExpose(CommonInstruction i)
    {
        FunctionSignature signature = i.Signatures[0];
        ExpectFunction(i.Operands[0], TypeKind.FuncRef, signature);
        Expect(i.Operands[1], IntType.I64, "cookie");
        CheckDefaultConvention(signature);
    }
}
