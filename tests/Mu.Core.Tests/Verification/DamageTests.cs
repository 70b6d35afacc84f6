using Mu.Core.IR;
using Mu.Core.Tests.Generation;
using Mu.Core.Text;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Verification;

/// <summary>Whatever a bundle is like, the verifier ends with findings or without; and bundles made well-formed are found so.</summary>
public class DamageTests
{
    [Fact]
    public void Random_bundles_are_well_formed()
    {
        for (int seed = 0; seed < 150; seed++)
            Assert.DoesNotContain(Verifying.Findings(RandomBundle.Make(seed, 50 + seed * 5)), f => !f.EndsWith("is not supported yet", StringComparison.Ordinal));
    }

    [Fact]
    public void Damaged_object_models_never_make_the_verifier_throw()
    {
        int refused = 0;
        for (int seed = 0; seed < 600; seed++)
        {
            Bundle bundle = RandomBundle.Make(seed, 300);
            if (bundle.Versions.Count == 0) continue;
            var damage = new Damage(bundle, new Random(seed));
            for (int i = 0; i <= seed % 6; i++) damage.Strike();
            if (Verifying.Findings(bundle).Length > 0) refused++;
        }
        Assert.True(refused > 300, $"{refused} refused");
    }

    [Fact]
    public void Damaged_texts_never_make_the_verifier_throw()
    {
        int read = 0;
        var random = new Random(5);
        string[] words = UirPrinter.Print(RandomBundle.Make(7, 300)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (int round = 0; round < 300; round++)
        {
            string[] damaged = [.. words];
            damaged[random.Next(words.Length)] = words[random.Next(words.Length)];
            Bundle bundle;
            try
            {
                bundle = UirReader.Read(string.Join(' ', damaged), "damaged.uir");
            }
            catch (UirException)
            {
                continue;
            }
            read++;
            _ = Verifying.Findings(bundle);
        }
        Assert.True(read > 20, $"{read} were read");
    }
}
