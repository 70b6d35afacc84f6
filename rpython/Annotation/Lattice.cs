using Mu.RPython.Objects;

namespace Mu.RPython.Annotation;

/// <summary>The least type that holds the values of two (RPython's unionof).</summary>
internal static class Lattice
{
    public static SomeValue Union(Annotator annotator, SomeValue a, SomeValue b)
    {
        if (ReferenceEquals(a, b) || a == b) return a;
        var constant = a.Constant is not null && b.Constant is not null && SameConstant(a.Constant, b.Constant) ? a.Constant : null;
        switch (a, b)
        {
            case (SomeImpossible or SomeWrong, _): return b is SomeImpossible ? a : b;
            case (_, SomeImpossible or SomeWrong): return a;
            // Frozen instances that are not always the same one are instances like others.
            case (SomePbc { Members.Items: [PyInstance, ..] } x, SomeNone or SomeInstance): return Union(annotator, annotator.Thawed(x), b);
            case (SomeNone or SomeInstance, SomePbc { Members.Items: [PyInstance, ..] } y): return Union(annotator, a, annotator.Thawed(y));
            case (SomePbc { Members.Items: [PyInstance, ..] } x, SomePbc { Members.Items: [PyInstance, ..] } y) when !x.Members.Equals(y.Members): return Union(annotator, annotator.Thawed(x), annotator.Thawed(y));
            case (SomeNone, _): return b.WithNone(true);
            case (_, SomeNone): return a.WithNone(true);
            case (SomeInteger x, SomeInteger y):
                if (x.Kind == y.Kind) return new SomeInteger(x.Kind, x.IsNonNegative && y.IsNonNegative) { Constant = constant };
                if (x.IsNonNegative && x.Kind == IntegerKind.Signed) return new SomeInteger(y.Kind, false);
                if (y.IsNonNegative && y.Kind == IntegerKind.Signed) return new SomeInteger(x.Kind, false);
                if (x.Kind.IsWide || y.Kind.IsWide) break;
                if (x.Kind.Bits < 64 && y.Kind == IntegerKind.Signed) return SomeInteger.Any;
                if (y.Kind.Bits < 64 && x.Kind == IntegerKind.Signed) return SomeInteger.Any;
                if (x.Kind.Bits < 64 || y.Kind.Bits < 64) return new SomeInteger(x.Kind == IntegerKind.Unsigned || y.Kind == IntegerKind.Unsigned ? IntegerKind.Unsigned : IntegerKind.Signed, false);
                break;
            case (SomeBool, SomeBool): return SomeBool.Any with { Constant = constant };
            case (SomeBool, SomeInteger { Kind: var k } i): return new SomeInteger(k, i.IsNonNegative);
            case (SomeInteger { Kind: var k } i, SomeBool): return new SomeInteger(k, i.IsNonNegative);
            case (SomeFloat, SomeFloat): return SomeFloat.Any with { Constant = constant };
            case (SomeFloat, SomeInteger or SomeBool) or (SomeInteger or SomeBool, SomeFloat): return SomeFloat.Any;
            case (SomeChar x, SomeChar y) when x.IsUnicode == y.IsUnicode: return new SomeChar(x.IsUnicode) { Constant = constant };
            case (SomeChar x, SomeString y) when x.IsUnicode == y.IsUnicode: return y with { Constant = null };
            case (SomeString x, SomeChar y) when x.IsUnicode == y.IsUnicode: return x with { Constant = null };
            case (SomeString x, SomeString y) when x.IsUnicode == y.IsUnicode: return new SomeString(x.IsUnicode, x.Nullable || y.Nullable) { Constant = constant };
            case (SomeTuple x, SomeTuple y) when x.Items.Length == y.Items.Length:
                var items = new SomeValue[x.Items.Length];
                for (int i = 0; i < items.Length; i++) items[i] = Union(annotator, x.Items[i], y.Items[i]);
                return new SomeTuple(items);
            case (SomeList x, SomeList y):
                x.Type.Merge(annotator, y.Type);
                return new SomeList(x.Type.Root, x.Nullable || y.Nullable) { Constant = constant };
            case (SomePointer x, SomePointer y) when x.Target == y.Target: return new SomePointer(x.Target);
            case (SomeDict x, SomeDict y):
                x.Type.Merge(annotator, y.Type);
                return new SomeDict(x.Type.Root, x.Nullable || y.Nullable) { Constant = constant };
            case (SomeInstance x, SomeInstance y):
                return new SomeInstance(annotator.Classes.Common(x.Class, y.Class) ?? throw new UnionException(a, b), x.Nullable || y.Nullable) { Constant = constant };
            case (SomeWeakReference x, SomeWeakReference y):
                return new SomeWeakReference(x.Target is null ? y.Target : y.Target is null ? x.Target : (SomeInstance)Union(annotator, x.Target, y.Target), x.Nullable || y.Nullable) { Constant = constant };
            case (SomePbc x, SomePbc y):
                if (KindOf(x) != KindOf(y)) break;
                var members = x.Members.Union(y.Members);
                annotator.Families.Join(members);
                return new SomePbc(members, x.Nullable || y.Nullable) { Constant = constant };
            case (SomeMethod x, SomeMethod y) when x.Name == y.Name && Union(annotator, x.Self, y.Self) is SomeInstance self: return new SomeMethod(self, x.Name);
            case (SomeBuiltinMethod x, SomeBuiltinMethod y) when x.Name == y.Name: return new SomeBuiltinMethod(Union(annotator, x.Self, y.Self), x.Name);
            case (SomeIterator x, SomeIterator y) when x.Kind == y.Kind: return new SomeIterator(x.Kind, Union(annotator, x.Source, y.Source));
        }
        throw new UnionException(a, b);
    }

    private static Type KindOf(SomePbc pbc) => pbc.Members.Items[0].GetType();

    private static bool SameConstant(object a, object b) => ReferenceEquals(a, b) || (a.GetType() == b.GetType() && a is long or double or bool or string or PyUnicode or PyFixedInteger && a.Equals(b));
}
