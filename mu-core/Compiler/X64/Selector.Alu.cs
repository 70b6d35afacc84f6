using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>The instructions that share the forms r, r/m and r/m, imm. The numbers are those of the machine's encoding.</summary>
internal enum Alu : byte
{
    Add = 0, Or = 1, And = 4, Sub = 5, Xor = 6, Cmp = 7,
}

/// <summary>Integer arithmetic.</summary>
internal sealed partial class Selector
{
    private static readonly Code[] RegisterForms32 = [Code.Add_r32_rm32, Code.Or_r32_rm32, default, default, Code.And_r32_rm32, Code.Sub_r32_rm32, Code.Xor_r32_rm32, Code.Cmp_r32_rm32];
    private static readonly Code[] RegisterForms64 = [Code.Add_r64_rm64, Code.Or_r64_rm64, default, default, Code.And_r64_rm64, Code.Sub_r64_rm64, Code.Xor_r64_rm64, Code.Cmp_r64_rm64];
    private static readonly Code[] ByteForms32 = [Code.Add_rm32_imm8, Code.Or_rm32_imm8, default, default, Code.And_rm32_imm8, Code.Sub_rm32_imm8, Code.Xor_rm32_imm8, Code.Cmp_rm32_imm8];
    private static readonly Code[] ByteForms64 = [Code.Add_rm64_imm8, Code.Or_rm64_imm8, default, default, Code.And_rm64_imm8, Code.Sub_rm64_imm8, Code.Xor_rm64_imm8, Code.Cmp_rm64_imm8];
    private static readonly Code[] WordForms32 = [Code.Add_rm32_imm32, Code.Or_rm32_imm32, default, default, Code.And_rm32_imm32, Code.Sub_rm32_imm32, Code.Xor_rm32_imm32, Code.Cmp_rm32_imm32];
    private static readonly Code[] WordForms64 = [Code.Add_rm64_imm32, Code.Or_rm64_imm32, default, default, Code.And_rm64_imm32, Code.Sub_rm64_imm32, Code.Xor_rm64_imm32, Code.Cmp_rm64_imm32];

    private static Code ImmediateForm(Alu op, int imm, bool wide) =>
        (imm == (sbyte)imm ? wide ? ByteForms64 : ByteForms32 : wide ? WordForms64 : WordForms32)[(int)op];

    /// <summary>op a, imm into a result, or for flags alone (result -1).</summary>
    private void AluImmediate(Alu op, int result, int a, int imm, bool wide)
    {
        Code code = ImmediateForm(op, imm, wide);
        X64Instruction i = result < 0
            ? Machine(code, 0, X64Instruction.Immediate, X64Instruction.Nothing, Anywhere(a))
            : Machine(code, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(result, 1), Anywhere(a));
        i.Imm = imm;
    }

    private void AluMemoryImmediate(Alu op, SsaNode load, int imm, bool wide) =>
        WithMemory(new X64Instruction { Code = ImmediateForm(op, imm, wide), T0 = X64Instruction.Memory, T1 = X64Instruction.Immediate, Imm = imm }, load);

    private void AluRegister(Alu op, int result, SsaNode a, SsaNode b, bool wide)
    {
        Code code = (wide ? RegisterForms64 : RegisterForms32)[(int)op];
        int left = Use(a);
        if (CanFold(b, wide ? 8 : 4))
        {
            if (result < 0) WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, b, InRegister(left));
            else WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, b, DefSame(result, 1), InRegister(left));
            return;
        }

        int right = Use(b);
        if (result < 0) Machine(code, 0, 1, X64Instruction.Nothing, InRegister(left), Anywhere(right));
        else Machine(code, 0, 2, X64Instruction.Nothing, DefSame(result, 1), InRegister(left), LateAnywhere(right));
    }

    private void SelectArithmetic(SsaNode n)
    {
        SsaNode a = n.Args[0], b = n.Args[1];
        bool wide = n.Is64;
        bool flags = flagsOf.ContainsKey(n.Id);
        if (n.Op == SsaOp.Mul)
        {
            SelectMultiply(n, a, b, wide);
            return;
        }

        if (n.Op == SsaOp.Add && !flags && SelectAsLea(n, wide)) return;
        Alu op = n.Op switch { SsaOp.Add => Alu.Add, SsaOp.Sub => Alu.Sub, SsaOp.And => Alu.And, SsaOp.Or => Alu.Or, _ => Alu.Xor };
        if (op == Alu.Sub && a.IsConstOf(0) && !flags)
        {
            Machine(wide ? Code.Neg_rm64 : Code.Neg_rm32, 0, X64Instruction.Nothing, X64Instruction.Nothing, DefSame(VRegOf(n), 1), Anywhere(Use(b)));
        }
        else if (op == Alu.And && wide && b.IsConst && b.Imm == uint.MaxValue)
        {
            Machine(Code.Mov_r32_rm32, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), Anywhere(Use(a)));
        }
        else if (b.IsConst && FitsInt32(b.Imm))
        {
            // A mask without sign bit clears the upper half by itself.
            bool narrow = op == Alu.And && b.Imm >= 0;
            AluImmediate(op, VRegOf(n), Use(a), (int)b.Imm, wide && !narrow);
        }
        else
        {
            if (op != Alu.Sub && (CanFold(a, wide ? 8 : 4) && !CanFold(b, wide ? 8 : 4) || a.IsConst || a.UseCount > 1 && b.UseCount == 1)) (a, b) = (b, a);
            AluRegister(op, VRegOf(n), a, b, wide);
        }

        if (flags && n != fused) SetFlags(n);
    }

    /// <summary>Flags wanted as values, right after their operation.</summary>
    private void SetFlags(SsaNode operation)
    {
        List<SsaNode> flags = flagsOf[operation.Id];
        foreach (SsaNode flag in flags)
        {
            Cond cond = flag.Op == SsaOp.Overflow || operation.Op == SsaOp.Mul ? Cond.Overflow : Cond.Ult;
            // setcc and a zero-extending move leave the flags alone.
            SetCondition(VRegOf(flag), new(cond));
        }
    }

    private bool WantsCarry(SsaNode n)
    {
        if (!flagsOf.TryGetValue(n.Id, out List<SsaNode>? flags)) return false;
        foreach (SsaNode flag in flags)
            if (flag.Op == SsaOp.Carry) return true;
        return false;
    }

    private void SelectMultiply(SsaNode n, SsaNode a, SsaNode b, bool wide)
    {
        bool flags = flagsOf.TryGetValue(n.Id, out List<SsaNode>? users);
        if (WantsCarry(n))
        {
            // Unsigned overflow needs the one-operand form. Both flags of one product: the signed one from a second multiplication.
            int high = NewInt();
            Machine(wide ? Code.Mul_rm64 : Code.Mul_rm32, 3, X64Instruction.Nothing, X64Instruction.Nothing,
                DefFixed(VRegOf(n), Registers.Rax), DefFixed(high, Registers.Rdx), InFixed(Use(a), Registers.Rax), LateInRegister(Use(b)));
            if (n == fused) return;
            foreach (SsaNode flag in users!)
                if (flag.Op == SsaOp.Carry) SetCondition(VRegOf(flag), new(Cond.Overflow));
            foreach (SsaNode flag in users!)
            {
                if (flag.Op != SsaOp.Overflow) continue;
                Machine(wide ? Code.Imul_r64_rm64 : Code.Imul_r32_rm32, 0, 2, X64Instruction.Nothing, DefSame(NewInt(), 1), InRegister(Use(a)), LateAnywhere(Use(b)));
                SetCondition(VRegOf(flag), new(Cond.Overflow));
            }

            return;
        }

        if (b.IsConst && b.Imm is 3 or 5 or 9 && !flags)
        {
            // One cycle instead of three: elements of 24, 40 and 72 bytes are found so.
            int factor = Use(a);
            WithAddress(new X64Instruction { Code = wide ? Code.Lea_r64_m : Code.Lea_r32_m, T0 = 0, T1 = X64Instruction.Memory },
                new(MemoryBase.Operands, factor, factor, (byte)(b.Imm - 1), 0), Def(VRegOf(n)));
        }
        else if (b.IsConst && FitsInt32(b.Imm))
        {
            X64Instruction i = Machine(ImmediateMultiply((int)b.Imm, wide), 0, 1, X64Instruction.Immediate, Def(VRegOf(n)), Anywhere(Use(a)));
            i.Imm = b.Imm;
        }
        else
        {
            Code code = wide ? Code.Imul_r64_rm64 : Code.Imul_r32_rm32;
            if (CanFold(b, wide ? 8 : 4)) WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, b, DefSame(VRegOf(n), 1), InRegister(Use(a)));
            else Machine(code, 0, 2, X64Instruction.Nothing, DefSame(VRegOf(n), 1), InRegister(Use(a)), LateAnywhere(Use(b)));
        }

        if (flags && n != fused) SetFlags(n);
    }

    private static Code ImmediateMultiply(int imm, bool wide) =>
        imm == (sbyte)imm ? wide ? Code.Imul_r64_rm64_imm8 : Code.Imul_r32_rm32_imm8 : wide ? Code.Imul_r64_rm64_imm32 : Code.Imul_r32_rm32_imm32;

    /// <summary>Three-operand addition.</summary>
    private bool SelectAsLea(SsaNode n, bool wide)
    {
        SsaNode a = n.Args[0], b = n.Args[1];
        Code code = wide ? Code.Lea_r64_m : Code.Lea_r32_m;
        if (b.IsConst && FitsInt32(b.Imm))
        {
            Machine(code, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(a))).AtBase(1, (int)b.Imm);
            return true;
        }

        if (b.IsConst || CanFold(a, wide ? 8 : 4) || CanFold(b, wide ? 8 : 4) || a.UseCount == 1 || b.UseCount == 1) return false;
        X64Instruction lea = Machine(code, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(n)), InRegister(Use(a)), InRegister(Use(b)));
        lea.AtBase(1, 0);
        lea.Index = 2;
        return true;
    }

    private void SelectShift(SsaNode n)
    {
        bool wide = n.Is64;
        SsaNode count = n.Args[1];
        int value = Use(n.Args[0]);
        if (count.IsConst)
        {
            Code code = n.Op switch
            {
                SsaOp.Shl => wide ? Code.Shl_rm64_imm8 : Code.Shl_rm32_imm8,
                SsaOp.Shr => wide ? Code.Shr_rm64_imm8 : Code.Shr_rm32_imm8,
                _ => wide ? Code.Sar_rm64_imm8 : Code.Sar_rm32_imm8,
            };
            Machine(code, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(VRegOf(n), 1), Anywhere(value)).Imm = count.Imm & (wide ? 63 : 31);
            return;
        }

        Code variable = n.Op switch
        {
            SsaOp.Shl => wide ? Code.VEX_Shlx_r64_rm64_r64 : Code.VEX_Shlx_r32_rm32_r32,
            SsaOp.Shr => wide ? Code.VEX_Shrx_r64_rm64_r64 : Code.VEX_Shrx_r32_rm32_r32,
            _ => wide ? Code.VEX_Sarx_r64_rm64_r64 : Code.VEX_Sarx_r32_rm32_r32,
        };
        Machine(variable, 0, 1, 2, Def(VRegOf(n)), Anywhere(value), InRegister(Use(count)));
    }

    /// <summary>Quotient and remainder are both results of one sequence.</summary>
    private void SelectDivision(SsaNode n)
    {
        bool signed = n.Op is SsaOp.SDiv or SsaOp.SRem, quotient = n.Op is SsaOp.SDiv or SsaOp.UDiv;
        int other = NewInt();
        int result = VRegOf(n);
        Add(new X64Instruction
        {
            Kind = X64Kind.Divide,
            Code = (signed, n.Is64) switch { (true, true) => Code.Idiv_rm64, (true, false) => Code.Idiv_rm32, (false, true) => Code.Div_rm64, _ => Code.Div_rm32 },
            Operands =
            [
                DefFixed(quotient ? result : other, Registers.Rax), DefFixed(quotient ? other : result, Registers.Rdx),
                InFixed(Use(n.Args[0]), Registers.Rax), LateInRegister(Use(n.Args[1])),
            ],
            // MIN / -1 faults on x64; a divisor with zero low bits or a constant is not -1.
            Imm = signed && !(n.Args[1].IsConst && n.Args[1].Imm != -1) && TagValues.LowZeros(n.Args[1]) == 0 ? 1 : 0,
        });
    }

    private void SelectExtend(SsaNode n)
    {
        SsaNode a = n.Args[0];
        bool signed = n.Op == SsaOp.Sext;
        Code code = ((int)n.Imm, signed) switch
        {
            (8, false) => Code.Movzx_r32_rm8,
            (16, false) => Code.Movzx_r32_rm16,
            (32, false) => Code.Mov_r32_rm32,
            (8, true) => Code.Movsx_r64_rm8,
            (16, true) => Code.Movsx_r64_rm16,
            (32, true) => Code.Movsxd_r64_rm32,
            _ => throw new InvalidOperationException($"extension from {n.Imm} bits"),
        };
        if (CanFold(a, (int)n.Imm / 8)) WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, a, Def(VRegOf(n)));
        else Machine(code, 0, 1, X64Instruction.Nothing, Def(VRegOf(n)), Anywhere(Use(a)));
    }
}
