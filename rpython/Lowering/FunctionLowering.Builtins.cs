using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.RPython.Annotation;
using Mu.RPython.Flow;
using Mu.RPython.Objects;
using Mu.RPython.Runtime;

namespace Mu.RPython.Lowering;

// Built-in functions and intrinsics.
internal sealed partial class FunctionLowering
{
    private static readonly Dictionary<string, CommonOp> FloatInstructions = new()
    {
        ["sqrt"] = CommonOp.Sqrt, ["floor"] = CommonOp.Floor, ["ceil"] = CommonOp.Ceil, ["fabs"] = CommonOp.Abs, ["abs_float"] = CommonOp.Abs,
    };

    private static readonly HashSet<string> MathFunctions = ["sin", "cos", "tan", "asin", "acos", "atan", "exp", "log", "log10", "sinh", "cosh", "tanh", "atan2", "pow", "fmod"];

    private Value Builtin(BuiltinPlan p, Operation o, SomeValue result)
    {
        var a = p.Arguments;
        SomeValue Type(int i) => program.Annotator.Of(a[i]);
        Value Int(int i) => Get(a[i], SomeInteger.Any);
        Value Own(int i) => Get(a[i], Plain(Type(i)));
        Value Nothing() => Zero(Types.Of(result));
        if (FloatInstructions.TryGetValue(p.Name, out var instruction)) return b.Common(instruction, [SimpleType.Double], Get(a[0], SomeFloat.Any))!;
        if (MathFunctions.Contains(p.Name)) return NativeMath(p.Name, [.. a.Select(x => Get(x, SomeFloat.Any))]);
        switch (p.Name)
        {
            case "len": return Length(Own(0), Type(0));
            case "one": return b.Int64(1);
            case "new": return result is SomeDict d ? NewDict(d) : EmptyList((SomeList)result);
            case "r_dict":
                var custom = NewDict((SomeDict)result);
                var own = ((SomeDict)result).Type.Root.Functions!;
                foreach (var (field, cell) in TypeMap.FunctionsOf(((SomeDict)result).Type)) b.StoreField(custom, field, Get(a[cell == own.Equal ? 0 : 1], cell.Value));
                return custom;
            case "tuple_to_list": return ListOf(Own(0), (SomeTuple)Type(0), (SomeList)result);
            case "self" or "same": return Own(0);
            case "ord": return b.Convert(ConvertOp.ZExt, IntType.I64, Own(0));
            case "ord_str":
                var text = Own(0);
                Require(b.Eq(b.HybridLength(text), b.Int64(1)), "TypeError");
                return b.Convert(ConvertOp.ZExt, IntType.I64, b.Load(b.VarElement(text, b.Int64(0))));
            case "chr":
                var code = Int(0);
                Require(b.Compare(CompareOp.Ult, code, b.Int64(256)), "ValueError");
                return b.Convert(ConvertOp.Trunc, IntType.I8, code);
            case "unichr":
                var point = Int(0);
                Require(b.Compare(CompareOp.Ult, point, b.Int64(0x110000)), "ValueError");
                return b.Convert(ConvertOp.Trunc, IntType.I32, point);
            case "abs":
                var number = Get(a[0], Type(0) is SomeInteger { Kind.IsWide: true } wide ? Plain(wide) : SomeInteger.Any);
                return b.Select(b.Compare(CompareOp.Slt, number, Zero(number.Type)), b.Sub(Zero(number.Type), number), number);
            case "isinstance": return IsInstance(Own(0), Type(1).Constant is PyTuple t ? [.. t.Items.Cast<PyClass>()] : [(PyClass)Type(1).Constant!], Type(0).CanBeNone);
            case "isinstance_any": return IsInstanceOfAny(a[0], a[1]);
            case "issubclass": return IsSubclass(ClassNumber(a[0]), a[1]);
            case "is_object": return b.Not(IsNone(Own(0), Type(0)));
            case "int_of_float" when result is SomeInteger { Kind: { Bits: 64, IsSigned: false } }: return UnsignedOf(Own(0));
            case "int_of_float": return b.Convert(result is SomeInteger { Kind: { IsWide: true, IsSigned: false } } ? ConvertOp.FPToUI : ConvertOp.FPToSI, Types.Of(result), Own(0));
            case "int_of_int": return Wrap(Get(a[0], new SomeInteger(((SomeInteger)result).Kind, false)), ((SomeInteger)result).Kind);
            case "float_of": return Get(a[0], SomeFloat.Any);
            case "bool_of": return Truth(a[0].Operand);
            case "str_of_text": return Get(a[0], result);
            case "class_of": return b.Convert(ConvertOp.ZExt, IntType.I64, b.LoadField(Own(0), 0));
            case "list_append":
                Append(Own(0), (SomeList)Type(0), a[1]);
                return Nothing();
            case "extend_in_place":
                Lower(p.Library!, new Operation(OpCode.Call, o.Operands, new FlowVariable(null, -1) { Annotation = p.Library!.Target.Result.Value }, o.Line));
                return Get(a[0], result);
            case "intmask" or "widen" or "uint_of": return Get(a[0], Type(0) is SomeInteger { Kind.IsWide: false } i ? i with { Constant = null } : SomeInteger.Any);
            case "identity_hash" when Type(0) is SomeString or SomeList or SomeDict: return Leaf("object_identity", b.CastRef(Own(0), WellKnownTypes.RefVoid))[0];
            case "identity_hash": return IdentityHash(Own(0));
            case "compute_hash": return Hash(Own(0), Type(0));
            case "always_inline": return Nothing();
            case "keepalive":
                // A use that is not optimized away: the object lives until here, and what it alone refers to.
                if (Own(0) is { Type: ReferenceType { Kind: TypeKind.Ref } } kept) Leaf(p.Name, b.CastRef(kept, TypeMap.ObjectRef));
                return Nothing();
            case "float_bits": return b.Convert(ConvertOp.Bitcast, IntType.I64, Get(a[0], SomeFloat.Any));
            case "bits_float": return b.Convert(ConvertOp.Bitcast, SimpleType.Double, Int(0));
            case "single_bits": return b.Convert(ConvertOp.ZExt, IntType.I64, b.Convert(ConvertOp.Bitcast, IntType.I32, b.Convert(ConvertOp.FPTrunc, SimpleType.Float, Get(a[0], SomeFloat.Any))));
            case "bits_single": return b.Convert(ConvertOp.FPExt, SimpleType.Double, b.Convert(ConvertOp.Bitcast, SimpleType.Float, b.Convert(ConvertOp.Trunc, IntType.I32, Int(0))));
            case "thread_number": return ThreadNumber();
            case "words_new": return b.NewHybrid(TypeMap.Words, Int(0));
            case "words_length": return b.HybridLength(Own(0));
            case "words_get": return b.Load(b.VarElement(Own(0), Int(1)));
            case "words_set":
                b.Store(b.VarElement(Own(0), Int(1)), Int(2));
                return Nothing();
            case "words_copy":
                Copy(Own(0), Int(1), Own(2), Int(3), Int(4));
                return Nothing();
            case "mul_add_low": return b.And(b.Convert(ConvertOp.Trunc, IntType.I64, MultiplyAdd(Int(0), Int(1), Int(2), Int(3))), b.Int64(long.MaxValue));
            case "mul_add_high": return b.Convert(ConvertOp.Trunc, IntType.I64, b.Binary(BinaryOp.LShr, MultiplyAdd(Int(0), Int(1), Int(2), Int(3)), b.Constant(TypeMap.Wide, 63)));
            case "weak_reference":
                var weak = b.New(TypeMap.WeakReference);
                b.StoreField(weak, 0, Own(0));
                return weak;
            case "weak_target": return result is SomeNone ? Nothing() : b.LoadField(Own(0), 0);
            case "ovfcheck": return Own(0);
            case "raw_malloc": return Leaf(p.Name, Int(1), Get(a[2], SomeInteger.Any))[0];
            case "raw_free":
                Leaf(p.Name, Own(0));
                return Nothing();
            case "class_name": return ClassName(Own(0), (SomeInstance)Type(0));
        }
        if (p.Name.StartsWith("str_", StringComparison.Ordinal) || p.Name is "text" or "char_below") return StringIntrinsic(p.Name, a, result);
        if (p.Name.StartsWith("list_", StringComparison.Ordinal)) return ListIntrinsic(p.Name, a, result);
        if (p.Name.StartsWith("dict_", StringComparison.Ordinal)) return DictIntrinsic(p.Name, a, result);
        var words = Leaf(p.Name, [.. a.Select(x => Get(x, Leaves.WantsFloat(p.Name) && Type(Array.IndexOf(a, x)) is SomeInteger or SomeBool && Array.IndexOf(a, x) == 0 ? SomeFloat.Any : Wide(program.Annotator.Of(x))))]);
        if (words.Count == 0 || words[0].Type == WellKnownTypes.RefVoid) return Nothing();
        return result is SomeBool ? b.Ne(words[0], b.Int64(0)) : result is SomeFloat ? b.Convert(ConvertOp.Bitcast, SimpleType.Double, words[0]) : words[0];
    }

    /// <summary>A float as an r_uint: what does not fit a signed word is converted below and moved up; negative ones wrap.</summary>
    private Value UnsignedOf(Value number)
    {
        var limit = b.Double(9223372036854775808.0);
        var high = b.Xor(b.Convert(ConvertOp.FPToSI, IntType.I64, b.Binary(BinaryOp.FSub, number, limit)), b.Int64(long.MinValue));
        return b.Select(b.Compare(CompareOp.FOge, number, limit), high, b.Convert(ConvertOp.FPToSI, IntType.I64, number));
    }

    /// <summary>Characters and bools go to leaves as strings and ints.</summary>
    private static SomeValue Wide(SomeValue type) => type switch
    {
        SomeChar c => new SomeString(c.IsUnicode, false),
        SomeBool => SomeInteger.Any,
        _ => Plain(type),
    };

    /// <summary>Calls a function in C#.</summary>
    private IReadOnlyList<Value> Leaf(string name, params Value[] arguments) => b.CCall(NativeConvention.Runtime, Leaves.Find(name) ?? throw Error($"_mu.{name} is not supported yet"), arguments);

    private Value NativeMath(string name, Value[] arguments)
    {
        var type = new FunctionReferenceType(TypeKind.UFuncPtr, new FunctionSignature([.. arguments.Select(_ => SimpleType.Double)], [SimpleType.Double]));
        return b.CCall(NativeConvention.Default, new ExternConstant(type, name), arguments)[0];
    }

    /// <summary>x * y + a + c in 128 bits, of digits that have 63.</summary>
    private Value MultiplyAdd(Value x, Value y, Value a, Value c)
    {
        Value Wide(Value digit) => b.Convert(ConvertOp.SExt, TypeMap.Wide, digit);
        var sum = b.Mul(Wide(x), Wide(y));
        foreach (var added in (Value[])[a, c])
            if (added is not IntConstant { Value: 0 }) sum = b.Add(sum, b.Convert(ConvertOp.ZExt, TypeMap.Wide, added));
        return sum;
    }

    private Value ClassName(Value instance, SomeInstance type)
    {
        var end = b.NewLabel();
        var result = b.AddParameter(end, TypeMap.StringRef);
        var number = b.LoadField(instance, 0);
        foreach (var c in type.Class.SelfAndSubclasses)
        {
            var next = b.NewLabel();
            b.BranchUnless(b.Eq(number, b.Int32(program.NumbersOf(c).First)), next);
            b.Jump(end, b.Load(program.Heap.CellOf(c.Name, SomeString.Byte)));
            b.PlaceSealed(next);
        }
        b.Jump(end, b.Load(program.Heap.CellOf("object", SomeString.Byte)));
        b.PlaceSealed(end);
        return result;
    }

    private Value StringIntrinsic(string name, PlannedArgument[] a, SomeValue result)
    {
        var type = program.Annotator.Of(a[0]);
        bool isUnicode = type is SomeString { IsUnicode: true } or SomeChar { IsUnicode: true };
        Value Text(int i) => Get(a[i], new SomeString(isUnicode, true));
        Value Int(int i) => Get(a[i], SomeInteger.Any);
        switch (name)
        {
            case "str_new": return b.NewHybrid(isUnicode ? TypeMap.Unicode : TypeMap.String, Int(1));
            case "str_get": return b.Load(b.VarElement(Text(0), Int(1)));
            case "str_set":
                b.Store(b.VarElement(Text(0), Int(1)), Get(a[2], new SomeChar(isUnicode)));
                break;
            case "str_copy": Copy(Text(0), Int(1), Text(2), Int(3), Int(4)); break;
            case "str_hash_field": return b.LoadField(Text(0), 0);
            case "str_set_hash": b.StoreField(Text(0), 0, Int(1)); break;
            case "text": return Text(0);
            case "char_below": return b.Compare(CompareOp.Ult, Get(a[0], new SomeChar(isUnicode)), Get(a[1], new SomeChar(isUnicode)));
            default: throw Error($"_mu.{name} is not supported yet");
        }
        return Zero(Types.Of(result));
    }

    private Value ListIntrinsic(string name, PlannedArgument[] a, SomeValue result)
    {
        var type = (SomeList)Plain(program.Annotator.Of(a[0]));
        var item = type.Type.Root.Item.Value;
        Value Int(int i) => Get(a[i], SomeInteger.Any);
        Value List(int i) => Get(a[i], type);
        switch (name)
        {
            case "list_new": return NewListOf((SomeList)result, Int(1));
            case "list_get": return FromMemory(b.Load(ItemLocation(List(0), Int(1))), item);
            case "list_set":
                b.Store(ItemLocation(List(0), Int(1)), ToMemory(Get(a[2], item)));
                break;
            case "list_resize":
                Value list = List(0), length = Int(1);
                Resize(list, length);
                break;
            case "list_item_is_zero":
                var word = b.Load(ItemLocation(List(0), Int(1)));
                return word.Type switch
                {
                    { Kind: TypeKind.Double } => b.Eq(b.Convert(ConvertOp.Bitcast, IntType.I64, word), b.Int64(0)),
                    { IsFloatingPoint: true } => Zero(IntType.I1),
                    _ => b.Eq(word, Zero(word.Type)),
                };
            case "list_copy":
                Copy(b.LoadField(List(0), 1), Int(1), b.LoadField(Get(a[2], type), 1), Int(3), Int(4));
                break;
            default: throw Error($"_mu.{name} is not supported yet");
        }
        return Zero(Types.Of(result));
    }

    /// <summary>Gives a list another length; the first array that it gets has just that room.</summary>
    private void Resize(Value list, Value length)
    {
        Label small = b.NewLabel(), fresh = b.NewLabel(), grow = b.NewLabel(cold: true), end = b.NewLabel();
        var items = b.LoadField(list, 1);
        var room = b.HybridLength(items);
        b.Branch(b.Compare(CompareOp.Ule, length, room), end, small);
        b.PlaceSealed(small);
        b.Branch(b.Eq(room, b.Int64(0)), fresh, grow);
        b.PlaceSealed(fresh);
        b.StoreField(list, 1, b.NewHybrid((HybridType)((ReferenceType)items.Type).Referent, length));
        b.Jump(end);
        b.PlaceSealed(grow);
        Grow(list, b.LoadField(list, 0), length);
        b.Jump(end);
        b.PlaceSealed(end);
        b.StoreField(list, 0, length);
    }

    private Value NewDict(SomeDict type)
    {
        var body = Types.DictStruct(type.Type);
        var entries = b.Load(program.Heap.EmptyArray((ReferenceType)body.Fields[3]));
        var dict = b.New(body);
        b.StoreField(dict, 3, entries);
        return dict;
    }

    private Value DictIntrinsic(string name, PlannedArgument[] a, SomeValue result)
    {
        var type = (SomeDict)Plain(program.Annotator.Of(a[0]));
        var (key, value) = (type.Type.Root.Key.Value, type.Type.Root.Value.Value);
        Value Int(int i) => Get(a[i], SomeInteger.Any);
        var dict = Get(a[0], type);
        Value Entry(int field) => b.Field(b.VarElement(b.LoadField(dict, 3), Int(1)), field);
        switch (name)
        {
            case "dict_new":
                var made = NewDict((SomeDict)result);
                foreach (var (field, _) in TypeMap.FunctionsOf(type.Type)) b.StoreField(made, field, b.LoadField(dict, field));
                return made;
            case "dict_equality" or "dict_hashing":
                var function = name == "dict_equality" ? type.Type.Root.Functions!.Equal : type.Type.Root.Functions!.Hash;
                return b.LoadField(dict, TypeMap.FunctionsOf(type.Type).Single(f => f.Function == function).Field);
            case "dict_live": return b.LoadField(dict, 0);
            case "dict_used": return b.LoadField(dict, 1);
            case "dict_set_live": b.StoreField(dict, 0, Int(1)); break;
            case "dict_set_used": b.StoreField(dict, 1, Int(1)); break;
            case "dict_capacity": return b.HybridLength(b.LoadField(dict, 3));
            case "dict_grow":
                var old = b.LoadField(dict, 3);
                var entries = b.NewHybrid(TypeMap.EntriesOf(Types.DictStruct(type.Type)), Int(1));
                Copy(entries, b.Int64(0), old, b.Int64(0), b.LoadField(dict, 1));
                b.StoreField(dict, 3, entries);
                break;
            case "dict_index_size":
                var index = b.LoadField(dict, 2);
                Label end = b.NewLabel(), some = b.NewLabel(), none = b.NewLabel();
                var size = b.AddParameter(end, IntType.I64);
                b.Branch(b.IsNull(index), none, some);
                b.PlaceSealed(none);
                b.Jump(end, b.Int64(0));
                b.PlaceSealed(some);
                b.Jump(end, b.HybridLength(index));
                b.PlaceSealed(end);
                return size;
            case "dict_index_get": return b.Convert(ConvertOp.SExt, IntType.I64, b.Load(b.VarElement(b.LoadField(dict, 2), Int(1))));
            case "dict_index_set": b.Store(b.VarElement(b.LoadField(dict, 2), Int(1)), b.Convert(ConvertOp.Trunc, IntType.I32, Int(2))); break;
            case "dict_index_new": b.StoreField(dict, 2, b.NewHybrid(TypeMap.Index, Int(1))); break;
            case "dict_entry_key": return FromMemory(b.Load(Entry(0)), key);
            case "dict_entry_value": return FromMemory(b.Load(Entry(1)), value);
            case "dict_entry_hash": return b.Load(Entry(2));
            case "dict_entry_valid": return b.Ne(b.Load(Entry(2)), b.Int64(-1));
            case "dict_entry_set_key": b.Store(Entry(0), ToMemory(Get(a[2], key))); break;
            case "dict_entry_set_value": b.Store(Entry(1), ToMemory(Get(a[2], value))); break;
            case "dict_entry_set_hash": b.Store(Entry(2), Int(2)); break;
            case "dict_entry_clear":
                b.Store(Entry(0), Zero(Types.InMemory(key)));
                b.Store(Entry(1), Zero(Types.InMemory(value)));
                b.Store(Entry(2), b.Int64(-1));
                break;
            case "dict_key_hash": return Hash(Get(a[1], key), key);
            case "dict_key_equal": return Equal(Get(a[1], key), Get(a[2], key), key);
            default: throw Error($"_mu.{name} is not supported yet");
        }
        return Zero(Types.Of(result));
    }
}
