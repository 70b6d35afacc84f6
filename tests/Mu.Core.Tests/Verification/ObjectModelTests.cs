using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Verification;

/// <summary>What only the object model can say: the text reader refuses it.</summary>
public class ObjectModelTests
{
    private static readonly MuType I64 = new IntType(64);

    /// <summary>Damage to the bundle of <see cref="Sound"/>, and the finding.</summary>
    public static TheoryData<Action<Bundle>, string> Damages => new()
    {
        { b => b.Add("t", new ReferenceType(TypeKind.Ref)), "@t: the type @t is incomplete: its parts have not been set" },
        { b => b.Add("t", new StructType(new SequenceType(TypeKind.Array, null, 3))), "@t: @t contains itself by value, or an incomplete type, or nests deeper than 200" },
        { b => b.Add("t", new HybridType([], null)), "@t: the type @t is incomplete: its parts have not been set" },
        { b => b.Add("t", new FunctionReferenceType(TypeKind.FuncRef)), "@t: the type @t is incomplete: its parts have not been set" },
        { b => b.Add("t", new SimpleType(TypeKind.Struct)), "@t: the kind Struct does not fit SimpleType" },
        { b => b.Add("t", new ReferenceType(TypeKind.Int, I64)), "@t: the kind Int does not fit ReferenceType" },
        { b => b.Add("t", new IntType(-3)), "@t: an int has 1 to 64 bits, or 128" },
        { b => b.Add("t", Nested(300)), "@t: @t contains itself by value, or an incomplete type, or nests deeper than 200" },
        { b => b.AddConstant(new IntConstant(new IntType(8), 1, 1), "t"), "@t: the value does not fit int<8>" },
        { b => b.AddConstant(new IntConstant(new IntType(100), 1, 1UL << 36), "t"), "@t: the value does not fit int<100>" },
        { b => b.AddConstant(new TagRefConstant(SimpleType.TagRef64, TagRef64.FromRef(0x1000, 0)), "t"), "@t: a tagref constant holds no reference but NULL" },
        { b => b.AddConstant(new ExternConstant(new ReferenceType(TypeKind.UPtr, I64), ""), "t"), "@t: EXTERN names no symbol" },
        { b => b.AddGlobal("f", I64), "@f: the name @f is taken by another entity of the bundle" },
        { b => b.AddGlobal("loaded", I64), "@loaded: the name @loaded is taken by a loaded entity" },
        { b => b.Functions.Add(b.Functions[0]), "@f: @f is listed twice" },
        { b => b.Versions.Add(b.Versions[0]), "@f.v: @f is defined twice in the bundle" },
        { b => b.Versions[0].Blocks.Add(b.Versions[0].Blocks[0]), "@f.v.entry: the block is listed twice" },
        { b => b.Versions[0].Blocks.Add(new FunctionVersion(b.Functions[0]).AddBlock("x")), "@x: the block belongs to version of @f" },
        { b => b.Versions[0].AddBlock("f.v.next"), "@f.v.next: the name @f.v.next is taken by another entity of the bundle" },
        { b => First(b).Name = "f.v", "@f.v.entry, instruction 0 (ADD [@f.v]): the name @f.v is taken by another entity of the bundle" },
        { b => b.Versions[0].Blocks[1].Parameters.Add(b.Versions[0].Blocks[1].Parameters[0]), "@f.v.next: parameter 0 of the block is defined twice" },
        { b => b.Versions[0].Blocks[1].Parameters[0] = b.Versions[0].Blocks[0].Parameters[0], "@f.v.next: parameter 0 of the block belongs to another block" },
        { b => b.Versions[0].Blocks[1].Parameters[0] = b.Versions[0].Blocks[0].Parameters[0], "@f.v.next: parameter 0 of the block is defined twice" },
        { b => b.Versions[0].Blocks[1].AddExceptionParameter(I64), "@f.v.next: the exception parameter: expected ref<void>, found int<64>" },
        { b => b.Versions[0].Blocks[0].Instructions.Insert(0, First(b)), "@f.v.entry, instruction 1 (ADD): result 0 of ADD is defined twice" },
        { b => b.Versions[0].Blocks[1].Instructions.Insert(0, First(b)), "@f.v.next, instruction 0 (ADD): parameter 0 of the block is not defined in this block before its use" },
        { b => First(b).Operands[0] = ((BinaryInstruction)First(b)).Result, "@f.v.entry, instruction 0 (ADD): result 0 of ADD is not defined in this block before its use" },
        { b => First(b).Operands[0] = new NullConstant(I64), "@f.v.entry, instruction 0 (ADD): NULL is not of type int<64>" },
        { b => First(b).Operands[0] = new IntConstant(new ReferenceType(TypeKind.UPtr), 1), "@f.v.entry, instruction 0 (ADD): the type uptr<?> is incomplete: its parts have not been set" },
        { b => Insert(b, new BinaryInstruction((BinaryOp)99, I64, Parameter(b), Parameter(b))), "@f.v.entry, instruction 0 (99): there is no binary operation 99" },
        { b => Insert(b, new CompareInstruction((CompareOp)99, I64, Parameter(b), Parameter(b))), "@f.v.entry, instruction 0 (99): 99 takes another operation, found int<64>" },
        { b => Insert(b, new ConvertInstruction((ConvertOp)99, I64, I64, Parameter(b))), "@f.v.entry, instruction 0 (99): 99 does not convert int<64> to int<64>" },
        { b => Insert(b, new CommonInstruction((CommonOp)99)), "@f.v.entry, instruction 0 (@common instruction 63): there is no @common instruction 63" },
        { b => Insert(b, new FenceInstruction((MemoryOrder)99)), "@f.v.entry, instruction 0 (FENCE): FENCE cannot have the memory order 99" },
        { b => Insert(b, new NewInstruction(new SequenceType(TypeKind.Array, null, 2))), "@f.v.entry, instruction 0 (NEW): the type array<?> is incomplete: its parts have not been set" },
        { b => b.Versions[0].Blocks[0].Instructions[1].Destinations[0].Target = new FunctionVersion(b.Functions[0]).AddBlock("x"), "@f.v.entry, instruction 1 (BRANCH): the destination @x is no block of this version" },
        { b => b.Versions[0].Blocks[0].Instructions[1].Destinations[0].Arguments = [], "@f.v.entry, instruction 1 (BRANCH): @f.v.next has 1 parameters, 0 arguments are passed" },
    };

    [Theory]
    [MemberData(nameof(Damages), DisableDiscoveryEnumeration = true)]
    public void Damaged_object_models_are_refused(Action<Bundle> damage, string finding)
    {
        Bundle bundle = Sound();
        var scope = new Verifying.Scope(new() { ["loaded"] = I64 });
        damage(bundle);
        Assert.Contains(finding, BundleVerifier.Verify(bundle, scope).Select(f => f.ToString()));
    }

    [Fact]
    public void The_undamaged_one_is_accepted() => Assert.Empty(Verifying.Findings(Sound()));

    [Fact]
    public void Places_lead_to_the_entities()
    {
        Bundle bundle = Sound();
        First(bundle).Operands[0] = new DoubleConstant(SimpleType.Double, 1.5);
        Finding finding = Assert.Single(BundleVerifier.Verify(bundle, Verifying.Nothing));
        Assert.Equal((bundle.Versions[0], bundle.Versions[0].Blocks[0], 0), (finding.Place.Version, finding.Place.Block, finding.Place.InstructionIndex));
        Assert.Same(First(bundle), finding.Place.Instruction);
        Assert.Equal("left operand double 1.5: expected int<64>, found double", finding.Reason);
    }

    [Fact]
    public void A_type_that_was_refused_is_looked_at_again()
    {
        var type = new StructType();
        for (int round = 0; round < 2; round++)
        {
            Bundle bundle = Sound();
            Insert(bundle, new NewInstruction(new ReferenceType(TypeKind.Ref, type)));
            Assert.Single(BundleVerifier.Verify(bundle, Verifying.Nothing));
        }
        type.SetFields(I64);
        Bundle mended = Sound();
        Insert(mended, new NewInstruction(new ReferenceType(TypeKind.Ref, type)));
        Assert.Empty(BundleVerifier.Verify(mended, Verifying.Nothing));
    }

    private static Bundle Sound()
    {
        var bundle = new Bundle();
        FunctionVersion version = bundle.Define(bundle.AddFunction("f", new FunctionSignature([I64], [I64])), "f.v");
        BasicBlock entry = version.AddBlock("f.v.entry"), next = version.AddBlock("f.v.next");
        entry.AddParameter(I64);
        next.AddParameter(I64);
        BinaryInstruction sum = entry.Add(new BinaryInstruction(BinaryOp.Add, I64, entry.Parameters[0], new IntConstant(I64, 5)));
        entry.Add(new BranchInstruction(new Destination(next, sum.Result)));
        next.Add(new ReturnInstruction(next.Parameters[0]));
        return bundle;
    }

    private static Instruction First(Bundle bundle) => bundle.Versions[0].Blocks[0].Instructions[0];

    private static Value Parameter(Bundle bundle) => bundle.Versions[0].Blocks[0].Parameters[0];

    private static void Insert(Bundle bundle, Instruction instruction) => bundle.Versions[0].Blocks[0].Instructions.Insert(0, instruction);

    private static MuType Nested(int depth)
    {
        MuType type = I64;
        for (int i = 0; i < depth; i++) type = new StructType(type);
        return new StructType(type);
    }
}
