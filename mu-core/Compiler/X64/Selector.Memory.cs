using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Types;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Address modes, loads, stores, atomics.</summary>
internal sealed partial class Selector
{
    /// <summary>A matched address: base and index are virtual registers or -1.</summary>
    private readonly record struct Address(MemoryBase Kind, int Base, int Index, byte Scale, int Displacement);

    private Address Match(SsaNode location, long displacement)
    {
        SsaNode? index = null;
        byte scale = 1;
        while (location.Op == SsaOp.Lea && vregs[location.Id] < 0 && FitsInt32(displacement + location.Imm))
        {
            bool indexed = location.Args.Length == 2;
            if (indexed && (index is not null || !deferred[location.Id])) break;
            if (indexed) (index, scale) = (location.Args[1], location.Scale);
            displacement += location.Imm;
            location = location.Args[0];
        }

        if (!FitsInt32(displacement)) throw new NotSupportedException($"offset {displacement} is beyond an address mode");
        int indexVReg = index is null ? -1 : Use(index);
        if (location.Op == SsaOp.Alloca) return new(MemoryBase.Frame, AllocaSlot(location), indexVReg, scale, (int)displacement);
        if (location.Op == SsaOp.TagToRef && index is null && deferred[location.Id] && vregs[location.Id] < 0) return TaggedObject(location, displacement);
        return new(MemoryBase.Operands, Use(location), indexVReg, scale, (int)displacement);
    }

    /// <summary>The address of a tagged reference is a multiple of 8: one shift, and the address mode multiplies.</summary>
    private Address TaggedObject(SsaNode toRef, long displacement)
    {
        int eighth = NewInt();
        X64Instruction shift = Machine(Code.Shr_rm64_imm8, 0, X64Instruction.Immediate, X64Instruction.Nothing, DefSame(eighth, 1), Anywhere(Use(toRef.Args[0])));
        shift.Imm = TagRef64.AddressShift + 3;
        return new(MemoryBase.Operands, -1, eighth, 8, (int)displacement);
    }

    /// <summary>Adds an instruction whose memory operand is an address; the operands given come first.</summary>
    private X64Instruction WithAddress(X64Instruction i, Address address, params ReadOnlySpan<LirOperand> first)
    {
        var operands = new List<LirOperand>(first.Length + 2);
        operands.AddRange(first);
        i.MemoryBase = address.Kind;
        i.Displacement = address.Displacement;
        i.Scale = address.Scale;
        if (address.Kind == MemoryBase.Frame)
        {
            i.Imm2 = address.Base;
        }
        else if (address.Base >= 0)
        {
            i.Base = (sbyte)operands.Count;
            operands.Add(InRegister(address.Base));
        }

        if (address.Index >= 0)
        {
            i.Index = (sbyte)operands.Count;
            operands.Add(InRegister(address.Index));
        }

        i.Operands = [.. operands];
        return Add(i);
    }

    /// <summary>Adds an instruction that reads what a load node would load.</summary>
    private X64Instruction WithMemory(X64Instruction i, SsaNode load, params ReadOnlySpan<LirOperand> first) => WithAddress(i, Match(load.Args[0], load.Imm), first);

    /// <summary>Whether the node is a load of this many bytes that may happen inside its user.</summary>
    private bool CanFold(SsaNode node, int width) => node.Op == SsaOp.Load && node.Width == width && deferred[node.Id] && vregs[node.Id] < 0;

    private void SelectLea(SsaNode n)
    {
        int result = VRegOf(n);
        vregs[n.Id] = -1;
        bool wasDeferred = deferred[n.Id];
        deferred[n.Id] = true;
        Address address = Match(n, 0);
        deferred[n.Id] = wasDeferred;
        vregs[n.Id] = result;
        WithAddress(new X64Instruction { Code = Code.Lea_r64_m, T0 = 0, T1 = X64Instruction.Memory }, address, Def(result));
    }

    private void SelectAlloca(SsaNode n) =>
        WithAddress(new X64Instruction { Code = Code.Lea_r64_m, T0 = 0, T1 = X64Instruction.Memory }, new(MemoryBase.Frame, AllocaSlot(n), -1, 1, 0), Def(VRegOf(n)));

    /// <summary>Allocas take the frame's first slots.</summary>
    private int AllocaSlot(SsaNode alloca)
    {
        if (alloca.Mark > 0) return alloca.Mark - 1;
        alloca.Mark = function.SlotCount + 1;
        function.SlotCount += (int)(alloca.Imm / 8);
        return alloca.Mark - 1;
    }

    private void SelectLoad(SsaNode n)
    {
        Code code = n.Kind switch
        {
            ValueKind.F32 => Code.VEX_Vmovss_xmm_m32,
            ValueKind.F64 => Code.VEX_Vmovsd_xmm_m64,
            ValueKind.V128 => Code.VEX_Vmovups_xmm_xmmm128,
            _ => n.Width switch { 1 => Code.Movzx_r32_rm8, 2 => Code.Movzx_r32_rm16, 4 => Code.Mov_r32_rm32, _ => Code.Mov_r64_rm64 },
        };
        Address address = Match(n.Args[0], n.Imm);
        WithAddress(new X64Instruction { Code = code, T0 = 0, T1 = X64Instruction.Memory }, address, Def(VRegOf(n)));
    }

    private void SelectStore(SsaNode n)
    {
        SsaNode value = n.Args[1];
        if (n.Code == 1)
        {
            SelectExchange(n, value);
            return;
        }

        if (value.IsConst && FitsInt32(value.Imm))
        {
            Code immediate = n.Width switch { 1 => Code.Mov_rm8_imm8, 2 => Code.Mov_rm16_imm16, 4 => Code.Mov_rm32_imm32, _ => Code.Mov_rm64_imm32 };
            WithAddress(new X64Instruction { Code = immediate, T0 = X64Instruction.Memory, T1 = X64Instruction.Immediate, Imm = value.Imm }, Match(n.Args[0], n.Imm));
            return;
        }

        Code code = value.Kind switch
        {
            ValueKind.F32 => Code.VEX_Vmovss_m32_xmm,
            ValueKind.F64 => Code.VEX_Vmovsd_m64_xmm,
            ValueKind.V128 => Code.VEX_Vmovups_xmmm128_xmm,
            _ => n.Width switch { 1 => Code.Mov_rm8_r8, 2 => Code.Mov_rm16_r16, 4 => Code.Mov_rm32_r32, _ => Code.Mov_rm64_r64 },
        };
        int vreg = Use(value);
        WithAddress(new X64Instruction { Code = code, T0 = X64Instruction.Memory, T1 = 0 }, Match(n.Args[0], n.Imm), InRegister(vreg));
    }

    /// <summary>A sequentially consistent store is an exchange.</summary>
    private void SelectExchange(SsaNode n, SsaNode value)
    {
        int vreg = value.IsFloat ? FloatBits(value) : Use(value);
        Code code = n.Width switch { 1 => Code.Xchg_rm8_r8, 2 => Code.Xchg_rm16_r16, 4 => Code.Xchg_rm32_r32, _ => Code.Xchg_rm64_r64 };
        WithAddress(new X64Instruction { Code = code, T0 = X64Instruction.Memory, T1 = 0 }, Match(n.Args[0], n.Imm), DefSame(NewInt(), 1), InRegister(vreg));
    }

    private int FloatBits(SsaNode value)
    {
        int bits = NewInt();
        Machine(value.Kind == ValueKind.F64 ? Code.VEX_Vmovq_rm64_xmm : Code.VEX_Vmovd_rm32_xmm, 0, 1, X64Instruction.Nothing, Def(bits), InRegister(Use(value)));
        return bits;
    }

    private void SelectContextAccess(SsaNode n)
    {
        X64Instruction i = n.Op == SsaOp.LoadContext
            ? Machine(Code.Mov_r64_rm64, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(n)))
            : Machine(Code.Mov_rm64_r64, X64Instruction.Memory, 0, X64Instruction.Nothing, InRegister(Use(n.Args[0])));
        i.MemoryBase = MemoryBase.Context;
        i.Displacement = (int)n.Imm;
    }
}
