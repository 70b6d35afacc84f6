using Iced.Intel;
using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Machine instructions from templates.</summary>
internal sealed partial class Emitter
{
    private MemoryOperand Context(ContextField field) => new(Register.R15, environment.ContextOffset(field));

    private static MemoryOperand Slot(int slot) => new(Register.RSP, slot * 8);

    private static int RegisterOf(X64Instruction i, int operand)
    {
        Location location = i.Operands[operand].Location;
        return location.IsRegister ? location.RegisterNumber : throw new InvalidOperationException($"operand {operand} of {i} is in no register");
    }

    private static MemoryOperand MemoryOf(X64Instruction i)
    {
        Register index = i.Index < 0 ? Register.None : Registers.Gpr64(RegisterOf(i, i.Index));
        return i.MemoryBase switch
        {
            MemoryBase.Context => new MemoryOperand(Register.R15, i.Displacement),
            MemoryBase.Frame => new MemoryOperand(Register.RSP, index, index == Register.None ? 1 : i.Scale, i.Imm2 * 8 + i.Displacement, 1),
            _ => new MemoryOperand(i.Base < 0 ? Register.None : Registers.Gpr64(RegisterOf(i, i.Base)), index, index == Register.None ? 1 : i.Scale, i.Displacement,
                i.Base < 0 ? 8 : i.Displacement == 0 ? 0 : 1),
        };
    }

    /// <summary>One operand of a machine instruction: a register, or memory (a frame slot or the instruction's own memory operand).</summary>
    private static bool Operand(X64Instruction i, sbyte template, int position, out Register register, out MemoryOperand memory)
    {
        register = Register.None;
        memory = default;
        if (template == X64Instruction.Memory)
        {
            memory = MemoryOf(i);
            return false;
        }

        Location location = i.Operands[template].Location;
        if (location.IsSlot)
        {
            memory = Slot(location.SlotIndex);
            return false;
        }

        register = OperandSizes.Register(i.Code, position, location.RegisterNumber);
        return true;
    }

    private void Machine(X64Instruction i)
    {
        if (i.Code == Code.Mfence)
        {
            code.Encode(Instruction.Create(i.Code));
            return;
        }

        bool r0 = Operand(i, i.T0, 0, out Register a, out MemoryOperand ma);
        Instruction instruction;
        if (i.T1 == X64Instruction.Nothing)
        {
            instruction = r0 ? Instruction.Create(i.Code, a) : Instruction.Create(i.Code, ma);
        }
        else if (i.T1 == X64Instruction.Immediate)
        {
            instruction = r0 ? Instruction.Create(i.Code, a, (int)i.Imm) : Instruction.Create(i.Code, ma, (int)i.Imm);
        }
        else
        {
            bool r1 = Operand(i, i.T1, 1, out Register b, out MemoryOperand mb);
            if (i.T2 == X64Instruction.Nothing)
                instruction = !r0 ? Instruction.Create(i.Code, ma, b) : r1 ? Instruction.Create(i.Code, a, b) : Instruction.Create(i.Code, a, mb);
            else if (i.T2 == X64Instruction.Immediate)
                instruction = r1 ? Instruction.Create(i.Code, a, b, (int)i.Imm) : Instruction.Create(i.Code, a, mb, (int)i.Imm);
            else
                instruction = ThreeOperands(i, a, r1, b, mb);
        }

        if (i.Aux == Selector.LockPrefix) instruction.HasLockPrefix = true;
        code.Encode(instruction);
    }

    private static Instruction ThreeOperands(X64Instruction i, Register a, bool r1, Register b, in MemoryOperand mb)
    {
        bool r2 = Operand(i, i.T2, 2, out Register c, out MemoryOperand mc);
        if (i.T3 >= 0) return r2 ? Instruction.Create(i.Code, a, b, c, Registers.Xmm(RegisterOf(i, i.T3))) : Instruction.Create(i.Code, a, b, mc, Registers.Xmm(RegisterOf(i, i.T3)));
        if (i.T3 == X64Instruction.Immediate) return r2 ? Instruction.Create(i.Code, a, b, c, (int)i.Imm) : Instruction.Create(i.Code, a, b, mc, (int)i.Imm);
        if (!r1) return Instruction.Create(i.Code, a, mb, c);
        return r2 ? Instruction.Create(i.Code, a, b, c) : Instruction.Create(i.Code, a, b, mc);
    }

    private void MoveRegister(int to, int from)
    {
        if (to != from) code.Encode(Instruction.Create(Code.Mov_r64_rm64, Registers.Gpr64(to), Registers.Gpr64(from)));
    }

    /// <summary>A constant into a register; flags stay.</summary>
    private void LoadImmediate(int register, long value)
    {
        if (value >= 0 && value <= uint.MaxValue) code.Encode(Instruction.Create(Code.Mov_r32_imm32, Registers.Gpr32(register), (uint)value));
        else if (value == (int)value) code.Encode(Instruction.Create(Code.Mov_rm64_imm32, Registers.Gpr64(register), (int)value));
        else code.Encode(Instruction.Create(Code.Mov_r64_imm64, Registers.Gpr64(register), value));
    }

    private void LoadImmediateInto(Location to, long value)
    {
        if (to.IsRegister)
        {
            LoadImmediate(to.RegisterNumber, value);
        }
        else if (value == (int)value)
        {
            code.Encode(Instruction.Create(Code.Mov_rm64_imm32, Slot(to.SlotIndex), (int)value));
        }
        else
        {
            LoadImmediate(Registers.R11, value);
            code.Encode(Instruction.Create(Code.Mov_rm64_r64, Slot(to.SlotIndex), Register.R11));
        }
    }

    private void LoadFloat(X64Instruction i)
    {
        int register = RegisterOf(i, 0);
        Register xmm = Registers.Xmm(register);
        if (i.Imm == 0) code.Encode(Instruction.Create(Code.VEX_Vxorps_xmm_xmm_xmmm128, xmm, xmm, xmm));
        else code.LoadConstant(register, i.Imm, i.Scale == 8);
    }

    private void Move(X64Instruction i)
    {
        Location to = i.Operands[0].Location, from = i.Operands[1].Location;
        if (to == from) return;
        // The allocator's own moves name the class instead of virtual registers.
        RegClass registerClass = i.Operands[0].VReg >= 0 ? function.ClassOf(i.Operands[0].VReg) : (RegClass)i.Imm;
        if (registerClass == RegClass.Float) MoveFloat(to, from);
        else if (registerClass == RegClass.Vector) MoveVector(to, from);
        else if (to.IsRegister && from.IsRegister) MoveRegister(to.RegisterNumber, from.RegisterNumber);
        else if (to.IsRegister) code.Encode(Instruction.Create(Code.Mov_r64_rm64, Registers.Gpr64(to.RegisterNumber), Slot(from.SlotIndex)));
        else if (from.IsRegister) code.Encode(Instruction.Create(Code.Mov_rm64_r64, Slot(to.SlotIndex), Registers.Gpr64(from.RegisterNumber)));
        else
        {
            code.Encode(Instruction.Create(Code.Mov_r64_rm64, Register.R11, Slot(from.SlotIndex)));
            code.Encode(Instruction.Create(Code.Mov_rm64_r64, Slot(to.SlotIndex), Register.R11));
        }
    }

    private void LoadVector(X64Instruction i)
    {
        int register = RegisterOf(i, 0);
        Register xmm = Registers.Xmm(register);
        var value = (UInt128)i.Aux!;
        if (value == UInt128.Zero) code.Encode(Instruction.Create(Code.VEX_Vxorps_xmm_xmm_xmmm128, xmm, xmm, xmm));
        else if (value == UInt128.MaxValue) code.Encode(Instruction.Create(Code.VEX_Vpcmpeqd_xmm_xmm_xmmm128, xmm, xmm, xmm));
        else code.LoadConstant(register, value);
    }

    private void MoveVector(Location to, Location from)
    {
        if (to.IsRegister && from.IsRegister) MoveFloat(to, from);
        else if (to.IsRegister) code.Encode(Instruction.Create(Code.VEX_Vmovups_xmm_xmmm128, Registers.Xmm(to.RegisterNumber), Slot(from.SlotIndex)));
        else if (from.IsRegister) code.Encode(Instruction.Create(Code.VEX_Vmovups_xmmm128_xmm, Slot(to.SlotIndex), Registers.Xmm(from.RegisterNumber)));
        else
        {
            MoveVector(Location.Register(Registers.ScratchFloat), from);
            MoveVector(to, Location.Register(Registers.ScratchFloat));
        }
    }

    private void MoveFloat(Location to, Location from)
    {
        if (to.IsRegister && from.IsRegister)
            code.Encode(Instruction.Create(Code.VEX_Vmovaps_xmm_xmmm128, Registers.Xmm(to.RegisterNumber), Registers.Xmm(from.RegisterNumber)));
        else if (to.IsRegister) code.Encode(Instruction.Create(Code.VEX_Vmovsd_xmm_m64, Registers.Xmm(to.RegisterNumber), Slot(from.SlotIndex)));
        else if (from.IsRegister) code.Encode(Instruction.Create(Code.VEX_Vmovsd_m64_xmm, Slot(to.SlotIndex), Registers.Xmm(from.RegisterNumber)));
        else
        {
            code.Encode(Instruction.Create(Code.Mov_r64_rm64, Register.R11, Slot(from.SlotIndex)));
            code.Encode(Instruction.Create(Code.Mov_rm64_r64, Slot(to.SlotIndex), Register.R11));
        }
    }
}

/// <summary>Which register of a number an instruction's operand is: its 8-, 16-, 32-, 64-bit or XMM name.</summary>
internal static class OperandSizes
{
    private static readonly byte[] Cache = new byte[8192 * 4];

    public static Register Register(Code code, int position, int number)
    {
        ref byte size = ref Cache[(int)code * 4 + position];
        if (size == 0) size = SizeOf(code.ToOpCode().GetOpKind(position));
        return size switch { 1 => Registers.Gpr8(number), 2 => Registers.Gpr16(number), 4 => Registers.Gpr32(number), 8 => Registers.Gpr64(number), _ => Registers.Xmm(number) };
    }

    private static byte SizeOf(OpCodeOperandKind kind)
    {
        string name = kind.ToString();
        return name.StartsWith("r8", StringComparison.Ordinal) ? (byte)1
            : name.StartsWith("r16", StringComparison.Ordinal) ? (byte)2
            : name.StartsWith("r32", StringComparison.Ordinal) ? (byte)4
            : name.StartsWith("r64", StringComparison.Ordinal) ? (byte)8
            : name.StartsWith("xmm", StringComparison.Ordinal) ? (byte)16
            : throw new InvalidOperationException($"operand kind {kind}");
    }
}
