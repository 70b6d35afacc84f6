using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Mu.Core.Compiler.Code;

/// <summary>
/// The way from native code into Mu functions, and the interpreter's way into native code. Native code calls a thunk (<see cref="MakeThunk"/>), which stores the System V arguments in a
/// <see cref="CallbackFrame"/> on the native stack and calls C#. When the Mu function threw or ended its thread, the native frames down to the CCALL are abandoned, as <c>longjmp</c> does;
/// there are no .NET frames among them.
/// </summary>
internal sealed class CallbackStubs
{
    private readonly CodeMemory memory;
    private readonly ulong enter;

    /// <summary>Assembles the stubs.</summary>
    /// <param name="memory">Where they go.</param>
    /// <param name="stubs">The stubs of compiled code, to go on at.</param>
    /// <param name="handler">Native function (machine, id, frame) that gives a <see cref="CallbackEnd"/>.</param>
    /// <param name="machine">The first argument of the handler.</param>
    public CallbackStubs(CodeMemory memory, Stubs stubs, nint handler, nint machine)
    {
        this.memory = memory;
        var a = new Assembler(64);
        Label enterLabel = a.CreateLabel(), callLabel = a.CreateLabel();
        a.Label(ref enterLabel);
        MakeEnter(a, stubs, handler, machine);
        a.Label(ref callLabel);
        MakeGuardedCall(a);
        AssemblerResult result = memory.Place(a, room: 1024);
        enter = result.GetLabelRIP(enterLabel);
        GuardedCall = result.GetLabelRIP(callLabel);
    }

    /// <summary>Native function (<see cref="NativeArguments"/>*): calls the function in it. Gives 0, or 1 if it was abandoned.</summary>
    public ulong GuardedCall { get; }

    /// <summary>mov eax, id; jmp enter. The address is a native function.</summary>
    public ulong MakeThunk(int id)
    {
        const int size = 10;
        ulong address = memory.AllocateCode(size);
        byte[] code = [0xB8, .. BitConverter.GetBytes(id), 0xE9, .. BitConverter.GetBytes((int)((long)enter - (long)(address + size)))];
        memory.Write(address, code);
        return address;
    }

    private static void MakeEnter(Assembler a, Stubs stubs, nint handler, nint machine)
    {
        Label abandon = a.CreateLabel(), leave = a.CreateLabel(), interpreter = a.CreateLabel();
        a.push(rbp);
        a.mov(rbp, rsp);
        a.sub(rsp, CallbackFrame.Size);
        AssemblerRegister64[] integers = [rdi, rsi, rdx, rcx, r8, r9];
        for (int i = 0; i < integers.Length; i++) a.mov(__qword_ptr[rsp + CallbackFrame.IntegersOffset + 8 * i], integers[i]);
        for (int i = 0; i < 8; i++) a.movsd(__qword_ptr[rsp + CallbackFrame.FloatsOffset + 8 * i], Vector(i));
        a.lea(rcx, __[rbp + 16]);
        a.mov(__qword_ptr[rsp + CallbackFrame.StackedOffset], rcx);
        a.mov(esi, eax);
        a.mov(rdi, machine);
        a.mov(rdx, rsp);
        a.mov(rax, handler);
        a.call(rax);
        a.test(eax, eax);
        a.jne(abandon);
        a.mov(rax, __qword_ptr[rsp + CallbackFrame.IntegerResultsOffset]);
        a.mov(rdx, __qword_ptr[rsp + CallbackFrame.IntegerResultsOffset + 8]);
        a.movsd(xmm0, __qword_ptr[rsp + CallbackFrame.FloatResultsOffset]);
        a.movsd(xmm1, __qword_ptr[rsp + CallbackFrame.FloatResultsOffset + 8]);
        a.leave();
        a.ret();

        a.Label(ref abandon);
        a.cmp(eax, (int)CallbackEnd.AbandonInterpreter);
        a.je(interpreter);
        a.mov(r15, __qword_ptr[rsp + CallbackFrame.ResumeOffset]);
        a.cmp(eax, (int)CallbackEnd.Leave);
        a.je(leave);
        a.mov(rax, __qword_ptr[r15 + Threads.ThreadContext.ExceptionOffset]);
        a.mov(rsp, __qword_ptr[r15 + Threads.ThreadContext.WalkStackPointerOffset]);
        a.mov(r11, stubs.Throw);
        a.jmp(r11);
        a.Label(ref leave);
        a.mov(r11, stubs.Leave);
        a.jmp(r11);

        a.Label(ref interpreter);
        a.mov(rsp, __qword_ptr[rsp + CallbackFrame.ResumeOffset]);
        a.mov(eax, 1);
        PopSaved(a);
    }

    private static void MakeGuardedCall(Assembler a)
    {
        Label next = a.CreateLabel(), done = a.CreateLabel();
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[rbp, rbx, r12, r13, r14, r15]) a.push(register);
        a.sub(rsp, 8);
        a.mov(rbx, rdi);
        a.mov(__qword_ptr[rbx + NativeArguments.ResumeOffset], rsp);
        a.mov(r10, __qword_ptr[rbx + NativeArguments.StackedCountOffset]);
        a.mov(r11, __qword_ptr[rbx + NativeArguments.StackedOffset]);
        a.test(r10d, 1);
        a.jz(next);
        a.push(r10);
        a.Label(ref next);
        a.sub(r10, 1);
        a.jb(done);
        a.push(__qword_ptr[r11 + r10 * 8]);
        a.jmp(next);
        a.Label(ref done);
        for (int i = 0; i < 8; i++) a.movsd(Vector(i), __qword_ptr[rbx + NativeArguments.FloatsOffset + 8 * i]);
        AssemblerRegister64[] integers = [rdi, rsi, rdx, rcx, r8, r9];
        for (int i = 0; i < integers.Length; i++) a.mov(integers[i], __qword_ptr[rbx + NativeArguments.IntegersOffset + 8 * i]);
        a.mov(eax, 8); // the number of vector registers, for variadic functions
        a.call(__qword_ptr[rbx + NativeArguments.FunctionOffset]);
        a.mov(__qword_ptr[rbx + NativeArguments.IntegerResultsOffset], rax);
        a.mov(__qword_ptr[rbx + NativeArguments.IntegerResultsOffset + 8], rdx);
        a.movsd(__qword_ptr[rbx + NativeArguments.FloatResultsOffset], xmm0);
        a.movsd(__qword_ptr[rbx + NativeArguments.FloatResultsOffset + 8], xmm1);
        a.mov(rsp, __qword_ptr[rbx + NativeArguments.ResumeOffset]);
        a.xor(eax, eax);
        PopSaved(a);
    }

    private static void PopSaved(Assembler a)
    {
        a.add(rsp, 8);
        foreach (AssemblerRegister64 register in (AssemblerRegister64[])[r15, r14, r13, r12, rbx, rbp]) a.pop(register);
        a.ret();
    }

    private static AssemblerRegisterXMM Vector(int i) => new((Register)((int)Register.XMM0 + i));
}
