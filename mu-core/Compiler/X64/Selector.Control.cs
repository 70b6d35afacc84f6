using Iced.Intel;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>Entry, calls, terminators.</summary>
internal sealed partial class Selector
{
    private void SelectEntry(SsaBlock block)
    {
        var cursor = new ArgumentCursor();
        var operands = new List<LirOperand>();
        var buffered = new List<(SsaNode Param, int Index)>();
        foreach (SsaNode param in block.Params)
        {
            int register = cursor.Next(ClassOf(param.Kind), out int index);
            if (register >= 0) operands.Add(DefFixed(VRegOf(param), register));
            else buffered.Add((param, index));
        }

        Add(new X64Instruction { Kind = X64Kind.Enter, Operands = [.. operands], Aux = LockPrefix });
        foreach ((SsaNode param, int index) in buffered) LoadBuffer(param, index);
    }

    private int BufferOffset(int index) => environment.ContextOffset(ContextField.ArgumentBuffer) + index * 8;

    private void LoadBuffer(SsaNode value, int index)
    {
        Code code = value.Kind switch { ValueKind.F32 => Code.VEX_Vmovss_xmm_m32, ValueKind.F64 => Code.VEX_Vmovsd_xmm_m64, _ => Code.Mov_r64_rm64 };
        X64Instruction i = Machine(code, 0, X64Instruction.Memory, X64Instruction.Nothing, Def(VRegOf(value)));
        i.MemoryBase = MemoryBase.Context;
        i.Displacement = BufferOffset(index);
    }

    private void StoreBuffer(SsaNode value, int index)
    {
        Code code = value.Kind switch { ValueKind.F32 => Code.VEX_Vmovss_m32_xmm, ValueKind.F64 => Code.VEX_Vmovsd_m64_xmm, _ => Code.Mov_rm64_r64 };
        X64Instruction i = Machine(code, X64Instruction.Memory, 0, X64Instruction.Nothing, InRegister(Use(value)));
        i.MemoryBase = MemoryBase.Context;
        i.Displacement = BufferOffset(index);
    }

    /// <summary>Puts values where the convention between Mu functions has them.</summary>
    private void PassMu(ReadOnlySpan<SsaNode> values, List<LirOperand> operands)
    {
        var cursor = new ArgumentCursor();
        foreach (SsaNode value in values)
        {
            int register = cursor.Next(ClassOf(value.Kind), out int index);
            if (register >= 0) operands.Add(InFixed(Use(value), register));
            else StoreBuffer(value, index);
        }
    }

    /// <summary>A runtime function gives integers or one FP value, whatever the instruction makes of them.</summary>
    private static ValueKind[] ResultKinds(SsaNode n) => n.Op == SsaOp.RuntimeCall
        ? Array.ConvertAll(n.Projections ?? [], p => p?.Kind ?? ValueKind.I64)
        : n.Source is CCallInstruction { Convention: NativeConvention.Default } native
            ? Array.ConvertAll(NativeSignature.Of(native.Signature).Result, r => r.Kind == NativePlaceKind.Float ? ValueKind.F64 : ValueKind.I64)
        : n.Source is null ? [] : Scalars.Kinds(Array.ConvertAll(n.Source.Results, r => r.Type));

    private void ReceiveMu(SsaNode n, List<LirOperand> operands)
    {
        var cursor = new ArgumentCursor();
        ValueKind[] kinds = ResultKinds(n);
        for (int k = 0; k < kinds.Length; k++)
        {
            int register = cursor.Next(ClassOf(kinds[k]), out _);
            if (register >= 0 && n.Projections is { } projections && k < projections.Length && projections[k] is { } projection) operands.Add(DefFixed(VRegOf(projection), register));
        }
    }

    /// <summary>Results in registers were defined by the call itself.</summary>
    private void SelectProjection(SsaNode n)
    {
        SsaNode call = n.Args[0];
        if (call.Op is SsaOp.CompareExchange or SsaOp.CCall or SsaOp.RuntimeCall) return;
        var cursor = new ArgumentCursor();
        ValueKind[] kinds = ResultKinds(call);
        int index = -1;
        for (int k = 0; k <= n.Imm; k++) cursor.Next(ClassOf(kinds[k]), out index);
        if (index >= 0) LoadBuffer(n, index);
    }

    private void SelectCalling(SsaNode n)
    {
        var operands = new List<LirOperand>();
        var i = new X64Instruction { Node = n, Flags = LirFlags.IsCall | LirFlags.IsSafepoint };
        switch (n.Op)
        {
            case SsaOp.Call:
                i.Kind = X64Kind.Call;
                Callee(i, n.Args[0], operands);
                PassMu(n.Args.AsSpan(1), operands);
                ReceiveMu(n, operands);
                break;
            case SsaOp.Trap:
                i.Kind = X64Kind.Trap;
                ReceiveMu(n, operands);
                break;
            case SsaOp.SwapStack:
                i.Kind = X64Kind.SwapStack;
                i.Imm = n.Code;
                operands.Add(Anywhere(Use(n.Args[0])));
                PassMu(n.Args.AsSpan(1), operands);
                ReceiveMu(n, operands);
                break;
            case SsaOp.CCall:
                bool runtime = (NativeConvention)n.Code == NativeConvention.Runtime;
                i.Kind = runtime ? X64Kind.RuntimeCall : X64Kind.NativeCall;
                Callee(i, n.Args[0], operands);
                if (runtime) PassToRuntime(i, n.Args.AsSpan(1), operands);
                else PassNative(i, n.Args.AsSpan(1), NativeSignature.Of(((CCallInstruction)n.Source!).Signature), operands);
                ReceiveNative(n, operands);
                break;
            case SsaOp.RuntimeCall:
                i.Kind = X64Kind.RuntimeCall;
                i.Aux = environment.RuntimeFunction((RuntimeEntry)n.Aux!);
                PassToRuntime(i, n.Args, operands);
                ReceiveNative(n, operands);
                break;
            case SsaOp.CopyBytes:
                i.Kind = X64Kind.RuntimeCall;
                i.Aux = environment.RuntimeFunction(RuntimeEntry.MoveBytes);
                PassToRuntime(i, n.Args, operands);
                break;
        }

        operands.AddRange(KeepAlives(n));
        i.Operands = [.. operands];
        Add(i);
    }

    /// <summary>A constant callee is the instruction's Aux, another one its first operand.</summary>
    private void Callee(X64Instruction i, SsaNode callee, List<LirOperand> operands)
    {
        if (callee.Op == SsaOp.Symbol) i.Aux = environment.AddressOf(callee.Aux!);
        else operands.Add(Anywhere(Use(callee)));
    }

    /// <summary>The thread's context comes before the values.</summary>
    private void PassToRuntime(X64Instruction i, ReadOnlySpan<SsaNode> values, List<LirOperand> operands)
    {
        int ints = 1, floats = 0, pushed = 0;
        foreach (SsaNode value in values)
        {
            bool isFloat = ClassOf(value.Kind) == RegClass.Float;
            if (isFloat && floats < NativeSignature.FloatRegisters) operands.Add(InFixed(Use(value), floats++));
            else if (!isFloat && ints < NativeSignature.IntegerRegisters) operands.Add(InFixed(Use(value), Registers.NativeArguments[ints++]));
            else StoreBuffer(value, pushed++);
        }

        i.Imm2 = pushed;
        i.Displacement = floats;
    }

    private void PassNative(X64Instruction i, ReadOnlySpan<SsaNode> words, NativeSignature native, List<LirOperand> operands)
    {
        int next = 0;
        if (native.ReturnsInMemory) operands.Add(InFixed(Use(words[next++]), Registers.Rdi));
        foreach (NativePlace[] places in native.Parameters)
            foreach (NativePlace place in places)
            {
                SsaNode word = words[next++];
                if (place.Kind == NativePlaceKind.Stack) StoreBuffer(word, place.Index);
                else operands.Add(InFixed(Use(word), place.Kind == NativePlaceKind.Float ? place.Index : Registers.NativeArguments[place.Index]));
            }

        i.Imm2 = native.StackedWords;
        i.Displacement = operands.Count(o => o.Constraint == OperandConstraint.Fixed && function.ClassOf(o.VReg) == RegClass.Float);
    }

    private void ReceiveNative(SsaNode n, List<LirOperand> operands)
    {
        int ints = 0, floats = 0;
        ValueKind[] kinds = ResultKinds(n);
        for (int k = 0; k < kinds.Length; k++)
        {
            int register = ClassOf(kinds[k]) == RegClass.Float ? floats++ : ints++ == 0 ? Registers.Rax : Registers.Rdx;
            if (n.Projections is { } projections && k < projections.Length && projections[k] is { } projection) operands.Add(DefFixed(VRegOf(projection), register));
        }
    }

    private void SelectRemainder(SsaNode n)
    {
        bool single = n.Kind == ValueKind.F32;
        var i = new X64Instruction { Kind = X64Kind.RuntimeCall, Flags = LirFlags.IsCall | LirFlags.IsSafepoint, Node = n, Aux = environment.RuntimeFunction(RuntimeEntry.FloatRemainder) };
        int a = single ? Widen(n.Args[0]) : Use(n.Args[0]), b = single ? Widen(n.Args[1]) : Use(n.Args[1]);
        int result = single ? NewFloat() : VRegOf(n);
        i.Operands = [InFixed(a, 0), InFixed(b, 1), DefFixed(result, 0)];
        i.Displacement = 2;
        Add(i);
        if (single) Machine(Code.VEX_Vcvtsd2ss_xmm_xmm_xmmm64, 0, 1, 1, Def(VRegOf(n)), InRegister(result));
    }

    private int Widen(SsaNode value)
    {
        int wide = NewFloat();
        Machine(Code.VEX_Vcvtss2sd_xmm_xmm_xmmm32, 0, 1, 1, Def(wide), InRegister(Use(value)));
        return wide;
    }

    private void SelectTerminator(SsaBlock block)
    {
        SsaNode t = block.Terminator;
        foreach (SsaEdge edge in block.Successors)
            foreach (SsaNode arg in edge.Args)
                if (!DependsOnFused(arg)) Use(arg);
        X64Instruction? end = null;
        switch (t.Op)
        {
            case SsaOp.Jump: end = new X64Instruction { Kind = X64Kind.Jump }; break;
            case SsaOp.Branch:
                if (fused is not null) SelectFused(block);
                end = new X64Instruction { Kind = X64Kind.Branch, Condition = SelectCondition(t.Args[0]) };
                break;
            case SsaOp.WatchpointBranch: end = new X64Instruction { Kind = X64Kind.WatchpointBranch, Imm = t.Imm }; break;
            case SsaOp.Switch:
                end = new X64Instruction { Kind = X64Kind.JumpTable, Aux = t.Aux, Operands = [LateInRegister(Use(t.Args[0])), TempRegister(NewInt()), TempRegister(NewInt())] };
                break;
            case SsaOp.Return or SsaOp.TailCall or SsaOp.Throw or SsaOp.SwapStackKill:
                end = SelectExit(t);
                break;
            case SsaOp.ThreadExit: end = new X64Instruction { Kind = X64Kind.ThreadExit, Node = t, Flags = LirFlags.IsCall | LirFlags.IsSafepoint }; break;
            case SsaOp.Unreachable: end = new X64Instruction { Kind = X64Kind.Unreachable }; break;
            default: SelectCalling(t); break;
        }

        if (end is not null) Add(end);
        current.Successors = Array.ConvertAll(block.Successors, MakeEdge);
    }

    /// <summary>The operation whose flag the branch tests, then what boxes its result for the edges.</summary>
    private void SelectFused(SsaBlock block)
    {
        SelectNode(fused!);
        foreach (SsaEdge edge in block.Successors)
            foreach (SsaNode arg in edge.Args) Use(arg);
    }

    private X64Instruction SelectExit(SsaNode t)
    {
        var operands = new List<LirOperand>();
        var i = new X64Instruction { Node = t };
        switch (t.Op)
        {
            case SsaOp.Return:
                i.Kind = X64Kind.Return;
                PassMu(t.Args, operands);
                break;
            case SsaOp.TailCall:
                i.Kind = X64Kind.TailCall;
                Callee(i, t.Args[0], operands);
                PassMu(t.Args.AsSpan(1), operands);
                break;
            case SsaOp.Throw:
                i.Kind = X64Kind.Throw;
                i.Flags = LirFlags.IsCall | LirFlags.IsSafepoint;
                operands.Add(InFixed(Use(t.Args[0]), Registers.Rax));
                break;
            default:
                i.Kind = X64Kind.SwapStackKill;
                i.Imm = t.Code;
                i.Flags = LirFlags.IsCall | LirFlags.IsSafepoint;
                operands.Add(Anywhere(Use(t.Args[0])));
                PassMu(t.Args.AsSpan(1), operands);
                break;
        }

        i.Operands = [.. operands];
        return i;
    }

    private LirEdge MakeEdge(SsaEdge edge)
    {
        var lir = new LirEdge(current, blocks[edge.To.Id], Array.ConvertAll(edge.Args, a => Use(a))) { IsExceptional = edge.IsExceptional };
        lir.To.Predecessors.Add(lir);
        return lir;
    }
}
