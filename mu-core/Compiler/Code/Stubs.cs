using System.Runtime.InteropServices;
using Iced.Intel;
using Mu.Core.Stacks;
using Mu.Core.Threads;
using static Iced.Intel.AssemblerRegisters;

namespace Mu.Core.Compiler.Code;

/// <summary>
/// The hand-written machine code between Mu code, the native stack and C#; the protocols stand in docs/abi.md. A C# entry point is called on the native stack with the
/// context and gives the address of the stub that goes on (<see cref="RestoreAndReturn"/>, <see cref="Resume"/>, <see cref="Land"/>, <see cref="Leave"/>, …).
/// </summary>
internal sealed unsafe class Stubs
{
    private static readonly AssemblerRegister64[] ArgumentRegisters = [rax, rbx, rcx, rdx, rsi, rdi, r8, r9];

    private static readonly AssemblerRegister64[] SavedRegisters = [rax, rcx, rdx, rbx, rbp, rsi, rdi, r8, r9, r10, r12, r13, r14];

    private readonly Dictionary<string, Label> labels = [];
    private readonly Assembler a = new(64);

    /// <summary>Assembles all stubs.</summary>
    public Stubs(CodeMemory memory, StubEntryPoints entries, UnwindTable unwinding)
    {
        MakeContinuations();
        MakeTransitions();
        MakeSavingStub(nameof(Poll), entries.Poll);
        MakeSavingStub(nameof(StackCheck), entries.StackCheck);
        MakeAllocation(nameof(Allocate), entries.Allocate, setsLength: true);
        MakeAllocation(nameof(AllocateHybrid), entries.Allocate, setsLength: false);
        MakeLazy(entries.Compile);
        MakeThrow(entries.Throw, unwinding);
        MakeCallOut(nameof(Trap), entries.Trap);
        MakeSwaps();
        MakeNativeCalls(entries.ComeInside);
        MakeMoveBytes();
        Place(memory);
    }

    /// <summary>Native function (context): enters Mu code on the context's current stack as <see cref="Resume"/> does; returns when Mu code is left.</summary>
    public ulong EnterMu { get; private set; }

    /// <summary>Continuation: loads all argument registers from the context and resumes the current stack.</summary>
    public ulong Resume { get; private set; }

    /// <summary>Continuation: raises the context's exception at the current stack's saved rsp.</summary>
    public ulong ResumeThrow { get; private set; }

    /// <summary>Continuation: restores what a saving stub saved, and returns from it.</summary>
    public ulong RestoreAndReturn { get; private set; }

    /// <summary>Continuation of an allocation: like <see cref="RestoreAndReturn"/>, with the new object in r11.</summary>
    public ulong RestoreWithResult { get; private set; }

    /// <summary>Continuation of lazy compilation: restores everything and jumps to the landing address.</summary>
    public ulong RestoreAndJump { get; private set; }

    /// <summary>Continuation: goes to the context's landing with the exception in rax.</summary>
    public ulong Land { get; private set; }

    /// <summary>Continuation: leaves Mu code.</summary>
    public ulong Leave { get; private set; }

    /// <summary>Return address under the bottom frame of each stack.</summary>
    public ulong BottomReturn { get; private set; }

    /// <summary>Where a fresh stack starts: above it lie the bottom function's cell and <see cref="BottomReturn"/>.</summary>
    public ulong StartFresh { get; private set; }

    /// <summary>Safepoint poll; preserves all but r11 and xmm15.</summary>
    public ulong Poll { get; private set; }

    /// <summary>Failed stack check at entry; r11: the rsp that was compared. Preserves all but r11 and xmm15, or throws NULL into the caller.</summary>
    public ulong StackCheck { get; private set; }

    /// <summary>Slow path of NEW and of hybrids shorter than 2^32; r11: fresh header, then the object or 0 when memory is out. Preserves all but xmm15.</summary>
    public ulong Allocate { get; private set; }

    /// <summary>Slow path of NEWHYBRID with the length in <see cref="ThreadContext.AllocationLength"/>; r11: header without length. Otherwise like <see cref="Allocate"/>.</summary>
    public ulong AllocateHybrid { get; private set; }

    /// <summary>Common part of all lazy stubs; r11: function id.</summary>
    public ulong Lazy { get; private set; }

    /// <summary>Called with the exception in rax; never returns.</summary>
    public ulong Throw { get; private set; }

    /// <summary>TRAP: called; returns with the values that the client gave.</summary>
    public ulong Trap { get; private set; }

    /// <summary>SWAPSTACK RET_WITH: called with the control block in r11 and values in the argument registers.</summary>
    public ulong SwapStack { get; private set; }

    /// <summary>SWAPSTACK RET_WITH THROW_EXC: called with the control block in r11, the exception in rax.</summary>
    public ulong SwapStackThrow { get; private set; }

    /// <summary>SWAPSTACK KILL_OLD: like <see cref="SwapStack"/>, never returns.</summary>
    public ulong SwapStackKill { get; private set; }

    /// <summary>SWAPSTACK KILL_OLD THROW_EXC.</summary>
    public ulong SwapStackKillThrow { get; private set; }

    /// <summary>CCALL #RUNTIME: called with the function in r11, arguments from rsi on; up to 5 integer words.</summary>
    public ulong RuntimeCall { get; private set; }

    /// <summary>Like <see cref="RuntimeCall"/> with r10 more words in the argument buffer, which go to the native stack.</summary>
    public ulong RuntimeCallWide { get; private set; }

    /// <summary>CCALL #DEFAULT: called with the function in r11, arguments from rdi on.</summary>
    public ulong NativeCall { get; private set; }

    /// <summary>Like <see cref="NativeCall"/> with r10 more words in the argument buffer, which go to the native stack.</summary>
    public ulong NativeCallWide { get; private set; }

    /// <summary>Runtime function (context, to, from, count): copies bytes, between places that may overlap.</summary>
    public ulong MoveBytes { get; private set; }

    /// <summary>THREAD_EXIT: called; never returns.</summary>
    public ulong ThreadExit { get; private set; }

    private static AssemblerMemoryOperand Context(int offset) => __qword_ptr[r15 + offset];

    private static AssemblerMemoryOperand Saved(AssemblerRegister64 register) =>
        __qword_ptr[r15 + ThreadContext.GeneralRegistersOffset + 8 * ((Register)register - Register.RAX)];

    private static AssemblerMemoryOperand SavedVector(int i) => __xmmword_ptr[r15 + ThreadContext.VectorRegistersOffset + 16 * i];

    private static AssemblerRegisterXMM Vector(int i) => new((Register)((int)Register.XMM0 + i));

    private void Begin(string name)
    {
        Label label = LabelOf(name);
        a.Label(ref label);
        labels[name] = label;
    }

    private Label LabelOf(string name)
    {
        if (!labels.TryGetValue(name, out Label label)) labels[name] = label = a.CreateLabel(name);
        return label;
    }

    private void MakeContinuations()
    {
        Begin(nameof(Resume));
        LoadArguments();
        a.mov(r11, Context(ThreadContext.CurrentStackOffset));
        a.mov(rsp, __qword_ptr[r11 + StackControl.StackPointerOffset]);
        a.ret();

        Begin(nameof(ResumeThrow));
        a.mov(rax, Context(ThreadContext.ExceptionOffset));
        a.mov(r11, Context(ThreadContext.CurrentStackOffset));
        a.mov(rsp, __qword_ptr[r11 + StackControl.StackPointerOffset]);
        a.jmp(LabelOf(nameof(Throw)));

        Begin(nameof(RestoreAndReturn));
        RestoreAll();
        a.ret();

        Begin(nameof(RestoreWithResult));
        RestoreAll();
        a.mov(r11, Context(ThreadContext.AllocationResultOffset));
        a.ret();

        Begin(nameof(RestoreAndJump));
        RestoreAll();
        a.jmp(Context(ThreadContext.LandingAddressOffset));

        Begin(nameof(Land));
        a.mov(rax, Context(ThreadContext.ExceptionOffset));
        a.mov(rsp, Context(ThreadContext.LandingStackPointerOffset));
        a.jmp(Context(ThreadContext.LandingAddressOffset));
    }

    /// <summary>In and out. The previous native and walk stack pointers lie on the native stack, so that runs nest.</summary>
    private void MakeTransitions()
    {
        Begin(nameof(EnterMu));
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[rbp, rbx, r12, r13, r14, r15]) a.push(register);
        a.mov(r15, rdi);
        a.push(Context(ThreadContext.NativeStackPointerOffset));
        a.push(Context(ThreadContext.WalkStackPointerOffset));
        a.sub(rsp, 8);
        a.mov(Context(ThreadContext.NativeStackPointerOffset), rsp);
        a.jmp(rsi); // Resume or ResumeThrow

        Begin(nameof(BottomReturn));
        StoreArguments();
        LeaveWith(MuOutcome.Returned);

        Begin(nameof(ThreadExit));
        LeaveWith(MuOutcome.Exited);

        Begin(nameof(Leave));
        a.mov(rsp, Context(ThreadContext.NativeStackPointerOffset));
        a.add(rsp, 8);
        a.pop(Context(ThreadContext.WalkStackPointerOffset));
        a.pop(Context(ThreadContext.NativeStackPointerOffset));
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[r15, r14, r13, r12, rbx, rbp]) a.pop(register);
        a.ret();

        Begin(nameof(StartFresh));
        a.pop(r11);
        a.jmp(__qword_ptr[r11]);
    }

    private void LeaveWith(MuOutcome outcome)
    {
        a.mov(__dword_ptr[r15 + ThreadContext.OutcomeOffset], (int)outcome);
        a.jmp(LabelOf(nameof(Leave)));
    }

    private void MakeSavingStub(string name, nint entry)
    {
        Begin(name);
        a.mov(Saved(r11), r11);
        SaveAll();
        CallOut(entry);
    }

    private void MakeAllocation(string name, nint entry, bool setsLength)
    {
        Begin(name);
        a.mov(Saved(r11), r11);
        if (setsLength)
        {
            a.shr(r11, 32);
            a.mov(Context(ThreadContext.AllocationLengthOffset), r11);
        }
        SaveAll();
        CallOut(entry);
    }

    private void MakeLazy(nint entry)
    {
        Begin(nameof(Lazy));
        a.mov(__dword_ptr[r15 + ThreadContext.PendingFunctionOffset], r11d);
        SaveAll();
        CallOut(entry);
    }

    /// <summary>
    /// Walks the frames by their return addresses to one with a landing (see <see cref="UnwindTable"/>; rdx: the word with the return address). A word that is no
    /// call site, such as the base of the stack, is C#'s, which begins anew.
    /// </summary>
    private unsafe void MakeThrow(nint entry, UnwindTable unwinding)
    {
        Label frame = a.CreateLabel(), probe = a.CreateLabel(), found = a.CreateLabel(), land = a.CreateLabel(), other = a.CreateLabel();
        Begin(nameof(Throw));
        a.mov(rcx, (ulong)unwinding.Root);
        a.mov(rcx, __qword_ptr[rcx]);
        a.mov(rbx, __qword_ptr[rcx + UnwindTable.MaskOffset]);
        a.mov(r9, __qword_ptr[rcx + UnwindTable.ShiftOffset]);
        a.mov(r8, UnwindTable.Multiplier);
        a.mov(rdx, rsp);
        a.mov(r12, Context(ThreadContext.ThrowLogOffset + ThrowLog.NextOffset));
        a.Label(ref frame);
        a.mov(rsi, __qword_ptr[rdx]);
        // The frame into the log.
        const int Entry = ThreadContext.ThrowLogOffset + ThrowLog.EntriesOffset;
        a.mov(__qword_ptr[r15 + r12 + (Entry + ThrowLog.ReturnAddressOffset)], rsi);
        a.mov(__qword_ptr[r15 + r12 + (Entry + ThrowLog.PlaceOffset)], rdx);
        a.mov(__qword_ptr[r15 + r12 + (Entry + ThrowLog.ExceptionOffset)], rax);
        a.add(r12d, ThrowLog.EntrySize);
        a.and(r12d, ThrowLog.EntrySize * ThrowLog.Entries - 1);
        a.mov(rdi, rsi);
        a.imul(rdi, r8);
        a.shrx(rdi, rdi, r9);
        a.Label(ref probe);
        a.mov(r10, rdi);
        a.shl(r10, UnwindTable.EntryShift);
        a.lea(r10, __[rcx + r10 + UnwindTable.EntriesOffset]);
        a.mov(r11, __qword_ptr[r10 + UnwindTable.KeyOffset]);
        a.cmp(r11, rsi);
        a.je(found);
        a.test(r11, r11);
        a.jz(other);
        a.inc(rdi);
        a.and(rdi, rbx);
        a.jmp(probe);
        a.Label(ref found);
        a.mov(r11, __qword_ptr[r10 + UnwindTable.LandingOffset]);
        a.test(r11, r11);
        a.jnz(land);
        a.add(rdx, __qword_ptr[r10 + UnwindTable.AdvanceOffset]);
        a.jmp(frame);
        a.Label(ref land);
        a.mov(Context(ThreadContext.ThrowLogOffset + ThrowLog.NextOffset), r12);
        a.lea(rsp, __[rdx + 8]);
        a.jmp(r11);
        a.Label(ref other);
        a.mov(Context(ThreadContext.ThrowLogOffset + ThrowLog.NextOffset), r12);
        a.mov(Context(ThreadContext.ExceptionOffset), rax);
        CallOut(entry);
    }

    private void MakeCallOut(string name, nint entry)
    {
        Begin(name);
        CallOut(entry);
    }

    private void MakeSwaps()
    {
        MakeSwap(nameof(SwapStack), StackState.Ready, throws: false);
        MakeSwap(nameof(SwapStackThrow), StackState.Ready, throws: true);
        MakeSwap(nameof(SwapStackKill), StackState.Dead, throws: false);
        MakeSwap(nameof(SwapStackKillThrow), StackState.Dead, throws: true);
    }

    /// <summary>A jump instead of a return: the processor's return predictor knows nothing of the other stack, its target predictor may.</summary>
    private void MakeSwap(string name, StackState oldState, bool throws)
    {
        Begin(name);
        a.mov(r10, Context(ThreadContext.CurrentStackOffset));
        a.mov(__qword_ptr[r10 + StackControl.StackPointerOffset], rsp);
        a.mov(__dword_ptr[r10 + StackControl.StateOffset], (int)oldState);
        a.mov(__dword_ptr[r11 + StackControl.StateOffset], (int)StackState.Active);
        a.mov(Context(ThreadContext.CurrentStackOffset), r11);
        a.mov(r10, __qword_ptr[r11 + StackControl.StackLimitOffset]);
        a.mov(Context(ThreadContext.StackLimitOffset), r10);
        a.mov(rsp, __qword_ptr[r11 + StackControl.StackPointerOffset]);
        if (throws) a.jmp(LabelOf(nameof(Throw)));
        else
        {
            a.pop(r10);
            a.jmp(r10);
        }
    }

    /// <summary>Called as runtime functions are, with the context first: the C library's memmove does not care who calls it, which .NET's transitions do.</summary>
    private void MakeMoveBytes()
    {
        Begin(nameof(MoveBytes));
        a.mov(rdi, rsi);
        a.mov(rsi, rdx);
        a.mov(rdx, rcx);
        a.mov(rax, (ulong)NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "memmove"));
        a.jmp(rax);
    }

    private void MakeNativeCalls(nint comeInside)
    {
        foreach (bool runtime in (bool[])[true, false])
        {
            Begin(runtime ? nameof(RuntimeCall) : nameof(NativeCall));
            a.mov(Context(ThreadContext.WalkStackPointerOffset), rsp);
            a.mov(rsp, Context(ThreadContext.NativeStackPointerOffset));
            FinishNativeCall(runtime, comeInside);

            Begin(runtime ? nameof(RuntimeCallWide) : nameof(NativeCallWide));
            a.mov(Context(ThreadContext.WalkStackPointerOffset), rsp);
            a.mov(rsp, Context(ThreadContext.NativeStackPointerOffset));
            PushBuffer();
            FinishNativeCall(runtime, comeInside);
        }
    }

    /// <summary>Runtime functions are part of the guest. Other native code runs outside (<see cref="MuWorld"/>): two stores, and a load at the way back.</summary>
    private void FinishNativeCall(bool runtime, nint comeInside)
    {
        Label blocked = a.CreateLabel(), inside = a.CreateLabel();
        if (runtime) a.mov(rdi, r15);
        else a.mov(__dword_ptr[r15 + ThreadContext.OutsideOffset], 1);
        a.call(r11);
        if (!runtime)
        {
            a.mov(__dword_ptr[r15 + ThreadContext.OutsideOffset], 0);
            a.cmp(__dword_ptr[r15 + ThreadContext.RequestsOffset], 0);
            a.jne(blocked);
            a.Label(ref inside);
        }
        a.mov(rsp, Context(ThreadContext.WalkStackPointerOffset));
        a.ret();
        if (runtime) return;
        a.Label(ref blocked);
        a.push(rax);
        a.push(rdx);
        a.sub(rsp, 32);
        a.movups(__xmmword_ptr[rsp], xmm0);
        a.movups(__xmmword_ptr[rsp + 16], xmm1);
        a.mov(rdi, r15);
        a.mov(rax, (ulong)comeInside);
        a.call(rax);
        a.movups(xmm0, __xmmword_ptr[rsp]);
        a.movups(xmm1, __xmmword_ptr[rsp + 16]);
        a.add(rsp, 32);
        a.pop(rdx);
        a.pop(rax);
        a.jmp(inside);
    }

    /// <summary>Pushes r10 words of the argument buffer, the last first; an odd number gets a word of padding.</summary>
    private void PushBuffer()
    {
        Label next = a.CreateLabel(), done = a.CreateLabel();
        a.test(r10d, 1);
        a.jz(next);
        a.push(r10);
        a.Label(ref next);
        a.sub(r10, 1);
        a.jb(done);
        a.push(__qword_ptr[r15 + r10 * 8 + ThreadContext.ArgumentBufferOffset]);
        a.jmp(next);
        a.Label(ref done);
        a.nop();
    }

    private void CallOut(nint entry)
    {
        a.mov(Context(ThreadContext.WalkStackPointerOffset), rsp);
        a.mov(rsp, Context(ThreadContext.NativeStackPointerOffset));
        a.mov(rdi, r15);
        a.mov(rax, (ulong)entry);
        a.call(rax);
        a.jmp(rax);
    }

    private void SaveAll()
    {
        foreach (AssemblerRegister64 register in SavedRegisters) a.mov(Saved(register), register);
        for (int i = 0; i < 15; i++) a.movups(SavedVector(i), Vector(i));
    }

    private void RestoreAll()
    {
        foreach (AssemblerRegister64 register in SavedRegisters) a.mov(register, Saved(register));
        for (int i = 0; i < 15; i++) a.movups(Vector(i), SavedVector(i));
        a.mov(rsp, Context(ThreadContext.WalkStackPointerOffset));
    }

    private void LoadArguments()
    {
        foreach (AssemblerRegister64 register in ArgumentRegisters) a.mov(register, Saved(register));
        for (int i = 0; i < 8; i++) a.movups(Vector(i), SavedVector(i));
    }

    private void StoreArguments()
    {
        foreach (AssemblerRegister64 register in ArgumentRegisters) a.mov(Saved(register), register);
        for (int i = 0; i < 8; i++) a.movups(SavedVector(i), Vector(i));
    }

    private void Place(CodeMemory memory)
    {
        AssemblerResult result = memory.Place(a, room: 4096);
        ulong At(string name) => result.GetLabelRIP(labels[name]);
        EnterMu = At(nameof(EnterMu));
        Resume = At(nameof(Resume));
        ResumeThrow = At(nameof(ResumeThrow));
        RestoreAndReturn = At(nameof(RestoreAndReturn));
        RestoreWithResult = At(nameof(RestoreWithResult));
        RestoreAndJump = At(nameof(RestoreAndJump));
        Land = At(nameof(Land));
        Leave = At(nameof(Leave));
        BottomReturn = At(nameof(BottomReturn));
        StartFresh = At(nameof(StartFresh));
        Poll = At(nameof(Poll));
        StackCheck = At(nameof(StackCheck));
        Allocate = At(nameof(Allocate));
        AllocateHybrid = At(nameof(AllocateHybrid));
        Lazy = At(nameof(Lazy));
        Throw = At(nameof(Throw));
        Trap = At(nameof(Trap));
        SwapStack = At(nameof(SwapStack));
        SwapStackThrow = At(nameof(SwapStackThrow));
        SwapStackKill = At(nameof(SwapStackKill));
        SwapStackKillThrow = At(nameof(SwapStackKillThrow));
        RuntimeCall = At(nameof(RuntimeCall));
        MoveBytes = At(nameof(MoveBytes));
        RuntimeCallWide = At(nameof(RuntimeCallWide));
        NativeCall = At(nameof(NativeCall));
        NativeCallWide = At(nameof(NativeCallWide));
        ThreadExit = At(nameof(ThreadExit));
    }
}
