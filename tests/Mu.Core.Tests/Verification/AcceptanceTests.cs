using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Verification;

public class AcceptanceTests
{
    public static TheoryData<string> Programs
    {
        get
        {
            string? folder = AppContext.BaseDirectory;
            while (folder is not null && !Directory.Exists(Path.Combine(folder, "tests", "programs", "uir"))) folder = Path.GetDirectoryName(folder);
            return [.. Directory.GetFiles(Path.Combine(folder!, "tests", "programs", "uir"), "*.uir").Select(f => Path.GetFileName(f)!)
                .Select(name => Path.Combine(folder!, "tests", "programs", "uir", name))];
        }
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void Programs_are_well_formed(string file) => Assert.Empty(Verifying.Findings(UirReader.Read(File.ReadAllText(file), file)));

    [Fact]
    public void Forms_of_all_instructions_are_accepted()
    {
        Assert.Empty(Verifying.Findings(Verifying.ReadBody("""
            (%q %n %z %c %v) = ADD [#N #Z #C #V] <@i64> %a @ONE
            (%q2 %n2) = AND [#N] <@i64> %a @ONE
            %k = SLT <@i64> %a %b   %e = EQ <@ii> %p @cell   %f = FOLT <@d> %x @HALF
            %t32 = TRUNC <@i64 @i32> %a   %z64 = ZEXT <@i32 @i64> %t32   %fl = FPTRUNC <@d @s> %x   %bc = BITCAST <@d @i64> %x   %bs = BITCAST <@i32 @s> %t32
            %si = SITOFP <@i64 @d> %a   %ui = FPTOUI <@s @i8> %fl   %rc = REFCAST <@r @ri> %r   %pc = PTRCAST <@i64 @pi> %a
            %sel = SELECT <@i1 @d> %k %x @HALF
            %new = NEW <@pair>   %nv = NEW <void>   %nw = NEW <@weak>   %loc = ALLOCA <@arr>   %hy = NEWHYBRID <@hyb @i64> %a
            %ip = GETIREF <@pair> %new   %ig = GETFIELDIREF <@pair 1> %ip   STORE <@d> %ig %x
            %iw = GETIREF <@weak> %nw   %wf = GETFIELDIREF <@weak 1> %iw   STORE <@wr> %wf %rc   %strong = LOAD <@wr> %wf
            %el = GETELEMIREF <@arr @i64> %loc %a   %sh = SHIFTIREF <@i64 @i32> %el %t32
            %ih = GETIREF <@hyb> %hy   %vp = GETVARPARTIREF <@hyb> %ih
            %l1 = LOAD PTR ACQUIRE <@i64> %pc   STORE SEQ_CST <@i64> %p %a   FENCE ACQ_REL
            %whole = LOAD <@pair> %ip   %part = EXTRACTVALUE <@pair 0> %whole   %put = INSERTVALUE <@pair 1> %whole %x
            %as = LOAD <@arr> %loc   %ae = EXTRACTELEMENT <@arr @i64> %as %a   %ai = INSERTELEMENT <@arr @i64> %as %a %b
            (%old %ok) = CMPXCHG WEAK SEQ_CST RELAXED <@i64> %p %a %b   %was = ATOMICRMW ACQ_REL UMAX <@i64> %p %a
            %st = COMMINST @uvm.new_stack <[@sig]> (@g)   COMMINST @uvm.kill_stack (%st)   %cs = COMMINST @uvm.current_stack
            COMMINST @uvm.set_threadlocal (%r)   %tl = COMMINST @uvm.get_threadlocal
            %tf = COMMINST @uvm.tr64.from_fp (%x)   %ti = COMMINST @uvm.tr64.is_int (%tf)   %tt = COMMINST @uvm.tr64.to_tag (%tf)   %tm = COMMINST @uvm.tr64.from_ref (%r %tt)
            %te = COMMINST @uvm.ext.tr64.eq (%tf %tm)   %sq = COMMINST @uvm.ext.fp.sqrt <@d> (%x)   %hl = COMMINST @uvm.ext.hybrid_length <@hyb> (%hy)
            COMMINST @uvm.ext.memcpy <@i64> (%p %el %a)   %ctx = COMMINST @uvm.ext.runtime_context   %pin = COMMINST @uvm.native.pin <@ri> (%rc)
            COMMINST @uvm.native.unpin <@ri> (%rc)   %kd = COMMINST @uvm.kill_dependency <@i64> (%a)
            CCALL #RUNTIME <ufuncptr<(@tr @r) -> (@i64 @r)> (@tr @r) -> (@i64 @r)> @RUN (%tf %r) KEEPALIVE(%a)
            %cc = CCALL #DEFAULT <ufuncptr<(@d) -> (@d)> (@d) -> (@d)> @SIN (%x)
            SWITCH <@i64> %a %div(%a) { @ONE %div(%b) @TWO %loop(%x) }
          %loop(<@d> %x): BRANCH %loop(%x)
          %div(<@i64> %a): %q = SDIV <@i64> %a @TWO EXC(%fine(%q) %bad(%a))
          %fine(<@i64> %q): %v = SWAPSTACK @SNIL RET_WITH <@i64> PASS_VALUES <@i64 @d> (%q @HALF) EXC(%end(%v) %bad(%q)) KEEPALIVE(%q)
          %bad(<@i64> %a) [%exc] COLD: %t = TRAP <@i64> EXC(%end(%t) %bad(%a)) KEEPALIVE(%exc %a)
          %end(<@i64> %q): RET %q
          %kill(<@sref> %s <@r> %r): SWAPSTACK %s KILL_OLD THROW_EXC %r
          %exit(): COMMINST @uvm.thread_exit
          %tail(<@i64> %q): TAILCALL <@sig> @g (%q @HALF)
        }
        .const @SNIL <@sref> = NULL   .const @RUN <ufuncptr<(@tr @r) -> (@i64 @r)>> = 0x1000   .const @SIN <ufuncptr<(@d) -> (@d)>> = EXTERN "sin"
        .const @C2 <@pair> = {@ONE @HALF}   .const @A4 <@arr> = {@ONE @TWO @UNO @ONE}   .const @TR <@tr> = tagref null 3
        .funcdef @unused VERSION %v <@none> { %entry(): RET
        """.Replace("CCALL #RUNTIME <", "(%c1 %c2) = CCALL #RUNTIME <", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_loaded_function_may_be_redefined()
    {
        Bundle first = Verifying.ReadBody("RET %a");
        Function function = first.Functions.Single(f => f.Name == "f");
        var scope = new Verifying.Scope(first.Functions.ToDictionary(f => f.Name!, f => (Entity)f));
        Assert.Empty(BundleVerifier.Verify(first, Verifying.Nothing));
        var second = new Bundle();
        FunctionVersion version = second.Define(function, "f.v2");
        BasicBlock entry = version.AddBlock();
        foreach (Mu.Core.Types.MuType type in function.Signature.Parameters) entry.AddParameter(type);
        entry.Add(new ReturnInstruction(entry.Parameters[0]));
        Assert.Empty(BundleVerifier.Verify(second, scope));
    }
}
