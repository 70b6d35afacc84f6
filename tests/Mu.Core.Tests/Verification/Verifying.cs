using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Verification;

namespace Mu.Core.Tests.Verification;

/// <summary>Bundles and scopes for tests of the verifier.</summary>
internal static class Verifying
{
    public static readonly IVerificationScope Nothing = new Scope([]);

    private const string Prelude = """
        .typedef @i1 = int<1>  .typedef @i6 = int<6>  .typedef @i8 = int<8>  .typedef @i32 = int<32>  .typedef @i52 = int<52>  .typedef @i64 = int<64>
        .typedef @d = double  .typedef @s = float  .typedef @tr = tagref64  .typedef @sref = stackref
        .typedef @r = ref<void>  .typedef @ri = ref<@i64>  .typedef @ii = iref<@i64>  .typedef @pi = uptr<@i64>  .typedef @wr = weakref<@i64>
        .typedef @pair = struct<@i64 @d>  .typedef @arr = array<@i64 4>  .typedef @hyb = hybrid<@i64 @i8>  .typedef @weak = struct<@i64 @wr>
        .typedef @vec = vector<@i32 4>
        .funcsig @sig = (@i64 @d) -> (@i64)  .funcsig @none = () -> ()
        .const @ONE <@i64> = 1  .const @TWO <@i64> = 2  .const @UNO <@i64> = 1  .const @TRUE <@i1> = 1  .const @HALF <@d> = 0.5d  .const @NIL <@r> = NULL
        .global @cell <@i64>
        .funcdecl @g <@sig>  .funcdecl @h <@none>

        """;

    public static Bundle Read(string text) => UirReader.Read(Prelude + text, "test.uir");

    /// <summary>A function with parameters %a and %b of int&lt;64&gt;, %x of double, %r of ref&lt;void&gt;, %p of an iref and one int&lt;64&gt; result.</summary>
    public static Bundle ReadBody(string body) => Read($$"""
        .funcdef @f VERSION %v <(@i64 @i64 @d @r @ii) -> (@i64)> {
          %entry(<@i64> %a <@i64> %b <@d> %x <@r> %r <@ii> %p): {{body}}
        }
        """);

    public static string[] Findings(Bundle bundle) => [.. BundleVerifier.Verify(bundle, Nothing).Select(f => f.ToString())];

    internal sealed class Scope(Dictionary<string, Entity> entities) : IVerificationScope
    {
        public Entity? Find(string name) => entities.GetValueOrDefault(name);
    }
}
