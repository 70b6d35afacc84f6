using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Tests.Verification;

/// <summary>Changes to an object model as a client with errors makes them.</summary>
internal sealed class Damage(Bundle bundle, Random random)
{
    private readonly List<Value> values = [.. bundle.Constants, .. bundle.Functions, .. bundle.Versions.SelectMany(v => v.Blocks)
        .SelectMany(b => b.Parameters.Concat<Value>(b.Instructions.SelectMany(i => i.Results)))];
    private readonly List<BasicBlock> blocks = [.. bundle.Versions.SelectMany(v => v.Blocks)];
    private readonly List<MuType> types = [.. bundle.Types, new ReferenceType(TypeKind.Ref), new IntType(77), new HybridType([], null), new SimpleType(TypeKind.Vector)];

    public void Strike()
    {
        BasicBlock block = Pick(blocks);
        List<Instruction> instructions = block.Instructions;
        if (instructions.Count == 0) return;
        Instruction instruction = Pick(instructions);
        switch (random.Next(12))
        {
            case 0 when instruction.Operands.Length > 0: instruction.Operands[random.Next(instruction.Operands.Length)] = Pick(values); break;
            case 1: instructions.Remove(instruction); break;
            case 2 when Pick(blocks) is { Instructions: { Count: > 0 } others }: instructions.Insert(random.Next(instructions.Count), Pick(others)); break;
            case 3: instruction.KeepAlives = [Pick(values), Pick(values)]; break;
            case 4: block.AddParameter(Pick(types)); break;
            case 5: block.AddExceptionParameter(Pick(types)); break;
            case 6 when instructions[^1].Destinations.Length > 0: instructions[^1].Destinations[0].Target = Pick(blocks); break;
            case 7 when instructions[^1].Destinations.Length > 0: instructions[^1].Destinations[0].Arguments = [Pick(values)]; break;
            case 8 when !instruction.IsTerminator: instruction.SetExceptionClause(new Destination(Pick(blocks)), new Destination(Pick(blocks))); break;
            case 9: block.Version.Blocks.Remove(block); break;
            case 10 when Pick(types) is StructType type: type.SetFields(Pick(types), Pick(types)); break;
            default: instructions.Insert(0, Made()); break;
        }
    }

    private Instruction Made()
    {
        Value a = Pick(values), b = Pick(values);
        MuType type = Pick(types);
        var signature = new FunctionSignature([type], [Pick(types)]);
        return random.Next(12) switch
        {
            0 => new BinaryInstruction((BinaryOp)random.Next(256), type, a, b, (StatusFlags)random.Next(256)),
            1 => new ConvertInstruction((ConvertOp)(0x30 + random.Next(16)), type, Pick(types), a),
            2 => new CompareInstruction((CompareOp)random.Next(256), type, a, b),
            3 => new LoadInstruction(random.Next(2) == 0, (MemoryOrder)random.Next(9), type, a),
            4 => new CompareExchangeInstruction(random.Next(2) == 0, false, (MemoryOrder)random.Next(9), (MemoryOrder)random.Next(9), type, a, b, b),
            5 => new CallInstruction(signature, a, b),
            6 => new CCallInstruction((NativeConvention)random.Next(3), type, signature, a, b),
            7 => new CommonInstruction((CommonOp)random.Next(0x200, 0x420), [], [type], [signature], a, b),
            8 => new GetFieldIRefInstruction(false, type, random.Next(-1, 4), a),
            9 => new SwitchInstruction(type, a, new Destination(Pick(blocks)), (Pick(bundle.Functions), new Destination(Pick(blocks)))),
            10 => new SwapStackInstruction(a, [type], NewStackClause.PassValues([type, type], b)),
            _ => new SelectInstruction(Pick(types), type, a, b, b),
        };
    }

    private T Pick<T>(List<T> list) => list[random.Next(list.Count)];
}
