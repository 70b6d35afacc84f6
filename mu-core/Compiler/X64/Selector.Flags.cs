using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Conditions: comparisons and flags that feed branches, selects and registers.</summary>
internal sealed partial class Selector
{
    /// <summary>Overflow and Carry nodes by the operation whose flags they are.</summary>
    private readonly Dictionary<int, List<SsaNode>> flagsOf = [];

    /// <summary>The operation that is emitted right before the branch on its flag.</summary>
    private SsaNode? fused;

    private void RecordFlag(SsaNode flag)
    {
        if (!flagsOf.TryGetValue(flag.Args[0].Id, out List<SsaNode>? flags)) flagsOf.Add(flag.Args[0].Id, flags = []);
        flags.Add(flag);
    }

    /// <summary>The operation whose only flag user is the block's branch, if nothing before the branch needs its result, except for boxing, which leaves flags alone.</summary>
    private SsaNode? FindFusedOperation(SsaBlock block)
    {
        if (block.Terminator.Op != SsaOp.Branch || block.Terminator.Args[0] is not { Op: SsaOp.Overflow or SsaOp.Carry, UseCount: 1 } flag) return null;
        SsaNode operation = flag.Args[0];
        if (operation.Block != block || flag.Block != block || flagsOf[operation.Id].Count != 1) return null;
        for (int i = block.Nodes.Count - 1; i >= 0 && block.Nodes[i] != operation; i--)
        {
            SsaNode node = block.Nodes[i];
            if (node == flag) continue;
            if (Array.IndexOf(node.KeepAlives, operation) >= 0) return null;
            if (Array.IndexOf(node.Args, operation) < 0) continue;
            bool keepsFlags = node.Op is SsaOp.TagFromInt or SsaOp.TagToInt || node.Op == SsaOp.Lea && node.Args.Length == 1;
            if (!keepsFlags || !deferred[node.Id] || soleUser[node.Id] != block.Terminator) return null;
        }

        return operation;
    }

    private bool DependsOnFused(SsaNode node) =>
        node == fused || fused is not null && vregs[node.Id] < 0 && node.Args.Length > 0 && deferred[node.Id] && Array.IndexOf(node.Args, fused) >= 0;

    /// <summary>Sets the flags for a condition and says which condition code it is now.</summary>
    private Condition SelectCondition(SsaNode c)
    {
        if (c.Block is not null && vregs[c.Id] < 0 && (deferred[c.Id] || c.Op is SsaOp.Overflow or SsaOp.Carry))
        {
            switch (c.Op)
            {
                case SsaOp.Cmp: return SelectCompare(c);
                case SsaOp.FCmp: return SelectFloatCompare(c);
                case SsaOp.TagIsInt: return SelectIsInt(c.Args[0]);
                case SsaOp.TagIsRef: return SelectIsRef(c.Args[0]);
                case SsaOp.Xor when c.Args[1].IsConstOf(1): return SelectCondition(c.Args[0]).Negate();
                case SsaOp.Overflow when c.Args[0] == fused: return new(Cond.Overflow);
                case SsaOp.Carry when c.Args[0] == fused: return new(fused!.Op == SsaOp.Mul ? Cond.Overflow : Cond.Ult);
            }
        }

        int vreg = Use(c);
        Machine(Code.Test_rm32_r32, 0, 1, X64Instruction.Nothing, InRegister(vreg), InRegister(vreg));
        return new(Cond.Ne);
    }

    private Condition SelectCompare(SsaNode c)
    {
        SsaNode a = c.Args[0], b = c.Args[1];
        bool wide = c.Is64;
        if (b.IsConstOf(0) && c.Cond is Cond.Eq or Cond.Ne or Cond.Slt or Cond.Sge)
        {
            if (a.Op == SsaOp.And && deferred[a.Id] && vregs[a.Id] < 0 && a.Is64 == wide) SelectTest(a.Args[0], a.Args[1], wide);
            else if (CanFold(a, wide ? 8 : 4)) AluMemoryImmediate(Alu.Cmp, a, 0, wide);
            else SelectTest(a, a, wide);
            return new(c.Cond switch { Cond.Slt => Cond.Negative, Cond.Sge => Cond.NotNegative, _ => c.Cond });
        }

        if (b.IsConst && FitsInt32(b.Imm))
        {
            if (CanFold(a, wide ? 8 : 4)) AluMemoryImmediate(Alu.Cmp, a, (int)b.Imm, wide);
            else AluImmediate(Alu.Cmp, -1, Use(a), (int)b.Imm, wide);
            return new(c.Cond);
        }

        if (CanFold(a, wide ? 8 : 4) && !CanFold(b, wide ? 8 : 4))
        {
            AluRegister(Alu.Cmp, -1, b, a, wide);
            return new(c.Cond.Swap());
        }

        AluRegister(Alu.Cmp, -1, a, b, wide);
        return new(c.Cond);
    }

    private void SelectTest(SsaNode a, SsaNode b, bool wide)
    {
        int left = Use(a);
        if (b.IsConst && FitsInt32(b.Imm))
        {
            X64Instruction test = Machine(wide && b.Imm < 0 ? Code.Test_rm64_imm32 : Code.Test_rm32_imm32, 0, X64Instruction.Immediate, X64Instruction.Nothing, Anywhere(left));
            test.Imm = b.Imm;
            return;
        }

        Machine(wide ? Code.Test_rm64_r64 : Code.Test_rm32_r32, 0, 1, X64Instruction.Nothing, Anywhere(left), InRegister(Use(b)));
    }

    private Condition SelectFloatCompare(SsaNode c)
    {
        bool isDouble = c.Args[0].Kind == ValueKind.F64;
        (bool swap, Condition condition) = FloatConditions.Of((IR.CompareOp)c.Code);
        SsaNode a = c.Args[swap ? 1 : 0], b = c.Args[swap ? 0 : 1];
        Code code = isDouble ? Code.VEX_Vucomisd_xmm_xmmm64 : Code.VEX_Vucomiss_xmm_xmmm32;
        int left = Use(a);
        if (CanFold(b, isDouble ? 8 : 4)) WithMemory(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, b, InRegister(left));
        else Machine(code, 0, 1, X64Instruction.Nothing, InRegister(left), Anywhere(Use(b)));
        return condition;
    }

    /// <summary>Low 12 bits all ones: adding one clears them.</summary>
    private Condition SelectIsInt(SsaNode word)
    {
        int next = NewInt(), value = Use(word);
        Machine(Code.Lea_r32_m, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(next), InRegister(value)).AtBase(1, 1);
        Machine(Code.Test_rm32_imm32, 0, X64Instruction.Immediate, X64Instruction.Nothing, InRegister(next)).Imm = (long)Types.TagRef64.KindMask;
        return new(Cond.Eq);
    }

    private Condition SelectIsRef(SsaNode word)
    {
        int bits = NewInt();
        Machine(Code.And_rm32_imm32, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(bits, 1), Anywhere(Use(word))).Imm = (long)Types.TagRef64.RefMask;
        Machine(Code.Cmp_rm32_imm32, 0, X64Instruction.Immediate, X64Instruction.Nothing, InRegister(bits)).Imm = (long)Types.TagRef64.RefKind;
        return new(Cond.Eq);
    }

    /// <summary>A condition as 0 or 1 in a register.</summary>
    private void SelectBool(SsaNode node)
    {
        Condition condition = SelectCondition(node);
        SetCondition(VRegOf(node), condition);
    }

    private void SetCondition(int result, Condition condition)
    {
        var set = new X64Instruction { Kind = X64Kind.SetCondition, Condition = condition, Operands = [Def(result)] };
        if (condition.Parity != Parity.Ignored) set.Operands = [Def(result), TempRegister(NewInt())];
        Add(set);
    }

    private void SelectSelect(SsaNode n)
    {
        int ifFalse = Use(n.Args[2]), ifTrue = Use(n.Args[1]), result = VRegOf(n);
        Condition condition = SelectCondition(n.Args[0]);
        if (condition.Parity != Parity.Ignored)
        {
            int flag = NewInt();
            SetCondition(flag, condition);
            Machine(Code.Test_rm32_r32, 0, 1, X64Instruction.Nothing, InRegister(flag), InRegister(flag));
            condition = new(Cond.Ne);
        }

        if (n.IsFloat || n.Kind == ValueKind.V128)
            Add(new X64Instruction { Kind = X64Kind.FloatSelect, Condition = condition, Operands = [DefSame(result, 1), InRegister(ifFalse), LateInRegister(ifTrue)] });
        else
            Machine(Code.Cmove_r64_rm64, 0, 2, X64Instruction.Nothing, DefSame(result, 1), InRegister(ifFalse), LateAnywhere(ifTrue)).Code = ConditionCodes.Cmov(condition.Code);
    }
}

/// <summary>FP comparisons by the flags of UCOMIS: unordered sets zero, parity and carry.</summary>
internal static class FloatConditions
{
    public static (bool Swap, Condition Condition) Of(IR.CompareOp op) => op switch
    {
        IR.CompareOp.FOeq => (false, new(Cond.Eq, Parity.MustBeClear)),
        IR.CompareOp.FUne => (false, new(Cond.Ne, Parity.OrSet)),
        IR.CompareOp.FUeq => (false, new(Cond.Eq)),
        IR.CompareOp.FOne => (false, new(Cond.Ne)),
        IR.CompareOp.FOgt => (false, new(Cond.Ugt)),
        IR.CompareOp.FOge => (false, new(Cond.Uge)),
        IR.CompareOp.FOlt => (true, new(Cond.Ugt)),
        IR.CompareOp.FOle => (true, new(Cond.Uge)),
        IR.CompareOp.FUlt => (false, new(Cond.Ult)),
        IR.CompareOp.FUle => (false, new(Cond.Ule)),
        IR.CompareOp.FUgt => (true, new(Cond.Ult)),
        IR.CompareOp.FUge => (true, new(Cond.Ule)),
        IR.CompareOp.FUno => (false, new(Cond.Parity)),
        IR.CompareOp.FOrd => (false, new(Cond.NoParity)),
        _ => throw new InvalidOperationException($"{op} has no condition"),
    };
}

/// <summary>Machine instructions that carry a condition code.</summary>
internal static class ConditionCodes
{
    private static readonly Code[] Moves =
    [
        Code.Cmovo_r64_rm64, Code.Cmovno_r64_rm64, Code.Cmovb_r64_rm64, Code.Cmovae_r64_rm64, Code.Cmove_r64_rm64, Code.Cmovne_r64_rm64, Code.Cmovbe_r64_rm64, Code.Cmova_r64_rm64,
        Code.Cmovs_r64_rm64, Code.Cmovns_r64_rm64, Code.Cmovp_r64_rm64, Code.Cmovnp_r64_rm64, Code.Cmovl_r64_rm64, Code.Cmovge_r64_rm64, Code.Cmovle_r64_rm64, Code.Cmovg_r64_rm64,
    ];

    private static readonly Code[] Sets =
    [
        Code.Seto_rm8, Code.Setno_rm8, Code.Setb_rm8, Code.Setae_rm8, Code.Sete_rm8, Code.Setne_rm8, Code.Setbe_rm8, Code.Seta_rm8,
        Code.Sets_rm8, Code.Setns_rm8, Code.Setp_rm8, Code.Setnp_rm8, Code.Setl_rm8, Code.Setge_rm8, Code.Setle_rm8, Code.Setg_rm8,
    ];

    public static Code Cmov(Cond cond) => Moves[(int)cond];

    public static Code Set(Cond cond) => Sets[(int)cond];
}
