using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;

namespace Mu.RPython.Lowering;

// Raw memory and native functions. An address is an int<64> in registers and a uptr where memory is touched.
internal sealed partial class FunctionLowering
{
    /// <summary>A value's type in raw memory, and as an argument of a native function: C's.</summary>
    private static MuType InC(LowLevelType type) => type.Kind switch
    {
        "float" => type.Size == 4 ? SimpleType.Float : SimpleType.Double,
        "int" => new IntType(type.Size * 8),
        "unichar" => IntType.I32,
        "char" or "bool" => IntType.I8,
        _ => IntType.I64,
    };

    private Value Raw(RawPlan p, SomeValue result)
    {
        if (p.Operation == RawOperation.Cast) return RawCast(p.Arguments[0], p.Type);
        var address = Get(p.Arguments[0]);
        if (p.ItemSize > 0) address = b.Add(address, b.Mul(Get(p.Arguments[1], SomeInteger.Any), b.Int64(p.ItemSize)));
        if (p.Offset > 0) address = b.Add(address, b.Int64(p.Offset));
        if (p.Operation == RawOperation.Address) return address;
        var location = b.Convert(ConvertOp.PtrCast, new ReferenceType(TypeKind.UPtr, InC(p.Type)), address);
        if (p.Operation == RawOperation.Load) return FromC(b, b.Load(location), p.Type);
        b.Store(location, ToC(b, Get(p.Arguments[^1], program.Annotator.OfLowLevel(p.Type)), p.Type));
        return Zero(Types.Of(result));
    }

    /// <summary>A value as C has it as registers have it.</summary>
    private static Value FromC(FunctionBuilder b, Value value, LowLevelType type) => type.Kind switch
    {
        "int" when type.Size < 8 => b.Convert(type.Integer.IsSigned ? ConvertOp.SExt : ConvertOp.ZExt, IntType.I64, value),
        "float" when type.Size == 4 => b.Convert(ConvertOp.FPExt, SimpleType.Double, value),
        "bool" => b.Ne(value, b.Constant(IntType.I8, 0)),
        _ => value,
    };

    private static Value ToC(FunctionBuilder b, Value value, LowLevelType type) => type.Kind switch
    {
        "int" when type.Size < 8 => b.Convert(ConvertOp.Trunc, InC(type), value),
        "float" when type.Size == 4 => b.Convert(ConvertOp.FPTrunc, SimpleType.Float, value),
        "bool" => b.Convert(ConvertOp.ZExt, IntType.I8, value),
        _ => value,
    };

    private Value RawCast(PlannedArgument argument, LowLevelType to)
    {
        var from = program.Annotator.Of(argument);
        var value = Get(argument, Plain(from));
        if (to.Kind == "float")
        {
            var number = from is SomeFloat ? value : b.Convert(from is SomeInteger { Kind.IsSigned: false } ? ConvertOp.UIToFP : ConvertOp.SIToFP, SimpleType.Double, Word(value));
            return to.Size == 8 ? number : FromC(b, ToC(b, number, to), to);
        }
        var word = from is SomeFloat ? b.Convert(ConvertOp.FPToSI, IntType.I64, value) : Word(value);
        return to.Kind switch
        {
            "int" => Wrap(word, to.Integer),
            "bool" => b.Ne(word, b.Int64(0)),
            "char" => b.Convert(ConvertOp.Trunc, IntType.I8, word),
            "unichar" => b.Convert(ConvertOp.Trunc, IntType.I32, word),
            _ => word,
        };
    }

    private Value Word(Value value) => value.Type == IntType.I64 ? value : b.Convert(ConvertOp.ZExt, IntType.I64, value);

    /// <summary>A call of a native function. A str is passed as a copy that ends with a zero byte and lives as long as the call.</summary>
    private Value Native(NativePlan p, SomeValue result)
    {
        var copies = new List<Value>();
        var arguments = new Value[p.Arguments.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            var (parameter, given) = (p.Function.Parameters[i], program.Annotator.Of(p.Arguments[i]));
            if (p.Callbacks.TryGetValue(i, out var callback)) arguments[i] = Exposed(callback, parameter.Target);
            else if (given is SomeString or SomeChar) copies.Add(arguments[i] = Leaf("raw_copy", Get(p.Arguments[i], new SomeString(false, true)))[0]);
            else arguments[i] = given is SomeNone ? b.Int64(0) : ToC(b, Get(p.Arguments[i], program.Annotator.OfLowLevel(parameter)), parameter);
        }
        MuType[] results = p.Function.Result.Kind == "void" ? [] : [InC(p.Function.Result)];
        var signature = new FunctionSignature([.. arguments.Select(a => a.Type)], results);
        var type = new FunctionReferenceType(TypeKind.UFuncPtr, signature);
        if (p.Pointer is null) program.Natives.Add(p.Function);
        var values = b.CCall(NativeConvention.Default, p.Pointer is { } pointer ? b.Convert(ConvertOp.PtrCast, type, Get(pointer)) : new ExternConstant(type, p.Function.Name), arguments);
        foreach (var copy in copies) Leaf("raw_free", copy);
        return values.Count == 0 ? Zero(Types.Of(result)) : FromC(b, values[0], p.Function.Result);
    }

    /// <summary>A function as a function pointer: behind it stands one with C's types, which calls it.</summary>
    private ExposedFunction Exposed(AnnotatedFunction target, LowLevelType type)
    {
        var signature = new FunctionSignature([.. type.Parameters.Select(InC)], type.Result.Kind == "void" ? [] : [InC(type.Result)]);
        return program.Exposed(target, signature, shim =>
        {
            var s = new FunctionBuilder(program.Bundle, shim);
            var given = new Value[target.Parameters.Length];
            for (int i = 0; i < given.Length; i++)
            {
                given[i] = FromC(s, s.Parameters[i], type.Parameters[i]);
                if (!TypeEqualityOf(given[i].Type, Types.Of(target.Parameters[i].Value))) throw Error($"parameter {i + 1} of {target.Name}, which native code calls, is {target.Parameters[i].Value}");
            }
            var results = s.Call(program.FunctionOf(target), given);
            if (type.Result.Kind == "void") s.Return();
            else s.Return(ToC(s, results[0], type.Result));
            s.Finish();
        });
    }
}
