using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Which family a node belongs to.</summary>
internal sealed partial class Selector
{
    private void SelectNode(SsaNode n)
    {
        switch (n.Op)
        {
            case SsaOp.Add or SsaOp.Sub or SsaOp.Mul or SsaOp.And or SsaOp.Or or SsaOp.Xor: SelectArithmetic(n); break;
            case SsaOp.Shl or SsaOp.Shr or SsaOp.Sar: SelectShift(n); break;
            case SsaOp.SDiv or SsaOp.SRem or SsaOp.UDiv or SsaOp.URem: SelectDivision(n); break;
            case SsaOp.MulHigh:
                Machine(Code.Imul_rm64, 3, X64Instruction.Nothing, X64Instruction.Nothing,
                    DefFixed(NewInt(), Registers.Rax), DefFixed(VRegOf(n), Registers.Rdx), InFixed(Use(n.Args[0]), Registers.Rax), LateInRegister(Use(n.Args[1])));
                break;
            case SsaOp.Zext or SsaOp.Sext: SelectExtend(n); break;
            case SsaOp.Cmp or SsaOp.TagIsInt or SsaOp.TagIsRef: SelectAsBool(n); break;
            case SsaOp.FCmp: SelectFloatBool(n); break;
            case SsaOp.Select: SelectSelect(n); break;
            case SsaOp.FAdd or SsaOp.FSub or SsaOp.FMul or SsaOp.FDiv: SelectFloatBinary(n); break;
            case SsaOp.FSqrt or SsaOp.FFloor or SsaOp.FCeil or SsaOp.FTrunc or SsaOp.FAbs: SelectFloatUnary(n); break;
            case SsaOp.FRem: SelectRemainder(n); break;
            case >= SsaOp.FConvert and <= SsaOp.FToBits: SelectConversion(n); break;
            case >= SsaOp.VBinary and <= SsaOp.VToFloat: SelectVector(n); break;
            case >= SsaOp.TagFromInt and <= SsaOp.TagToTag: SelectTag(n); break;
            case SsaOp.Lea: SelectLea(n); break;
            case SsaOp.Alloca: SelectAlloca(n); break;
            case SsaOp.Load: SelectLoad(n); break;
            case SsaOp.Store: SelectStore(n); break;
            case SsaOp.LoadContext or SsaOp.StoreContext: SelectContextAccess(n); break;
            case SsaOp.Context: SelectContext(n); break;
            case SsaOp.CompareExchange: SelectCompareExchange(n); break;
            case SsaOp.AtomicRmw: SelectAtomicRmw(n); break;
            case SsaOp.Fence: Machine(Code.Mfence, X64Instruction.Nothing, X64Instruction.Nothing, X64Instruction.Nothing); break;
            case SsaOp.New or SsaOp.NewHybrid: SelectNew(n); break;
            case SsaOp.Poll: Add(new X64Instruction { Kind = X64Kind.Poll, Flags = LirFlags.IsSafepoint, Node = n }); break;
            case SsaOp.Landing: Add(new X64Instruction { Kind = X64Kind.Enter, Operands = [DefFixed(VRegOf(n), Registers.Rax)] }); break;
            case SsaOp.Proj: SelectProjection(n); break;
            case SsaOp.Call or SsaOp.CCall or SsaOp.SwapStack or SsaOp.Trap or SsaOp.RuntimeCall or SsaOp.CopyBytes: SelectCalling(n); break;
            default: throw new NotSupportedException($"{n.Op} cannot be selected");
        }
    }

    private void SelectAsBool(SsaNode n)
    {
        Condition condition = n.Op switch { SsaOp.Cmp => SelectCompare(n), SsaOp.TagIsInt => SelectIsInt(n.Args[0]), _ => SelectIsRef(n.Args[0]) };
        SetCondition(VRegOf(n), condition);
    }

    private void SelectFloatBool(SsaNode n) => SetCondition(VRegOf(n), SelectFloatCompare(n));

    private void SelectContext(SsaNode n)
    {
        X64Instruction lea = Machine(Code.Lea_r64_m, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(n)));
        lea.MemoryBase = MemoryBase.Context;
    }

    private void SelectCompareExchange(SsaNode n)
    {
        int expected = Use(n.Args[1]), desired = Use(n.Args[2]);
        SsaNode? oldNode = n.Projections![0], successNode = n.Projections.Length > 1 ? n.Projections[1] : null;
        int old = oldNode is null ? NewInt() : VRegOf(oldNode), success = successNode is null ? NewInt() : VRegOf(successNode);
        Address address = Match(n.Args[0], n.Imm);
        X64Instruction i = WithAddress(
            new X64Instruction { Kind = X64Kind.CompareExchange, Code = n.Width switch { 1 => Code.Cmpxchg_rm8_r8, 2 => Code.Cmpxchg_rm16_r16, 4 => Code.Cmpxchg_rm32_r32, _ => Code.Cmpxchg_rm64_r64 } },
            address, DefFixed(old, Registers.Rax), Def(success), InFixed(expected, Registers.Rax), LateInRegister(desired));
        MakeLate(i);
    }

    private static void MakeLate(X64Instruction i)
    {
        for (int k = 0; k < i.Operands.Length; k++)
            if (i.Operands[k] is { Role: OperandRole.Use, Constraint: OperandConstraint.Register }) i.Operands[k].Role = OperandRole.LateUse;
    }

    private void SelectAtomicRmw(SsaNode n)
    {
        var op = (IR.AtomicRmwOp)n.Code;
        int operand = Use(n.Args[1]);
        Address address = Match(n.Args[0], n.Imm);
        if (op is IR.AtomicRmwOp.Xchg or IR.AtomicRmwOp.Add)
        {
            Code code = (op, n.Width) switch
            {
                (IR.AtomicRmwOp.Xchg, 1) => Code.Xchg_rm8_r8, (IR.AtomicRmwOp.Xchg, 2) => Code.Xchg_rm16_r16,
                (IR.AtomicRmwOp.Xchg, 4) => Code.Xchg_rm32_r32, (IR.AtomicRmwOp.Xchg, _) => Code.Xchg_rm64_r64,
                (_, 1) => Code.Xadd_rm8_r8, (_, 2) => Code.Xadd_rm16_r16, (_, 4) => Code.Xadd_rm32_r32, _ => Code.Xadd_rm64_r64,
            };
            X64Instruction i = WithAddress(new X64Instruction { Code = code, T0 = X64Instruction.Memory, T1 = 0, Imm = 1 }, address, DefSame(VRegOf(n), 1), InRegister(operand));
            i.Aux = op == IR.AtomicRmwOp.Add ? LockPrefix : null;
            return;
        }

        X64Instruction loop = WithAddress(new X64Instruction { Kind = X64Kind.AtomicLoop, Imm = (long)op, Aux = (int)n.Width }, address,
            DefFixed(VRegOf(n), Registers.Rax), LateInRegister(operand), TempRegister(NewInt()));
        MakeLate(loop);
    }

    /// <summary>Marks a machine instruction that needs LOCK.</summary>
    public static readonly object LockPrefix = new();

    private void SelectNew(SsaNode n)
    {
        var type = (Types.MuType)n.Aux!;
        var i = new X64Instruction { Flags = LirFlags.IsSafepoint, Node = n, Kind = X64Kind.Allocate };
        long header = (long)environment.TypeId(type) << 8;
        if (n.Op == SsaOp.New)
        {
            i.Imm = header;
            i.Displacement = (environment.SizeOf(type) + 15) & ~7;
            i.Operands = [Def(VRegOf(n)), TempRegister(NewInt()), .. KeepAlives(n)];
            Add(i);
            return;
        }

        var hybrid = (Types.HybridType)type;
        long element = environment.SizeOf(hybrid.Element), fixedPart = environment.VariablePartOffset(hybrid);
        if (n.Args[0] is { IsConst: true } length && (ulong)length.Imm < 1 << 20 && fixedPart + element * length.Imm + 8 < environment.LargeObjectThreshold)
        {
            i.Imm = header | (length.Imm << 32);
            i.Displacement = (int)((fixedPart + element * length.Imm + 15) & ~7);
            i.Operands = [Def(VRegOf(n)), TempRegister(NewInt()), .. KeepAlives(n)];
            Add(i);
            return;
        }

        i.Kind = X64Kind.AllocateHybrid;
        i.Imm = header;
        i.Displacement = (int)fixedPart;
        i.Imm2 = (int)element;
        i.Operands = [Def(VRegOf(n)), TempRegister(NewInt()), LateInRegister(Use(n.Args[0])), .. KeepAlives(n)];
        Add(i);
    }

    private LirOperand[] KeepAlives(SsaNode n) =>
        Array.ConvertAll(n.KeepAlives, k => new LirOperand(Use(k), OperandRole.KeepAlive, OperandConstraint.Any));
}
