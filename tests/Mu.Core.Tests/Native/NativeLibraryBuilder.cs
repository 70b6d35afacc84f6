using System.Diagnostics;

namespace Mu.Core.Tests.Native;

/// <summary>Compiles a shared library of C functions for a test, if there is a C compiler.</summary>
internal static class NativeLibraryBuilder
{
    private const string Source = """
        #include <stdint.h>
        typedef double (*mixed)(int8_t, double, int64_t, double, float, int64_t, int64_t, int64_t, int64_t, double, double, double, double, double, double, double, int32_t);
        double call_mixed(mixed f, int64_t n) { return f(-1, 0.5, n, 1.5, 2.5f, 10, 20, 30, 40, 1, 2, 3, 4, 5, 6, 7, -100); }
        typedef struct { int32_t id; double weight; int64_t parts[2]; } item;
        double weigh(item *items, int64_t n) { double sum = 0; for (int64_t i = 0; i < n; i++) sum += items[i].weight * items[i].parts[1] + items[i].id; return sum; }
        void fill(item *to, int32_t id, double weight) { to->id = id; to->weight = weight; to->parts[0] = id * 2; to->parts[1] = id * 3; }
        typedef int64_t (*step)(int64_t);
        int64_t repeat(step f, int64_t x, int64_t n) { for (int64_t i = 0; i < n; i++) x = f(x); return x; }
        uint8_t narrow(uint8_t a, int16_t b, _Bool c) { return a + b + c; }
        float half(float x) { return x / 2; }
        static step kept;
        void keep(step f) { kept = f; }
        int64_t call_kept(int64_t x) { return kept(x) + 1; }
        """;

    private static readonly Lazy<string?> Built = new(Build);

    /// <summary>The library's path; null without a compiler.</summary>
    public static string? Path => Built.Value;

    private static string? Build()
    {
        string folder = Directory.CreateTempSubdirectory("mu-native-").FullName, source = System.IO.Path.Combine(folder, "test.c"), library = System.IO.Path.Combine(folder, "libtest.so");
        File.WriteAllText(source, Source);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        try
        {
            using Process compiler = Process.Start(new ProcessStartInfo("cc", ["-shared", "-fPIC", "-O1", "-o", library, source]) { RedirectStandardError = true })!;
            string errors = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            return compiler.ExitCode == 0 ? library : throw new InvalidOperationException(errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
