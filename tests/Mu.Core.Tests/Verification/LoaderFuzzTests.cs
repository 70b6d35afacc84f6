using Mu.Core.Api;
using Mu.Core.Interpreter;
using Mu.Core.IR;
using Mu.Core.Tests.Differential;
using Mu.Core.Tests.Generation;
using Mu.Core.Tests.Text;
using Mu.Core.Text;
using Mu.Core.Verification;
using Xunit;

namespace Mu.Core.Tests.Verification;

/// <summary>
/// Bundles that are damaged, as texts and as object models, load or are refused with reasons; what loads, both engines can translate. Nothing else may come of them: no other exception, no end of the
/// process. <c>MU_FUZZ_BUNDLES</c> is the number of bundles (default 250 of each kind), <c>MU_FUZZ_SEED</c> the first seed.
/// </summary>
public sealed class LoaderFuzzTests
{
    private static readonly string[] Programs = [.. ProgramFiles.Names.Select(ProgramFiles.Read)];

    private static readonly string[] Numbers = ["0", "-1", "1", "63", "64", "65", "127", "128", "2147483647", "2147483648", "4294967296", "18446744073709551615", "-9223372036854775809", "0x1p3", "1.0d", "nanf"];

    private static int Count => DifferentialTests.Setting("MU_FUZZ_BUNDLES", 250);

    private static int First => DifferentialTests.Setting("MU_FUZZ_SEED", 1);

    [Fact]
    public void Damaged_object_models_load_or_are_refused() => Run(seed =>
    {
        Bundle bundle = seed % 2 == 0 ? RandomBundle.Make(seed, 250) : UirReader.Read(Programs[seed / 2 % Programs.Length], "program.uir");
        if (bundle.Versions.Count == 0) return bundle;
        var damage = new Damage(bundle, new Random(seed));
        for (int i = 0; i <= seed % 3; i++) damage.Strike();
        return bundle;
    });

    [Fact]
    public void Texts_with_changed_words_load_or_are_refused() => Run(seed =>
    {
        var random = new Random(seed);
        string text = seed % 3 == 0 ? UirPrinter.Print(RandomBundle.Make(seed, 250)) : Programs[random.Next(Programs.Length)];
        List<string> words = [.. text.Split('\n').Select(l => l.Split("//")[0]).SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
        for (int i = 0; i <= seed % 3; i++)
        {
            int at = random.Next(words.Count), other = random.Next(words.Count);
            // A word of the same kind nearby is more likely to make sense.
            for (int near = 0; near < 20 && words[other][0] != words[at][0]; near++) other = Math.Clamp(at + random.Next(-40, 40), 0, words.Count - 1);
            switch (random.Next(10))
            {
                case 4: words[at] = Numbers[random.Next(Numbers.Length)]; break;
                case 1: words.RemoveAt(at); break;
                case 2: words.Insert(at, words[other]); break;
                case 3: (words[at], words[other]) = (words[other], words[at]); break;
                default: words[at] = words[other]; break;
            }
        }

        return UirReader.Read(string.Join(' ', words), "damaged.uir");
    });

    [Fact]
    public void Texts_with_changed_characters_load_or_are_refused() => Run(seed =>
    {
        const string Characters = "<>(){}[]@%#=:.,-+0123456789abcdefxyzABCDEF \"\\/*\n\0\uFFFF";
        var random = new Random(seed);
        List<char> text = [.. Programs[random.Next(Programs.Length)]];
        for (int i = 0; i <= seed % 6; i++)
        {
            int at = random.Next(text.Count);
            switch (random.Next(4))
            {
                case 0: text[at] = Characters[random.Next(Characters.Length)]; break;
                case 1: text.RemoveAt(at); break;
                case 2: text.Insert(at, Characters[random.Next(Characters.Length)]); break;
                default: text.RemoveRange(at, Math.Min(text.Count - at, random.Next(200))); break;
            }
        }

        return UirReader.Read(new string([.. text]), "damaged.uir");
    });

    private static void Run(Func<int, Bundle> make)
    {
        int loaded = 0, refused = 0;
        for (int seed = First; seed < First + Count; seed++)
        {
            try
            {
                Load(make(seed));
                loaded++;
            }
            catch (Exception refusal) when (refusal is UirException or MalformedBundleException or EntryPointNotFoundException)
            {
                Assert.NotEmpty(refusal.Message);
                refused++;
            }
            catch (Exception failure)
            {
                Assert.Fail($"MU_FUZZ_SEED={seed} MU_FUZZ_BUNDLES=1: {failure}");
            }
        }

        Assert.True(Count < 100 || refused > 0, $"{loaded} loaded, none refused");
    }

    private static void Load(Bundle bundle)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = EngineKind.Interpreter });
        vm.Load(bundle);
        foreach (FunctionVersion version in bundle.Versions)
        {
            vm.Disassemble(version, "asm", TextWriter.Null);
            Decoder.Decode(version, (InterpreterEngine)vm.Machine.Engine);
        }
    }
}
