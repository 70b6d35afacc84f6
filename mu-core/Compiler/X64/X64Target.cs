using Mu.Core.Compiler.Lir;

namespace Mu.Core.Compiler.X64;

/// <summary>x64 for the register allocator.</summary>
internal sealed class X64Target : ILirTarget
{
    public static readonly X64Target Instance = new();

    public ReadOnlySpan<byte> Allocatable(RegClass registerClass) => registerClass.File() == RegClass.Int ? Registers.AllocatableInt : Registers.AllocatableFloat;

    public LirInstruction Move(RegClass registerClass, Location from, Location to) => new X64Instruction
    {
        Kind = X64Kind.Move,
        Imm = (long)registerClass,
        Operands = [new LirOperand(-1, OperandRole.Def, OperandConstraint.Any) { Location = to }, new LirOperand(-1, OperandRole.Use, OperandConstraint.Any) { Location = from }],
    };

    public LirInstruction Rematerialise(LirInstruction original, Location to)
    {
        var source = (X64Instruction)original;
        return new X64Instruction { Kind = source.Kind, Imm = source.Imm, Scale = source.Scale, Aux = source.Aux, Operands = [new LirOperand(-1, OperandRole.Def, OperandConstraint.Any) { Location = to }] };
    }

    public Location ScratchRegister(RegClass registerClass) => Location.Register(registerClass == RegClass.Int ? Registers.R11 : Registers.ScratchFloat);

    public LirInstruction Jump(LirBlock target) => new X64Instruction { Kind = X64Kind.Jump };
}
