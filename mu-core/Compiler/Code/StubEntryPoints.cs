namespace Mu.Core.Compiler.Code;

/// <summary>
/// The C# sides of the stubs: native functions that take the context and give the address of the stub to go on with.
/// </summary>
/// <param name="Poll">Safepoint.</param>
/// <param name="StackCheck">Failed stack check: overflow or safepoint.</param>
/// <param name="Allocate">Allocation of header (saved r11) and length.</param>
/// <param name="Compile">First call of a function.</param>
/// <param name="Throw">Unwinding.</param>
/// <param name="Trap">Trap to the client.</param>
/// <param name="ComeInside">Return from native code while something is asked of the thread; gives nothing.</param>
internal readonly record struct StubEntryPoints(nint Poll, nint StackCheck, nint Allocate, nint Compile, nint Throw, nint Trap, nint ComeInside);
