using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Vectors of 16 bytes. AVX takes memory operands as they lie.</summary>
internal sealed partial class Selector
{
    private void SelectVector(SsaNode n)
    {
        switch (n.Op)
        {
            case SsaOp.VBinary: SelectVectorBinary(n); break;
            case SsaOp.VCompare: SelectVectorCompare(n); break;
            case SsaOp.VSelect:
                int mask = Use(n.Args[0]), ifTrue = Use(n.Args[1]), ifFalse = Use(n.Args[2]);
                Machine(Code.VEX_Vpblendvb_xmm_xmm_xmmm128_xmm, 0, 1, 2, Def(VRegOf(n)), InRegister(ifFalse), Anywhere(ifTrue), InRegister(mask)).T3 = 3;
                break;
            case SsaOp.VSplat: SelectSplat(n); break;
            case SsaOp.VInsert: SelectInsert(n); break;
            case SsaOp.VExtract: SelectExtract(n); break;
            case SsaOp.VShuffle: SelectShuffle(n); break;
            case SsaOp.VBytes: SelectWithVector(n, Code.VEX_Vpshufb_xmm_xmm_xmmm128, n.Args[0], n.Args[1]); break;
            case SsaOp.VMask:
                Code code = n.Width switch { 4 => Code.VEX_Vmovmskps_r32_xmm, 8 => Code.VEX_Vmovmskpd_r32_xmm, _ => Code.VEX_Vpmovmskb_r32_xmm };
                Machine(code, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(n.Args[0])));
                break;
            case SsaOp.VToFloat: Machine(Code.VEX_Vcvtdq2ps_xmm_xmmm128, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), Anywhere(Use(n.Args[0]))); break;
        }
    }

    private void LoadVector(int vreg, UInt128 value) =>
        Add(new X64Instruction { Kind = X64Kind.LoadVector, Aux = value, Operands = [Def(vreg)], Flags = LirFlags.IsRematerialisable });

    /// <summary>result = a op b, where b may be in memory.</summary>
    private X64Instruction SelectWithVector(SsaNode n, Code code, SsaNode a, SsaNode b)
    {
        int left = Use(a);
        if (a != b && CanFold(b, VectorShape.Bytes)) return WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = 1, T2 = X64Instruction.Memory }, b, Def(VRegOf(n)), InRegister(left));
        return Machine(code, 0, 1, 2, Def(VRegOf(n)), InRegister(left), Anywhere(Use(b)));
    }

    private void SelectVectorBinary(SsaNode n)
    {
        var op = (BinaryOp)n.Code;
        if (op is BinaryOp.Shl or BinaryOp.LShr or BinaryOp.AShr && n.Args[1].Op == SsaOp.VectorConst && IsSplat((UInt128)n.Args[1].Aux!, n.Width, out int count))
        {
            Machine(VectorCodes.ShiftAll(op, n.Width), 0, 1, X64Instruction.Immediate, Def(VRegOf(n)), InRegister(Use(n.Args[0]))).Imm = count;
            return;
        }

        (SsaNode a, SsaNode b) = (n.Args[0], n.Args[1]);
        if (op is BinaryOp.Add or BinaryOp.Mul or BinaryOp.And or BinaryOp.Or or BinaryOp.Xor && CanFold(a, VectorShape.Bytes) && !CanFold(b, VectorShape.Bytes)) (a, b) = (b, a);
        SelectWithVector(n, VectorCodes.Of(op, n.Width), a, b);
    }

    private static bool IsSplat(UInt128 value, int laneBytes, out int lane)
    {
        lane = (int)(value & 255);
        UInt128 all = UInt128.Zero;
        for (int k = 0; k < VectorShape.Bytes / laneBytes; k++) all |= (UInt128)(uint)lane << 8 * laneBytes * k;
        return all == value;
    }

    private void SelectVectorCompare(SsaNode n)
    {
        var op = (CompareOp)n.Code;
        if (op is CompareOp.Eq or CompareOp.Sgt)
        {
            SelectWithVector(n, op == CompareOp.Eq ? VectorCodes.Equal(n.Width) : VectorCodes.Greater(n.Width), n.Args[0], n.Args[1]);
            return;
        }

        X64Instruction compare = SelectWithVector(n, n.Width == 8 ? Code.VEX_Vcmppd_xmm_xmm_xmmm128_imm8 : Code.VEX_Vcmpps_xmm_xmm_xmmm128_imm8, n.Args[0], n.Args[1]);
        compare.T3 = X64Instruction.Immediate;
        compare.Imm = VectorCodes.Predicate(op);
    }

    private void SelectSplat(SsaNode n)
    {
        SsaNode value = n.Args[0];
        int scalar = Use(value), result = VRegOf(n);
        switch (value.Kind)
        {
            case ValueKind.F32: Machine(Code.VEX_Vpermilps_xmm_xmmm128_imm8, 0, 1, X64Instruction.Immediate, Def(result), InRegister(scalar)); return;
            case ValueKind.F64: Machine(Code.VEX_Vmovddup_xmm_xmmm64, 0, 1, X64Instruction.Nothing, Def(result), Anywhere(scalar)); return;
        }

        int low = NewVector();
        Machine(n.Width == 8 ? Code.VEX_Vmovq_xmm_rm64 : Code.VEX_Vmovd_xmm_rm32, 0, 1, X64Instruction.Nothing, Def(low), InRegister(scalar));
        switch (n.Width)
        {
            case 8: Machine(Code.VEX_Vpunpcklqdq_xmm_xmm_xmmm128, 0, 1, 1, Def(result), InRegister(low)); break;
            case 4: Machine(Code.VEX_Vpshufd_xmm_xmmm128_imm8, 0, 1, X64Instruction.Immediate, Def(result), InRegister(low)); break;
            default:
                int control = NewVector();
                LoadVector(control, n.Width == 1 ? UInt128.Zero : new UInt128(0x0100_0100_0100_0100, 0x0100_0100_0100_0100));
                Machine(Code.VEX_Vpshufb_xmm_xmm_xmmm128, 0, 1, 2, Def(result), InRegister(low), InRegister(control));
                break;
        }
    }

    private void SelectInsert(SsaNode n)
    {
        SsaNode value = n.Args[1];
        int vector = Use(n.Args[0]), scalar = Use(value), result = VRegOf(n);
        if (value.Kind == ValueKind.F64)
        {
            Machine(n.Imm == 0 ? Code.VEX_Vmovsd_xmm_xmm_xmm : Code.VEX_Vunpcklpd_xmm_xmm_xmmm128, 0, 1, 2, Def(result), InRegister(vector), InRegister(scalar));
            return;
        }

        Code code = value.Kind == ValueKind.F32 ? Code.VEX_Vinsertps_xmm_xmm_xmmm32_imm8 : n.Width switch
        {
            1 => Code.VEX_Vpinsrb_xmm_xmm_r32m8_imm8,
            2 => Code.VEX_Vpinsrw_xmm_xmm_r32m16_imm8,
            4 => Code.VEX_Vpinsrd_xmm_xmm_rm32_imm8,
            _ => Code.VEX_Vpinsrq_xmm_xmm_rm64_imm8,
        };
        X64Instruction insert = Machine(code, 0, 1, 2, Def(result), InRegister(vector), InRegister(scalar));
        insert.T3 = X64Instruction.Immediate;
        insert.Imm = value.Kind == ValueKind.F32 ? n.Imm << 4 : n.Imm;
    }

    private void SelectExtract(SsaNode n)
    {
        int vector = Use(n.Args[0]), result = VRegOf(n);
        if (n.IsFloat)
        {
            if (n.Imm == 0) Copy(result, vector);
            else
                Machine(n.Kind == ValueKind.F32 ? Code.VEX_Vpermilps_xmm_xmmm128_imm8 : Code.VEX_Vpermilpd_xmm_xmmm128_imm8, 0, 1, X64Instruction.Immediate, Def(result), InRegister(vector)).Imm = n.Imm;
            return;
        }

        if (n.Imm == 0 && n.Width >= 4)
        {
            Machine(n.Width == 8 ? Code.VEX_Vmovq_rm64_xmm : Code.VEX_Vmovd_rm32_xmm, 0, 1, X64Instruction.Nothing, Def(result), InRegister(vector));
            return;
        }

        Code code = n.Width switch
        {
            1 => Code.VEX_Vpextrb_r32m8_xmm_imm8,
            2 => Code.VEX_Vpextrw_r32_xmm_imm8,
            4 => Code.VEX_Vpextrd_rm32_xmm_imm8,
            _ => Code.VEX_Vpextrq_rm64_xmm_imm8,
        };
        Machine(code, 0, 1, X64Instruction.Immediate, Def(result), InRegister(vector)).Imm = n.Imm;
    }

    private void SelectShuffle(SsaNode n)
    {
        if (n.Width == 4 && n.Args[0] == n.Args[1])
        {
            Machine(Code.VEX_Vpshufd_xmm_xmmm128_imm8, 0, 1, X64Instruction.Immediate, Def(VRegOf(n)), InRegister(Use(n.Args[0]))).Imm = (sbyte)n.Imm;
            return;
        }

        X64Instruction shuffle = SelectWithVector(n, n.Width == 4 ? Code.VEX_Vshufps_xmm_xmm_xmmm128_imm8 : Code.VEX_Vshufpd_xmm_xmm_xmmm128_imm8, n.Args[0], n.Args[1]);
        shuffle.T3 = X64Instruction.Immediate;
        shuffle.Imm = (sbyte)n.Imm;
    }
}
