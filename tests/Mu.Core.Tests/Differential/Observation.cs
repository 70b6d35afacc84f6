using System.Text;
using Mu.Core.Heap;
using Mu.Core.IR;
using Mu.Core.Tests.Interpreter;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Tests.Differential;

/// <summary>What can be seen of a program's run: outcome, results, the graphs that references lead to, the global cell, what traps saw. The same on both engines, or one is wrong.</summary>
internal static unsafe class Observation
{
    /// <summary>Runs a program and describes what it did.</summary>
    public static string Of(Genes genes, TestedEngine engine, bool stress)
    {
        ProgramBuilder program = ProgramBuilder.Build(genes);
        using var machine = new TestMachine(engine, stress);
        var log = new StringBuilder();
        ulong traps = 0;
        machine.Machine.TrapHandler = (thread, point) =>
        {
            Instruction instruction = point.Frame.Instruction!;
            for (int i = 0; i < instruction.KeepAlives.Length; i++)
                log.Append($"trap {IntWord(instruction.KeepAlives[i].Type, point.Frame.KeepAlives()[i]):x}\n");
            machine.SetWord(0, ++traps * 0x9E37_79B9_7F4A_7C15);
            return new TrapDecision(TrapAction.PassValues);
        };
        machine.Load(program.Bundle);
        RunResult result = machine.Run(program.Main);
        log.Append($"{result.Outcome}\n");
        var graph = new Graph(log);
        for (int i = 1; i < result.Words.Length; i++) graph.Describe(ProgramBuilder.State[i], result.Words[i]);
        if (result.Outcome == MuOutcome.Uncaught) graph.Describe(ProgramBuilder.NodeRef, machine.Thread.Context->Exception);
        log.Append("cell\n");
        graph.DescribeNode(machine.Machine.Addresses.Of(program.Cell));
        graph.Drain();
        return log.ToString();
    }

    private static ulong IntWord(MuType type, ulong word) => Mu.Core.Interpreter.IntWord.FromContract(type, word);

    private sealed class Graph(StringBuilder log)
    {
        private const int MostNodes = 200;
        private readonly Dictionary<ulong, int> numbers = [];
        private readonly Queue<ulong> pending = new();

        public void Describe(MuType type, ulong word) => log.Append($"  {type} {Text(type, word)}\n");

        public void Drain()
        {
            while (pending.TryDequeue(out ulong node) && numbers.Count < MostNodes)
            {
                log.Append($"node {numbers[node]}\n");
                DescribeNode(node);
            }
        }

        public void DescribeNode(ulong address)
        {
            TypeLayout layout = TypeLayout.Of(ProgramBuilder.Node);
            for (int i = 0; i < 12; i++)
            {
                MuType type = ProgramBuilder.Node.Fields[i];
                Describe(type, new Mu.Core.Interpreter.ScalarMemory(type).Read(address + (ulong)layout.FieldOffsets[i]));
            }

            for (int i = 0; i < 4; i++) log.Append($"  [{i}] {((uint*)(address + (ulong)layout.FieldOffsets[12]))[i]:x}\n");
        }

        private string Text(MuType type, ulong word) => type.Kind switch
        {
            TypeKind.Double => double.IsNaN(BitConverter.UInt64BitsToDouble(word)) ? "nan" : $"{word:x}",
            TypeKind.Float => float.IsNaN(BitConverter.UInt32BitsToSingle((uint)word)) ? "nan" : $"{(uint)word:x}",
            TypeKind.Ref => Number(word),
            TypeKind.TagRef64 => TagRef64.IsRef(word) ? $"{Number(TagRef64.ToAddress(word))} tag {TagRef64.ToTag(word)}" : $"{word:x}",
            TypeKind.IRef => $"-> {*(ulong*)word:x}",
            _ => $"{word:x}",
        };

        private string Number(ulong node)
        {
            if (node == 0) return "null";
            if (!numbers.TryGetValue(node, out int number))
            {
                numbers.Add(node, number = numbers.Count + 1);
                pending.Enqueue(node);
            }

            return $"#{number}";
        }
    }
}
