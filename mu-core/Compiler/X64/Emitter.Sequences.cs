using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Types;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Instructions that are more than one machine instruction.</summary>
internal sealed partial class Emitter
{
    private void Emit(X64Instruction i, LirBlock b)
    {
        switch (i.Kind)
        {
            case X64Kind.Machine: Machine(i); break;
            case X64Kind.Enter: break;
            case X64Kind.Move: Move(i); break;
            case X64Kind.LoadImmediate: LoadImmediateInto(i.Operands[0].Location, i.Imm); break;
            case X64Kind.LoadFloat: LoadFloat(i); break;
            case X64Kind.SetCondition: SetCondition(i); break;
            case X64Kind.FloatSelect: FloatSelect(i); break;
            case X64Kind.LoadVector: LoadVector(i); break;
            case X64Kind.Divide: Divide(i); break;
            case X64Kind.FloatToSigned: FloatToSigned(i); break;
            case X64Kind.FloatToUnsigned: FloatToUnsigned(i); break;
            case X64Kind.UnsignedToFloat: UnsignedToFloat(i); break;
            case X64Kind.IntToFloat: IntToFloat(i); break;
            case X64Kind.TagFromFloat: TagFromFloat(i); break;
            case X64Kind.CompareExchange: CompareExchange(i); break;
            case X64Kind.AtomicLoop: AtomicLoop(i); break;
            case X64Kind.Jump: FallThrough(b.Successors[0].To); break;
            case X64Kind.Branch: Branch(i, b); break;
            case X64Kind.WatchpointBranch: WatchpointBranch(i, b); break;
            case X64Kind.JumpTable: Switch(i, b); break;
            case X64Kind.Unreachable: code.Encode(Instruction.Create(Code.Ud2)); break;
            default: EmitTransfer(i, b); break;
        }
    }

    private void Op(Code operation, Register a, Register b) => code.Encode(Instruction.Create(operation, a, b));

    private void Op(Code operation, Register a, int imm) => code.Encode(Instruction.Create(operation, a, imm));

    private void SetCondition(X64Instruction i)
    {
        int result = RegisterOf(i, 0);
        code.Encode(Instruction.Create(ConditionCodes.Set(i.Condition.Code), Registers.Gpr8(result)));
        if (i.Condition.Parity != Parity.Ignored)
        {
            int parity = RegisterOf(i, 1);
            bool and = i.Condition.Parity == Parity.MustBeClear;
            code.Encode(Instruction.Create(ConditionCodes.Set(and ? Cond.NoParity : Cond.Parity), Registers.Gpr8(parity)));
            Op(and ? Code.And_r8_rm8 : Code.Or_r8_rm8, Registers.Gpr8(result), Registers.Gpr8(parity));
        }

        Op(Code.Movzx_r32_rm8, Registers.Gpr32(result), Registers.Gpr8(result));
    }

    private void FloatSelect(X64Instruction i)
    {
        CodeLabel skip = code.NewLabel();
        code.JumpIf(i.Condition.Code.Negate(), skip);
        MoveFloat(i.Operands[0].Location, i.Operands[2].Location);
        code.Bind(skip);
    }

    private void Divide(X64Instruction i)
    {
        int divisor = RegisterOf(i, 3);
        bool wide = i.Code is Code.Idiv_rm64 or Code.Div_rm64, signed = i.Code is Code.Idiv_rm64 or Code.Idiv_rm32;
        Register d = wide ? Registers.Gpr64(divisor) : Registers.Gpr32(divisor);
        CodeLabel minusOne = code.NewLabel(), done = code.NewLabel();
        if (i.Imm == 1)
        {
            Op(wide ? Code.Cmp_rm64_imm8 : Code.Cmp_rm32_imm8, d, -1);
            code.JumpIf(Cond.Eq, minusOne);
            cold.Add(() =>
            {
                code.Bind(minusOne);
                code.Encode(Instruction.Create(wide ? Code.Neg_rm64 : Code.Neg_rm32, wide ? Register.RAX : Register.EAX));
                Op(Code.Xor_r32_rm32, Register.EDX, Register.EDX);
                code.Jump(done);
            });
        }

        if (signed) code.Encode(Instruction.Create(wide ? Code.Cqo : Code.Cdq));
        else Op(Code.Xor_r32_rm32, Register.EDX, Register.EDX);
        code.Encode(Instruction.Create(i.Code, d));
        code.Bind(done);
    }

    /// <summary>CVTTSD2SI gives MIN for whatever does not fit: then NaN is 0, and what is positive is MAX.</summary>
    private void FloatToSigned(X64Instruction i)
    {
        bool isDouble = i.Scale == 8;
        int number = RegisterOf(i, 0);
        Register result = Registers.Gpr64(number), value = Registers.Xmm(RegisterOf(i, 1));
        CodeLabel fix = code.NewLabel(), done = code.NewLabel();
        Op(isDouble ? Code.VEX_Vcvttsd2si_r64_xmmm64 : Code.VEX_Vcvttss2si_r64_xmmm32, result, value);
        Op(Code.Cmp_rm64_imm8, result, 1);
        code.JumpIf(Cond.Overflow, fix);
        code.Bind(done);
        cold.Add(() =>
        {
            code.Bind(fix);
            Op(Code.Xor_r32_rm32, Registers.Gpr32(number), Registers.Gpr32(number));
            Op(isDouble ? Code.VEX_Vucomisd_xmm_xmmm64 : Code.VEX_Vucomiss_xmm_xmmm32, value, value);
            code.JumpIf(Cond.Parity, done);
            LoadImmediate(number, long.MinValue);
            if (isDouble) Op(Code.VEX_Vmovq_rm64_xmm, Register.R11, value);
            else Op(Code.VEX_Vmovd_rm32_xmm, Register.R11D, value);
            Register sign = isDouble ? Register.R11 : Register.R11D;
            Op(isDouble ? Code.Test_rm64_r64 : Code.Test_rm32_r32, sign, sign);
            code.JumpIf(Cond.Negative, done);
            Op(Code.Add_rm64_imm8, result, -1);
            code.Jump(done);
        });
    }

    /// <summary>Below 2^63 the signed conversion does; above, 2^63 is taken off first.</summary>
    private void FloatToUnsigned(X64Instruction i)
    {
        bool isDouble = i.Scale == 8;
        int number = RegisterOf(i, 0);
        Register result = Registers.Gpr64(number), value = Registers.Xmm(RegisterOf(i, 1)), scratch = Registers.Xmm(Registers.ScratchFloat);
        Code convert = isDouble ? Code.VEX_Vcvttsd2si_r64_xmmm64 : Code.VEX_Vcvttss2si_r64_xmmm32, compare = isDouble ? Code.VEX_Vucomisd_xmm_xmmm64 : Code.VEX_Vucomiss_xmm_xmmm32;
        CodeLabel large = code.NewLabel(), done = code.NewLabel(), zero = code.NewLabel();
        code.LoadConstant(Registers.ScratchFloat, isDouble ? BitConverter.DoubleToInt64Bits(9223372036854775808.0) : BitConverter.SingleToInt32Bits(9223372036854775808.0f), isDouble);
        Op(compare, value, scratch);
        code.JumpIf(Cond.Parity, zero);
        code.JumpIf(Cond.Uge, large);
        Op(convert, result, value);
        Op(Code.Test_rm64_r64, result, result);
        code.JumpIf(Cond.Negative, zero);
        code.Bind(done);
        cold.Add(() =>
        {
            code.Bind(zero);
            Op(Code.Xor_r32_rm32, Registers.Gpr32(number), Registers.Gpr32(number));
            code.Jump(done);
            code.Bind(large);
            CodeLabel saturate = code.NewLabel();
            code.Encode(Instruction.Create(isDouble ? Code.VEX_Vsubsd_xmm_xmm_xmmm64 : Code.VEX_Vsubss_xmm_xmm_xmmm32, scratch, value, scratch));
            Op(convert, result, scratch);
            Op(Code.Test_rm64_r64, result, result);
            code.JumpIf(Cond.Negative, saturate);
            Op(Code.Btc_rm64_imm8, result, 63);
            code.Jump(done);
            code.Bind(saturate);
            LoadImmediate(number, -1);
            code.Jump(done);
        });
    }

    private void IntToFloat(X64Instruction i)
    {
        Register result = Registers.Xmm(RegisterOf(i, 0));
        code.Encode(Instruction.Create(Code.VEX_Vxorps_xmm_xmm_xmmm128, result, result, result));
        int source = RegisterOf(i, 1);
        bool wide = i.Code is Code.VEX_Vcvtsi2sd_xmm_xmm_rm64 or Code.VEX_Vcvtsi2ss_xmm_xmm_rm64;
        code.Encode(Instruction.Create(i.Code, result, result, wide ? Registers.Gpr64(source) : Registers.Gpr32(source)));
    }

    /// <summary>With the top bit set: half of the value, rounded to odd, is converted and doubled.</summary>
    private void UnsignedToFloat(X64Instruction i)
    {
        bool isDouble = i.Scale == 8;
        Register result = Registers.Xmm(RegisterOf(i, 0)), value = Registers.Gpr64(RegisterOf(i, 1)), half = Registers.Gpr64(RegisterOf(i, 2));
        Code convert = isDouble ? Code.VEX_Vcvtsi2sd_xmm_xmm_rm64 : Code.VEX_Vcvtsi2ss_xmm_xmm_rm64;
        CodeLabel large = code.NewLabel(), done = code.NewLabel();
        code.Encode(Instruction.Create(Code.VEX_Vxorps_xmm_xmm_xmmm128, result, result, result));
        Op(Code.Test_rm64_r64, value, value);
        code.JumpIf(Cond.Negative, large);
        code.Encode(Instruction.Create(convert, result, result, value));
        code.Bind(done);
        cold.Add(() =>
        {
            code.Bind(large);
            Op(Code.Mov_r64_rm64, half, value);
            Op(Code.Shr_rm64_imm8, half, 1);
            Op(Code.Mov_r32_rm32, Register.R11D, Registers.Gpr32(RegisterOf(i, 1)));
            Op(Code.And_rm32_imm8, Register.R11D, 1);
            Op(Code.Or_r64_rm64, half, Register.R11);
            code.Encode(Instruction.Create(convert, result, result, half));
            code.Encode(Instruction.Create(isDouble ? Code.VEX_Vaddsd_xmm_xmm_xmmm64 : Code.VEX_Vaddss_xmm_xmm_xmmm32, result, result, result));
            code.Jump(done);
        });
    }

    /// <summary>A rotation; a NaN becomes the canonical one out of line.</summary>
    private void TagFromFloat(X64Instruction i)
    {
        int number = RegisterOf(i, 0);
        Register result = Registers.Gpr64(number), value = Registers.Xmm(RegisterOf(i, 1));
        CodeLabel nan = code.NewLabel(), done = code.NewLabel();
        Op(Code.VEX_Vmovq_rm64_xmm, result, value);
        if (i.Imm == 0) Op(Code.VEX_Vucomisd_xmm_xmmm64, value, value);
        code.Encode(Instruction.Create(Code.VEX_Rorx_r64_rm64_imm8, result, result, 64 - TagRef64.DoubleRotation));
        if (i.Imm != 0) return;
        code.JumpIf(Cond.Parity, nan);
        code.Bind(done);
        cold.Add(() =>
        {
            code.Bind(nan);
            LoadImmediate(number, (long)TagRef64.CanonicalNaN);
            code.Jump(done);
        });
    }

    private void CompareExchange(X64Instruction i)
    {
        Instruction exchange = Instruction.Create(i.Code, MemoryOf(i), OperandSizes.Register(i.Code, 1, RegisterOf(i, 3)));
        exchange.HasLockPrefix = true;
        code.Encode(exchange);
        int success = RegisterOf(i, 1);
        code.Encode(Instruction.Create(Code.Sete_rm8, Registers.Gpr8(success)));
        Op(Code.Movzx_r32_rm8, Registers.Gpr32(success), Registers.Gpr8(success));
        if (i.Code == Code.Cmpxchg_rm8_r8) Op(Code.Movzx_r32_rm8, Register.EAX, Register.AL);
    }

    private void AtomicLoop(X64Instruction i)
    {
        int operand = RegisterOf(i, 1), temp = RegisterOf(i, 2), size = (int)i.Aux!;
        var op = (IR.AtomicRmwOp)i.Imm;
        MemoryOperand memory = MemoryOf(i);
        Code load = size switch { 1 => Code.Movzx_r32_rm8, 2 => Code.Movzx_r32_rm16, 4 => Code.Mov_r32_rm32, _ => Code.Mov_r64_rm64 };
        code.Encode(Instruction.Create(load, size == 8 ? Register.RAX : Register.EAX, memory));
        CodeLabel again = code.NewLabel();
        code.Bind(again);
        MoveRegister(temp, Registers.Rax);
        Register t = Registers.Gpr64(temp), o = Registers.Gpr64(operand);
        switch (op)
        {
            case IR.AtomicRmwOp.Sub: Op(Code.Sub_r64_rm64, t, o); break;
            case IR.AtomicRmwOp.And: Op(Code.And_r64_rm64, t, o); break;
            case IR.AtomicRmwOp.Or: Op(Code.Or_r64_rm64, t, o); break;
            case IR.AtomicRmwOp.Xor: Op(Code.Xor_r64_rm64, t, o); break;
            case IR.AtomicRmwOp.Nand:
                Op(Code.And_r64_rm64, t, o);
                code.Encode(Instruction.Create(Code.Not_rm64, t));
                break;
            default:
                Cond keep = op switch { IR.AtomicRmwOp.Max => Cond.Slt, IR.AtomicRmwOp.Min => Cond.Sgt, IR.AtomicRmwOp.UMax => Cond.Ult, _ => Cond.Ugt };
                CompareSized(size, temp, operand);
                Op(ConditionCodes.Cmov(keep), t, o);
                break;
        }

        Code exchange = size switch { 1 => Code.Cmpxchg_rm8_r8, 2 => Code.Cmpxchg_rm16_r16, 4 => Code.Cmpxchg_rm32_r32, _ => Code.Cmpxchg_rm64_r64 };
        Instruction instruction = Instruction.Create(exchange, memory, OperandSizes.Register(exchange, 1, temp));
        instruction.HasLockPrefix = true;
        code.Encode(instruction);
        code.JumpIf(Cond.Ne, again);
    }

    private void CompareSized(int size, int a, int b)
    {
        Code compare = size switch { 1 => Code.Cmp_r8_rm8, 2 => Code.Cmp_r16_rm16, 4 => Code.Cmp_r32_rm32, _ => Code.Cmp_r64_rm64 };
        Op(compare, OperandSizes.Register(compare, 0, a), OperandSizes.Register(compare, 1, b));
    }
}
