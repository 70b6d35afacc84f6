using System.Buffers.Binary;
using System.Security.Cryptography;
using Mu.Core.Api;
using Mu.Core.Images;
using Xunit;

namespace Mu.Core.Tests.Images;

/// <summary>
/// Images whose contents are damaged and whose checksum is right: somebody made them so. They load or are refused with a reason. <c>MU_IMAGE_FUZZ</c> is the number of attempts
/// for longer runs, <c>MU_FUZZ_SEED</c> the first seed.
/// </summary>
public sealed class ImageFuzzTests
{
    private const int HeaderSize = 56;

    [Fact]
    public void Damaged_images_load_or_are_refused_with_a_reason()
    {
        byte[] image = BootImageTests.Build(EngineKind.Jit);
        int attempts = int.Parse(Environment.GetEnvironmentVariable("MU_IMAGE_FUZZ") ?? "1500"), seed = int.Parse(Environment.GetEnvironmentVariable("MU_FUZZ_SEED") ?? "1");
        int refused = 0;
        MuVM? vm = null;
        for (int i = 0; i < attempts; i++)
        {
            vm ??= new MuVM();
            byte[] damaged = Damage(image, new Random(seed + i));
            using MuContext context = vm.NewContext();
            try
            {
                context.LoadBootImage(new MemoryStream(damaged));
                vm.VerifyHeap();
                vm.Dispose();
                vm = null;
            }
            catch (MuImageException refusal)
            {
                Assert.NotEmpty(refusal.Message);
                refused++;
            }
            catch (Exception failure) when (failure is not MuOutOfMemoryException)
            {
                Assert.Fail($"MU_FUZZ_SEED={seed + i} MU_IMAGE_FUZZ=1: {failure}");
            }
        }

        vm?.Dispose();
        Assert.True(refused > attempts / 10);
    }

    private static byte[] Damage(byte[] image, Random random)
    {
        List<byte> contents = [.. image.AsSpan(HeaderSize)];
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int at = random.Next(contents.Count), length = random.Next(1, 9);
            switch (random.Next(6))
            {
                case 0: contents[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: contents[at] = (byte)random.Next(256); break;
                case 2: contents[at] = random.Next(2) == 0 ? (byte)0 : (byte)0xFF; break;
                case 3: contents.RemoveRange(at, Math.Min(length, contents.Count - at)); break;
                case 4: contents.InsertRange(at, contents.GetRange(random.Next(contents.Count - length), length)); break;
                default: contents.RemoveRange(at, contents.Count - at); break;
            }

            if (contents.Count < 20) break;
        }

        byte[] file = [.. image.AsSpan(0, HeaderSize), .. contents];
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(16), (ulong)contents.Count);
        SHA256.HashData(file.AsSpan(HeaderSize), file.AsSpan(24));
        return file;
    }
}
