using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Types;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Floating point, and the tagref64 conversions.</summary>
internal sealed partial class Selector
{
    private void SelectFloatBinary(SsaNode n)
    {
        bool isDouble = n.Kind == ValueKind.F64;
        Code code = n.Op switch
        {
            SsaOp.FAdd => isDouble ? Code.VEX_Vaddsd_xmm_xmm_xmmm64 : Code.VEX_Vaddss_xmm_xmm_xmmm32,
            SsaOp.FSub => isDouble ? Code.VEX_Vsubsd_xmm_xmm_xmmm64 : Code.VEX_Vsubss_xmm_xmm_xmmm32,
            SsaOp.FMul => isDouble ? Code.VEX_Vmulsd_xmm_xmm_xmmm64 : Code.VEX_Vmulss_xmm_xmm_xmmm32,
            _ => isDouble ? Code.VEX_Vdivsd_xmm_xmm_xmmm64 : Code.VEX_Vdivss_xmm_xmm_xmmm32,
        };
        SsaNode a = n.Args[0], b = n.Args[1];
        int width = isDouble ? 8 : 4;
        if (n.Op is SsaOp.FAdd or SsaOp.FMul && CanFold(a, width) && !CanFold(b, width)) (a, b) = (b, a);
        int left = Use(a);
        if (CanFold(b, width)) WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = 1, T2 = X64Instruction.Memory }, b, Def(VRegOf(n)), InRegister(left));
        else Machine(code, 0, 1, 2, Def(VRegOf(n)), InRegister(left), Anywhere(Use(b)));
    }

    private void SelectFloatUnary(SsaNode n)
    {
        bool isDouble = n.Kind == ValueKind.F64;
        int value = Use(n.Args[0]);
        if (n.Op == SsaOp.FSqrt)
        {
            Machine(isDouble ? Code.VEX_Vsqrtsd_xmm_xmm_xmmm64 : Code.VEX_Vsqrtss_xmm_xmm_xmmm32, 0, 1, 1, Def(VRegOf(n)), InRegister(value));
            return;
        }

        if (n.Op == SsaOp.FAbs)
        {
            int mask = NewFloat();
            Add(new X64Instruction
            {
                Kind = X64Kind.LoadFloat, Imm = isDouble ? long.MaxValue : int.MaxValue, Scale = (byte)(isDouble ? 8 : 4), Operands = [Def(mask)], Flags = LirFlags.IsRematerialisable,
            });
            Machine(Code.VEX_Vandpd_xmm_xmm_xmmm128, 0, 1, 2, Def(VRegOf(n)), InRegister(value), InRegister(mask));
            return;
        }

        // Rounding modes of ROUNDSD; bit 3 suppresses the inexact exception.
        X64Instruction round = Machine(isDouble ? Code.VEX_Vroundsd_xmm_xmm_xmmm64_imm8 : Code.VEX_Vroundss_xmm_xmm_xmmm32_imm8, 0, 1, 1, Def(VRegOf(n)), InRegister(value));
        round.T3 = X64Instruction.Immediate;
        round.Imm = 8 | (n.Op switch { SsaOp.FFloor => 1, SsaOp.FCeil => 2, _ => 3 });
    }

    private void SelectConversion(SsaNode n)
    {
        SsaNode a = n.Args[0];
        switch (n.Op)
        {
            case SsaOp.FConvert:
                int from = Use(a);
                Machine(n.Kind == ValueKind.F64 ? Code.VEX_Vcvtss2sd_xmm_xmm_xmmm32 : Code.VEX_Vcvtsd2ss_xmm_xmm_xmmm64, 0, 1, 1, Def(VRegOf(n)), InRegister(from));
                break;
            case SsaOp.FToS:
                Add(new X64Instruction { Kind = X64Kind.FloatToSigned, Scale = FloatSize(a), Operands = [Def(VRegOf(n)), LateInRegister(Use(a))] });
                break;
            case SsaOp.FToU:
                Add(new X64Instruction { Kind = X64Kind.FloatToUnsigned, Scale = FloatSize(a), Operands = [Def(VRegOf(n)), LateInRegister(Use(a))] });
                break;
            case SsaOp.SToF:
                Add(new X64Instruction
                {
                    Kind = X64Kind.IntToFloat,
                    Code = (n.Kind == ValueKind.F64, n.Is64) switch
                    {
                        (true, true) => Code.VEX_Vcvtsi2sd_xmm_xmm_rm64,
                        (true, false) => Code.VEX_Vcvtsi2sd_xmm_xmm_rm32,
                        (false, true) => Code.VEX_Vcvtsi2ss_xmm_xmm_rm64,
                        _ => Code.VEX_Vcvtsi2ss_xmm_xmm_rm32,
                    },
                    Operands = [Def(VRegOf(n)), InRegister(Use(a))],
                });
                break;
            case SsaOp.UToF:
                Add(new X64Instruction { Kind = X64Kind.UnsignedToFloat, Scale = FloatSize(n), Operands = [Def(VRegOf(n)), LateInRegister(Use(a)), TempRegister(NewInt())] });
                break;
            case SsaOp.BitsToF:
                Machine(n.Kind == ValueKind.F64 ? Code.VEX_Vmovq_xmm_rm64 : Code.VEX_Vmovd_xmm_rm32, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(a)));
                break;
            case SsaOp.FToBits:
                Machine(a.Kind == ValueKind.F64 ? Code.VEX_Vmovq_rm64_xmm : Code.VEX_Vmovd_rm32_xmm, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(a)));
                break;
        }
    }

    private static byte FloatSize(SsaNode n) => n.Kind == ValueKind.F64 ? (byte)8 : (byte)4;

    private void SelectTag(SsaNode n)
    {
        SsaNode a = n.Args[0];
        switch (n.Op)
        {
            case SsaOp.TagToInt: AddConstant(n, a, -(int)TagRef64.IntKind); break;
            case SsaOp.TagFromInt: AddConstant(n, a, (int)TagRef64.IntKind); break;
            case SsaOp.TagToFp: SelectTagToFloat(n, a); break;
            case SsaOp.TagFromFp: SelectTagFromFloat(n, a); break;
            case SsaOp.TagToRef:
                int shifted = NewInt();
                Machine(Code.Shr_rm64_imm8, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(shifted, 1), Anywhere(Use(a))).Imm = TagRef64.AddressShift;
                Machine(Code.And_rm64_imm8, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(VRegOf(n), 1), Anywhere(shifted)).Imm = -8;
                break;
            case SsaOp.TagFromRef: SelectTagFromRef(n, a, n.Args[1]); break;
            case SsaOp.TagToTag: SelectTagToTag(n, a); break;
        }
    }

    /// <summary>LEA, which keeps the flags.</summary>
    private void AddConstant(SsaNode n, SsaNode a, int constant) =>
        Machine(Code.Lea_r64_m, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(a))).AtBase(1, constant);

    private void SelectTagToFloat(SsaNode n, SsaNode a)
    {
        int bits = NewInt();
        var rotate = new X64Instruction { Code = Code.VEX_Rorx_r64_rm64_imm8, T0 = 0, T1 = 1, T2 = X64Instruction.Immediate, Imm = TagRef64.DoubleRotation };
        if (CanFold(a, 8))
        {
            rotate.T1 = X64Instruction.Memory;
            WithMemory(rotate, a, Def(bits));
        }
        else
        {
            rotate.Operands = [Def(bits), Anywhere(Use(a))];
            Add(rotate);
        }

        Machine(Code.VEX_Vmovq_xmm_rm64, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(bits));
    }

    private void SelectTagFromFloat(SsaNode n, SsaNode a)
    {
        bool neverNaN = a.Op is SsaOp.SToF or SsaOp.UToF;
        Add(new X64Instruction { Kind = X64Kind.TagFromFloat, Imm = neverNaN ? 1 : 0, Operands = [Def(VRegOf(n)), LateInRegister(Use(a))] });
    }

    private void SelectTagFromRef(SsaNode n, SsaNode reference, SsaNode tag)
    {
        int shifted = NewInt();
        Machine(Code.Shl_rm64_imm8, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(shifted, 1), Anywhere(Use(reference))).Imm = TagRef64.AddressShift;
        if (tag.IsConst)
        {
            AluImmediate(Alu.Or, VRegOf(n), shifted, (int)TagRef64.RefBits((int)tag.Imm), wide: true);
            return;
        }

        // Bit 0 of the tag goes to bit 12, bits 1–5 to bits 14–18.
        int low = Step(Code.And_rm32_imm8, Use(tag), 1), high = Step(Code.And_rm32_imm8, Use(tag), 62);
        low = Step(Code.Shl_rm32_imm8, low, 12);
        high = Step(Code.Shl_rm32_imm8, high, 13);
        int bits = Step(Code.Or_rm32_imm32, Both(Code.Or_r32_rm32, low, high), (int)TagRef64.RefKind);
        Machine(Code.Or_r64_rm64, 0, 2, X64Instruction.Nothing, DefSame(VRegOf(n), 1), InRegister(shifted), LateAnywhere(bits));
    }

    private int Step(Code code, int value, long imm)
    {
        int result = NewInt();
        Machine(code, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(result, 1), Anywhere(value)).Imm = imm;
        return result;
    }

    private int Both(Code code, int a, int b)
    {
        int result = NewInt();
        Machine(code, 0, 2, X64Instruction.Nothing, DefSame(result, 1), InRegister(a), LateAnywhere(b));
        return result;
    }

    private void SelectTagToTag(SsaNode n, SsaNode a)
    {
        int word = Use(a);
        int low = Step(Code.And_rm32_imm8, Step(Code.Shr_rm32_imm8, word, 12), 1);
        int high = Step(Code.And_rm32_imm8, Step(Code.Shr_rm32_imm8, word, 13), 62);
        Machine(Code.Or_r32_rm32, 0, 2, X64Instruction.Nothing, DefSame(VRegOf(n), 1), InRegister(low), LateAnywhere(high));
    }
}
