using System.Runtime.CompilerServices;

namespace Mu.Core.Types;

/// <summary>What a word that goes to or comes from native code is in.</summary>
internal enum NativePlaceKind
{
    /// <summary>An integer register: by number of argument, or rax and rdx.</summary>
    Integer,
    /// <summary>The low word of a vector register.</summary>
    Float,
    /// <summary>The stack, by number of word.</summary>
    Stack,
}

/// <summary>Where a word goes to or comes from.</summary>
/// <param name="Kind">What kind of place.</param>
/// <param name="Index">Its number.</param>
internal readonly record struct NativePlace(NativePlaceKind Kind, int Index);

/// <summary>
/// How the System V convention of x64 passes the parameters and the result of a native function. A scalar is one word; a composite value is the words of its memory image, which go to registers by
/// what is in them if there are two at most, and enough registers, and onto the stack otherwise. A larger result is written to memory whose address is the first argument.
/// </summary>
internal sealed class NativeSignature
{
    /// <summary>Argument registers.</summary>
    public const int IntegerRegisters = 6, FloatRegisters = 8;

    private const int MostInRegisters = 16;
    private static readonly ConditionalWeakTable<FunctionSignature, NativeSignature> Cache = [];
    private int integers, floats, stacked;

    private NativeSignature(FunctionSignature signature)
    {
        MuType? result = signature.Results.Count == 0 ? null : signature.Results[0];
        ReturnsInMemory = result is not null && Classes(result) is null;
        if (ReturnsInMemory) integers++;
        if (result is not null && Classes(result) is { } classes) Result = InRegisters(classes, 0, 0);
        Parameters = new NativePlace[signature.Parameters.Count][];
        for (int i = 0; i < Parameters.Length; i++) Parameters[i] = Pass(signature.Parameters[i]);
    }

    /// <summary>Places of the words of each parameter.</summary>
    public NativePlace[][] Parameters { get; }

    /// <summary>Places of the words of the result; none if it is in memory, or there is none.</summary>
    public NativePlace[] Result { get; } = [];

    /// <summary>Whether the first integer argument is an address for the result.</summary>
    public bool ReturnsInMemory { get; }

    /// <summary>Number of words on the stack.</summary>
    public int StackedWords => stacked;

    /// <summary>The way of passing for a signature.</summary>
    public static NativeSignature Of(FunctionSignature signature) => Cache.TryGetValue(signature, out NativeSignature? known) ? known : Cache.GetValue(signature, s => new NativeSignature(s));

    /// <summary>For each word of a value whether it goes to a vector register: if nothing else than floating point is in it. Null: the value is passed in memory.</summary>
    private static bool[]? Classes(MuType type)
    {
        if (type.IsWord) return [type.IsFloatingPoint];
        int size = TypeLayout.Of(type).Size;
        if (size > MostInRegisters) return null;
        var isFloat = new bool[(size + 7) / 8];
        Array.Fill(isFloat, true);
        foreach (ScalarPart part in ScalarPart.Of(type)) isFloat[part.Offset / 8] &= part.Type.IsFloatingPoint;
        return isFloat;
    }

    private static NativePlace[] InRegisters(bool[] classes, int integer, int vector) =>
        Array.ConvertAll(classes, isFloat => isFloat ? new NativePlace(NativePlaceKind.Float, vector++) : new NativePlace(NativePlaceKind.Integer, integer++));

    private NativePlace[] Pass(MuType type)
    {
        if (Classes(type) is { } classes)
        {
            int vectors = classes.Count(isFloat => isFloat), words = classes.Length - vectors;
            if (integers + words <= IntegerRegisters && floats + vectors <= FloatRegisters)
            {
                NativePlace[] places = InRegisters(classes, integers, floats);
                integers += words;
                floats += vectors;
                return places;
            }
        }

        TypeLayout layout = TypeLayout.Of(type);
        if (layout.Alignment > 8) stacked = (stacked + 1) & ~1;
        var onStack = new NativePlace[(layout.Size + 7) / 8];
        for (int i = 0; i < onStack.Length; i++) onStack[i] = new NativePlace(NativePlaceKind.Stack, stacked++);
        return onStack;
    }
}
