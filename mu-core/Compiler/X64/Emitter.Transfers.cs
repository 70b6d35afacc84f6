using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Calls, returns, polls, allocation.</summary>
internal sealed partial class Emitter
{
    private void EmitTransfer(X64Instruction i, LirBlock b)
    {
        switch (i.Kind)
        {
            case X64Kind.Return:
                Epilogue();
                code.Encode(Instruction.Create(Code.Retnq));
                break;
            case X64Kind.TailCall:
                if (i.Aux is null) LoadWord(Registers.R11, i.Operands[0].Location);
                Epilogue();
                if (i.Aux is ulong cell) code.JumpThrough(cell);
                else code.Encode(Instruction.Create(Code.Jmp_rm64, new MemoryOperand(Register.R11)));
                break;
            case X64Kind.Call:
                EmitCall(i);
                Site(i, b);
                break;
            case X64Kind.RuntimeCall:
            case X64Kind.NativeCall:
                EmitNativeCall(i);
                Site(i, b);
                break;
            case X64Kind.Trap:
                code.CallStub(environment.Stub(StubEntry.Trap));
                Site(i, b);
                break;
            case X64Kind.Throw:
                code.CallStub(environment.Stub(StubEntry.Throw));
                Site(i, b);
                break;
            case X64Kind.ThreadExit:
                code.CallStub(environment.Stub(StubEntry.ThreadExit));
                Site(i, b);
                break;
            case X64Kind.SwapStack or X64Kind.SwapStackKill:
                LoadWord(Registers.R11, i.Operands[0].Location);
                code.Encode(Instruction.Create(Code.Mov_r64_rm64, Register.R11, new MemoryOperand(Register.R11)));
                code.CallStub(environment.Stub((i.Kind == X64Kind.SwapStack, i.Imm != 0) switch
                {
                    (true, false) => StubEntry.SwapStack,
                    (true, true) => StubEntry.SwapStackThrow,
                    (false, false) => StubEntry.SwapStackKill,
                    _ => StubEntry.SwapStackKillThrow,
                }));
                Site(i, b);
                break;
            case X64Kind.Poll: EmitPoll(i); break;
            case X64Kind.Allocate: EmitAllocate(i); break;
            case X64Kind.AllocateHybrid: EmitAllocateHybrid(i); break;
            default: throw new InvalidOperationException($"{i.Kind} cannot be emitted");
        }
    }

    private void Site(X64Instruction i, LirBlock b)
    {
        bool endsBlock = EndsInCall(b) && i.Node is { Block: { } ssa } node && ssa.Terminator == node;
        CodeLabel? landing = endsBlock ? LabelOf(b.Successors[1].To) : null;
        Sites.Add(new(code.Length, i, frameSize, landing, IsEntry: false, InSavingStub: false));
    }

    private void SavingSite(X64Instruction i) => Sites.Add(new(code.Length, i, frameSize, null, IsEntry: false, InSavingStub: true));

    private void LoadWord(int register, Location from)
    {
        if (from.IsRegister) MoveRegister(register, from.RegisterNumber);
        else code.Encode(Instruction.Create(Code.Mov_r64_rm64, Registers.Gpr64(register), Slot(from.SlotIndex)));
    }

    private void EmitCall(X64Instruction i)
    {
        if (i.Aux is ulong cell)
        {
            code.CallThrough(cell);
            return;
        }

        LoadWord(Registers.R11, i.Operands[0].Location);
        code.Encode(Instruction.Create(Code.Call_rm64, new MemoryOperand(Register.R11)));
    }

    private void EmitNativeCall(X64Instruction i)
    {
        if (i.Aux is ulong target) LoadImmediate(Registers.R11, (long)target);
        else LoadWord(Registers.R11, i.Operands[0].Location);
        bool wide = i.Imm2 > 0, runtime = i.Kind == X64Kind.RuntimeCall;
        if (wide) LoadImmediate(Registers.R10, i.Imm2);
        code.CallStub(environment.Stub(runtime ? wide ? StubEntry.RuntimeCallWide : StubEntry.RuntimeCall : wide ? StubEntry.NativeCallWide : StubEntry.NativeCall));
    }

    private void EmitPoll(X64Instruction i)
    {
        CodeLabel slow = code.NewLabel(), back = code.NewLabel();
        code.Encode(Instruction.Create(Code.Cmp_r64_rm64, Register.RSP, Context(ContextField.StackLimit)));
        code.JumpIf(Cond.Ule, slow);
        code.Bind(back);
        cold.Add(() =>
        {
            code.Bind(slow);
            code.CallStub(environment.Stub(StubEntry.Poll));
            SavingSite(i);
            code.Jump(back);
        });
    }

    private void EmitAllocate(X64Instruction i)
    {
        int result = RegisterOf(i, 0), end = RegisterOf(i, 1);
        CodeLabel slow = code.NewLabel(), back = code.NewLabel();
        if (i.Displacement < environment.LargeObjectThreshold)
        {
            Bump(result, end, () => code.Encode(Instruction.Create(Code.Lea_r64_m, Registers.Gpr64(end), new MemoryOperand(Registers.Gpr64(result), i.Displacement))), slow);
            StoreHeader(result, end, i.Imm);
            Op(Code.Add_rm64_imm8, Registers.Gpr64(result), 8);
        }
        else
        {
            code.Jump(slow);
        }

        code.Bind(back);
        cold.Add(() =>
        {
            code.Bind(slow);
            LoadImmediate(Registers.R11, i.Imm);
            SlowAllocation(i, StubEntry.Allocate, result, back);
        });
    }

    /// <summary>Moves the cursor, or goes to the slow path.</summary>
    private void Bump(int result, int end, Action computeEnd, CodeLabel slow)
    {
        code.Encode(Instruction.Create(Code.Mov_r64_rm64, Registers.Gpr64(result), Context(ContextField.AllocationCursor)));
        computeEnd();
        code.Encode(Instruction.Create(Code.Cmp_r64_rm64, Registers.Gpr64(end), Context(ContextField.AllocationLimit)));
        code.JumpIf(Cond.Ugt, slow);
        code.Encode(Instruction.Create(Code.Mov_rm64_r64, Context(ContextField.AllocationCursor), Registers.Gpr64(end)));
    }

    private void StoreHeader(int result, int scratch, long header)
    {
        if (header == (int)header)
        {
            code.Encode(Instruction.Create(Code.Mov_rm64_imm32, new MemoryOperand(Registers.Gpr64(result)), (int)header));
            return;
        }

        LoadImmediate(scratch, header);
        code.Encode(Instruction.Create(Code.Mov_rm64_r64, new MemoryOperand(Registers.Gpr64(result)), Registers.Gpr64(scratch)));
    }

    /// <summary>r11 is 0 when memory is out: that is the result, or NULL is thrown.</summary>
    private void SlowAllocation(X64Instruction i, StubEntry stub, int result, CodeLabel back)
    {
        code.CallStub(environment.Stub(stub));
        SavingSite(i);
        MoveRegister(result, Registers.R11);
        if (i.Node!.Code == 1)
        {
            code.Jump(back);
            return;
        }

        Op(Code.Test_rm64_r64, Register.R11, Register.R11);
        code.JumpIf(Cond.Ne, back);
        Op(Code.Xor_r32_rm32, Register.EAX, Register.EAX);
        code.CallStub(environment.Stub(StubEntry.Throw));
        Sites.Add(new(code.Length, null, frameSize, null, IsEntry: false, InSavingStub: false));
    }

    /// <summary>A length that cannot make a small object takes the slow path, where 64 bits of it count.</summary>
    private void EmitAllocateHybrid(X64Instruction i)
    {
        int result = RegisterOf(i, 0), end = RegisterOf(i, 1), length = RegisterOf(i, 2);
        int fixedPart = i.Displacement, element = i.Imm2;
        Register n = Registers.Gpr64(length), e = Registers.Gpr64(end), r = Registers.Gpr64(result);
        CodeLabel slow = code.NewLabel(), back = code.NewLabel();
        int most = (environment.LargeObjectThreshold - fixedPart - 16) / Math.Max(element, 1);
        if (most > 0)
        {
            Op(Code.Cmp_rm64_imm32, n, most);
            code.JumpIf(Cond.Ugt, slow);
            code.Encode(Instruction.Create(Code.Imul_r64_rm64_imm32, e, n, element));
            Op(Code.Add_rm64_imm32, e, fixedPart + 8 + 7);
            Op(Code.And_rm64_imm8, e, -8);
            Bump(result, end, () => Op(Code.Add_r64_rm64, e, r), slow);
            Op(Code.Mov_r64_rm64, e, n);
            Op(Code.Shl_rm64_imm8, e, 32);
            LoadImmediate(Registers.R11, i.Imm);
            Op(Code.Or_r64_rm64, e, Register.R11);
            code.Encode(Instruction.Create(Code.Mov_rm64_r64, new MemoryOperand(r), e));
            Op(Code.Add_rm64_imm8, r, 8);
        }
        else
        {
            code.Jump(slow);
        }

        code.Bind(back);
        cold.Add(() =>
        {
            code.Bind(slow);
            code.Encode(Instruction.Create(Code.Mov_rm64_r64, Context(ContextField.AllocationLength), n));
            LoadImmediate(Registers.R11, i.Imm);
            SlowAllocation(i, StubEntry.AllocateHybrid, result, back);
        });
    }
}
