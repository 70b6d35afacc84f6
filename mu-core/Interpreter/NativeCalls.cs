using System.Runtime.InteropServices;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Interpreter;

internal sealed partial class Decoder
{
    private NativeCallOperation DecodeNativeCall(CCallInstruction i)
    {
        MuType[] parameters = [.. i.Signature.Parameters], results = [.. i.Signature.Results];
        bool fits = results.Length <= 2 && results.All(r => r.IsScalar) && parameters.All(p => p.IsScalar) && (results.Length < 2 || !results.Any(r => r.IsFloatingPoint));
        if (!fits) throw new NotSupportedException($"CCALL with signature {i.Signature.Describe()} is not supported by the interpreter");
        return new NativeCallOperation(i.Convention, parameters, results, Operand(i.Callee), Words(i.Arguments));
    }

    private NativeCallOperation DecodeRuntime(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new(NativeConvention.Runtime, Array.ConvertAll(i.Operands, o => (MuType)(o.Type is IntType ? IntType.I64 : o.Type)), Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), Words(i.Operands));

    /// <summary>Futex operations that look at the location get its size as the last argument.</summary>
    private NativeCallOperation DecodeFutex(Compiler.RuntimeEntry entry, CommonInstruction i) =>
        new(NativeConvention.Runtime, [.. Array.ConvertAll(i.Operands, o => o.Type is IntType ? IntType.I64 : o.Type), IntType.I64], Array.ConvertAll(i.Results, r => r.Type),
            AddressOperand(host.RuntimeFunction(entry)), [.. Words(i.Operands), AddressOperand((ulong)TypeLayout.Of(i.Types[0]).Size)]);

    private int AddressOperand(ulong address)
    {
        constants.Add(address);
        return ~(constants.Count - 1);
    }
}

/// <summary>
/// CCALL, and instructions that are left to a runtime function. Runtime functions get the thread's context first; a collection waits for them. Other native functions may
/// block, and hold no collection up.
/// </summary>
internal sealed unsafe class NativeCallOperation(NativeConvention convention, MuType[] parameters, MuType[] results, int callee, int[] arguments) : Operation
{
    /// <inheritdoc/>
    public override bool Execute(InterpreterThread thread, Frame frame)
    {
        var call = new NativeCall();
        bool isRuntime = convention == NativeConvention.Runtime;
        if (isRuntime) call.Add((ulong)thread.Context);
        for (int i = 0; i < arguments.Length; i++)
        {
            ulong word = IntWord.ToContract(parameters[i], frame.Get(arguments[i]));
            if (parameters[i].IsFloatingPoint) call.AddFloatingPoint(word);
            else call.Add(word);
        }

        if (!isRuntime) thread.Host.EnterNative(thread);
        bool returnsFloatingPoint = results.Length == 1 && results[0].IsFloatingPoint;
        NativeResult result = call.Invoke(frame.Get(callee), returnsFloatingPoint);
        if (!isRuntime) thread.Host.LeaveNative(thread);
        if (results.Length > 0) frame.Words[ResultSlot] = IntWord.FromContract(results[0], result.First);
        if (results.Length > 1) frame.Words[ResultSlot + 1] = IntWord.FromContract(results[1], result.Second);
        return Finish(frame);
    }
}

/// <summary>The two words in which native functions give integers.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    /// <summary>The first word, or the FP result's bits.</summary>
    public ulong First;

    /// <summary>The second word.</summary>
    public ulong Second;
}

/// <summary>
/// A call by the System V convention with one shape for all signatures: all argument registers of both classes are always loaded, and the words for the native stack always
/// pushed, since a callee looks only at its own. What exceeds the registers is passed as words, in order, which is right wherever integers and FP values have registers
/// of their own.
/// </summary>
internal unsafe ref struct NativeCall
{
    private const int Integers = 6, Floats = 8, Stacked = 8;
    private fixed ulong integers[Integers], floats[Floats], stacked[Stacked];
    private int integerCount, floatCount, stackedCount;

    /// <summary>Adds an integer or address.</summary>
    public void Add(ulong word)
    {
        if (integerCount < Integers) integers[integerCount++] = word;
        else Push(word);
    }

    /// <summary>Adds the bits of a float or double.</summary>
    public void AddFloatingPoint(ulong bits)
    {
        if (floatCount < Floats) floats[floatCount++] = bits;
        else Push(bits);
    }

    /// <summary>Calls a function.</summary>
    public NativeResult Invoke(ulong address, bool returnsFloatingPoint)
    {
        if (OperatingSystem.IsWindows() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("the interpreter calls native functions by the System V x64 convention only");
        if (address == 0) throw new MuExecutionException("CCALL of NULL");
        if (returnsFloatingPoint)
        {
            var function = (delegate* unmanaged<ulong, ulong, ulong, ulong, ulong, ulong, double, double, double, double, double, double, double, double,
                ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, double>)address;
            double result = function(integers[0], integers[1], integers[2], integers[3], integers[4], integers[5], F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7),
                stacked[0], stacked[1], stacked[2], stacked[3], stacked[4], stacked[5], stacked[6], stacked[7]);
            return new NativeResult { First = BitConverter.DoubleToUInt64Bits(result) };
        }

        var integral = (delegate* unmanaged<ulong, ulong, ulong, ulong, ulong, ulong, double, double, double, double, double, double, double, double,
            ulong, ulong, ulong, ulong, ulong, ulong, ulong, ulong, NativeResult>)address;
        return integral(integers[0], integers[1], integers[2], integers[3], integers[4], integers[5], F(0), F(1), F(2), F(3), F(4), F(5), F(6), F(7),
            stacked[0], stacked[1], stacked[2], stacked[3], stacked[4], stacked[5], stacked[6], stacked[7]);
    }

    private readonly double F(int index) => BitConverter.UInt64BitsToDouble(floats[index]);

    private void Push(ulong word)
    {
        if (stackedCount == Stacked) throw new NotSupportedException($"CCALL with more than {Stacked} arguments beyond registers is not supported by the interpreter");
        stacked[stackedCount++] = word;
    }
}
