using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Library;

/// <summary>The arithmetic metamethods of strings (stringmetamethods of lstrlib.c): numerals are taken for numbers.</summary>
internal static unsafe class StringArithmetic
{
    public static void Register(LibraryBuilder b)
    {
        b.AddPrimitive("string_add", &Add);
        b.AddPrimitive("string_sub", &Sub);
        b.AddPrimitive("string_mul", &Mul);
        b.AddPrimitive("string_mod", &Mod);
        b.AddPrimitive("string_pow", &Pow);
        b.AddPrimitive("string_div", &Div);
        b.AddPrimitive("string_idiv", &IDiv);
        b.AddPrimitive("string_unm", &Unm);
    }

    private static LeafResult Add(ref HostCall c) => Calculate(ref c, ArithmeticOp.Add);

    private static LeafResult Sub(ref HostCall c) => Calculate(ref c, ArithmeticOp.Sub);

    private static LeafResult Mul(ref HostCall c) => Calculate(ref c, ArithmeticOp.Mul);

    private static LeafResult Mod(ref HostCall c) => Calculate(ref c, ArithmeticOp.Mod);

    private static LeafResult Pow(ref HostCall c) => Calculate(ref c, ArithmeticOp.Pow);

    private static LeafResult Div(ref HostCall c) => Calculate(ref c, ArithmeticOp.Div);

    private static LeafResult IDiv(ref HostCall c) => Calculate(ref c, ArithmeticOp.IDiv);

    private static LeafResult Unm(ref HostCall c) => Calculate(ref c, ArithmeticOp.Unm);

    private static LeafResult Calculate(ref HostCall c, ArithmeticOp operation)
    {
        if (!LuaNumbers.TryCoerce(c[0], out bool leftIsInteger, out long a, out double x) || !LuaNumbers.TryCoerce(c[1], out bool rightIsInteger, out long b, out double y))
            return TryOther(ref c, (int)operation);
        var result = ArithmeticLeaves.Compute(c.Heap, operation, leftIsInteger, a, x, rightIsInteger, b, y);
        return result.Status == Arithmetic.Failed ? throw new LuaFailure(result.Value) : HostCall.One(result.Value);
    }

    /// <summary>trymt: the second operand's metamethod, which the prelude calls, unless that operand is a string too.</summary>
    private static LeafResult TryOther(ref HostCall c, int metamethod)
    {
        if (!Arguments.IsString(c[1]) && MetatableLeaves.Find(c.Runtime, c[1], metamethod) != LuaTag.NilWord) return HostCall.Deferred;
        throw c.Error($"attempt to {Metamethods.NameOf(metamethod)[2..]} a '{LuaTypeNames.Of(c[0])}' with a '{LuaTypeNames.Of(c[1])}'");
    }
}
