using System.Diagnostics;
using System.Runtime.Intrinsics.X86;
using Mu.Core.Api;
using Mu.Core.Compiler.Code;
using Mu.Core.Compiler.Lir;
using Mu.Core.Compiler.Ssa;
using Mu.Core.Compiler.X64;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Compiler;

/// <summary>Compiles for a machine: gives the code its place and describes its call sites.</summary>
internal sealed class CodeGenerator(MuMachine machine) : ICodeGenerator
{
    private readonly Lock gate = new();

    private CompilerStatistics statistics = CompilerStatistics.None;

    /// <inheritdoc/>
    public CompilerStatistics Statistics
    {
        get
        {
            lock (gate) return statistics;
        }
    }

    /// <summary>What compiled code knows of the machine.</summary>
    public MachineEnvironment Environment { get; } = new(machine);

    public CompiledFunction Compile(FunctionVersion version)
    {
        if (!Avx.IsSupported || !Bmi2.X64.IsSupported) throw new PlatformNotSupportedException("the code generator needs an x64 processor with AVX and BMI2");
        lock (gate)
        {
            long begin = Stopwatch.GetTimestamp();
            Emitter emitter = FunctionCompiler.Compile(version, Environment);
            ulong start = machine.Memory.AllocateCode(emitter.Buffer.Length);
            emitter.Buffer.Relocate(start);
            machine.Memory.Write(start, emitter.Buffer.Bytes);
            statistics = new(statistics.Functions + 1, statistics.CodeBytes + emitter.Buffer.Length, statistics.Time + Stopwatch.GetElapsedTime(begin));
            PerfMap.Add(start, emitter.Buffer.Length, version.Function);
            return new CompiledFunction
            {
                Version = version,
                Function = version.Function,
                Start = start,
                Size = emitter.Buffer.Length,
                Watchpoints = emitter.Watchpoints.ConvertAll(w => new WatchpointPatch(w.Id, w.Offset, emitter.Buffer.OffsetOf(w.Target))).ToArray(),
                CallSites = emitter.Sites.ConvertAll(s => Describe(s, emitter)).ToArray(),
            };
        }
    }

    private static CallSite Describe(EmittedSite site, Emitter emitter) => new()
    {
        ReturnOffset = site.ReturnOffset,
        FrameSize = site.FrameSize,
        IsFunctionEntry = site.IsEntry,
        LandingOffset = site.Landing is { } landing ? emitter.Buffer.OffsetOf(landing) : -1,
        Instruction = site.Instruction?.Node?.Source,
        SourceTag = site.Instruction?.Node is { Op: SsaOp.Poll } poll ? (int)poll.Imm : site.Instruction?.Node?.Source?.SourceTag ?? 0,
        Map = MapOf(site, emitter.Allocas),
        KeepAlives = KeepAlives(site),
    };

    private static StackMap MapOf(EmittedSite site, List<SsaNode> allocas)
    {
        var slots = new List<ReferenceSlot>();
        var registers = new List<RegisterReference>();
        if (!site.IsEntry)
            foreach (SsaNode alloca in allocas)
                foreach (ReferenceSlot reference in TypeLayout.Of((MuType)alloca.Aux!).References) slots.Add(reference with { Offset = (alloca.Mark - 1) * 8 + reference.Offset });
        foreach ((Location place, RefKind kind) in site.Instruction?.LiveReferences ?? [])
        {
            if (place.IsSlot) slots.Add(new(place.SlotIndex * 8, SlotKindOf(kind)));
            else if (site.InSavingStub) registers.Add(new(place.RegisterNumber, SlotKindOf(kind)));
            else throw new InvalidOperationException($"a reference in a register across {site.Instruction}");
        }

        return slots.Count == 0 && registers.Count == 0 ? StackMap.Empty : new([.. slots], [.. registers]);
    }

    private static SlotKind SlotKindOf(RefKind kind) => kind switch { RefKind.Ref => SlotKind.Ref, RefKind.IRef => SlotKind.IRef, RefKind.Tag => SlotKind.TagRef64, _ => SlotKind.None };

    private static ValueLocation[] KeepAlives(EmittedSite site)
    {
        var kept = new List<ValueLocation>();
        foreach (LirOperand operand in site.Instruction?.Operands ?? [])
            if (operand.Role == OperandRole.KeepAlive)
                kept.Add(operand.Location.IsSlot ? new(LocationKind.Slot, operand.Location.SlotIndex * 8) : new(LocationKind.Register, operand.Location.RegisterNumber));
        return [.. kept];
    }
}
