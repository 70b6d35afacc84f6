using System.Text;
using Mu.Core.Building;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary><c>@uvm.irbuilder.*</c>: operands are read out of the program's memory at once, so that nothing of it is needed afterwards.</summary>
internal sealed unsafe partial class Metacircular
{
    private const ulong LongestArray = 1 << 24;
    private ulong lastBuilder;

    private MetaResult ExecuteBuilding(MuThread thread, MuContext context, CommonOp op, string operands, ReadOnlySpan<ulong> arguments)
    {
        ulong result;
        try
        {
            BuilderOperand[] read = ReadOperands(operands, arguments[1..]);
            ulong builder = arguments[0];
            thread.GoOutside();
            try
            {
                result = Build(builder, op, read);
            }
            finally
            {
                thread.ComeInside();
            }
        }
        catch (Exception failure) when (failure is not HeapCorruptionException)
        {
            return Fail(thread, context, failure);
        }

        return new MetaResult(result, 0);
    }

    private MuValue NewBuilder(MuContext context)
    {
        lock (gate)
        {
            builders.Add(++lastBuilder, new IRBuilder(EntityTable.NewId, vm));
            return context.Handle(SimpleType.IRBuilderRef, lastBuilder);
        }
    }

    private ulong Build(ulong number, CommonOp op, BuilderOperand[] operands)
    {
        IRBuilder builder = BuilderOf(number, isLast: op is CommonOp.BuilderLoad or CommonOp.BuilderAbort);
        switch (op)
        {
            case CommonOp.BuilderLoad: vm.Load(builder.Assemble()); return 0;
            case CommonOp.BuilderAbort: return 0;
            case CommonOp.BuilderGenerateSymbol: return (ulong)builder.GenerateSymbol(operands[0].Text);
            default: builder.Define(op, operands); return 0;
        }
    }

    /// <summary>A builder; the last use of it takes it from the table.</summary>
    private IRBuilder BuilderOf(ulong number, bool isLast)
    {
        lock (gate)
        {
            IRBuilder builder = builders.GetValueOrDefault(number) ?? throw new InvalidOperationException("the IR builder is NULL, or has loaded its bundle, or has been aborted");
            if (isLast) builders.Remove(number);
            return builder;
        }
    }

    private static BuilderOperand[] ReadOperands(string operands, ReadOnlySpan<ulong> words)
    {
        var read = new List<BuilderOperand>();
        int next = 0;
        char array = ' ';
        foreach (char letter in operands)
        {
            if (letter is '[' or '{')
            {
                array = letter;
                continue;
            }

            // The length of an array stands behind it, or behind the next one if the two have it together.
            if (array != ' ') read.Add(new BuilderOperand(0, ReadArray(words[next], words[next + (array == '[' ? 1 : 2)], letter == 'l' ? 8 : 4)));
            else if (letter == 'T') read.Add(new BuilderOperand(0, null, words[next] == 0 ? null : ReadText(words[next])));
            else read.Add(new BuilderOperand(letter is 'l' or 'g' ? words[next] : (uint)words[next]));
            next += array == '[' ? 2 : 1;
            array = ' ';
        }

        return [.. read];
    }

    private static ulong[] ReadArray(ulong address, ulong length, int size)
    {
        if (length > LongestArray) throw new ArgumentException($"an array of {length} operands");
        if (length > 0 && address == 0) throw new ArgumentException("an array of operands is NULL");
        var values = new ulong[length];
        for (ulong i = 0; i < length; i++) values[i] = size == 8 ? *(ulong*)(address + 8 * i) : *(uint*)(address + 4 * i);
        return values;
    }

    private static string ReadText(ulong bytes)
    {
        ulong length = Math.Min(*(ulong*)bytes, ObjectHeader.Length(ObjectHeader.Of(bytes)));
        return Encoding.UTF8.GetString((byte*)bytes + TypeLayout.Of(Predefined.Bytes).VariablePartOffset, (int)length);
    }
}
