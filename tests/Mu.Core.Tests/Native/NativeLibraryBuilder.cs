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

        // Structs by value: of each class of the System V convention, and more than fits the registers.
        typedef struct { int32_t a, b; } two; typedef struct { float x, y, z; } vec; typedef struct { double re, im; } cplx; typedef struct { int64_t n; double d; } mix;
        typedef struct { double d; int8_t c; float f; int16_t s; } tight; typedef struct { int64_t v[5]; } big; typedef struct { int8_t b[3]; } odd; typedef struct { float f; int32_t i; } half2;
        two swap2(two t) { two r = { t.b, t.a }; return r; }
        vec scale(vec v, float by) { vec r = { v.x * by, v.y * by, v.z * by }; return r; }
        cplx mul(cplx a, cplx b) { cplx r = { a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re }; return r; }
        mix turn(mix m) { mix r = { (int64_t)m.d, (double)m.n }; return r; }
        tight bump(tight t) { t.d += 1; t.c += 1; t.f += 1; t.s += 1; return t; }
        big shift(big b, int64_t by) { for (int i = 0; i < 5; i++) b.v[i] += by * i; return b; }
        odd rotate(odd o) { odd r = { { o.b[1], o.b[2], o.b[0] } }; return r; }
        half2 flip(half2 h) { half2 r = { (float)h.i, (int32_t)h.f }; return r; }
        int64_t crowd(int64_t a, int64_t b, int64_t c, int64_t d, int64_t e, mix m, two t, big g, int64_t f, cplx z, int64_t last, mix n) {
            return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * m.n + 7 * (int64_t)m.d + 8 * t.a + 9 * t.b + 10 * g.v[0] + 11 * g.v[4] + 12 * f + 13 * (int64_t)z.re + 14 * (int64_t)z.im + 15 * last
                + 16 * n.n + 17 * (int64_t)n.d;
        }
        typedef __int128 wide;
        wide twice(int8_t pad, int64_t a, int64_t b, int64_t c, int64_t d, wide x, int64_t e, wide y) { return x * 2 + y + pad + a + b + c + d + e; }
        typedef big (*bigs)(big, mix, vec, two); typedef vec (*vecs)(vec, half2); typedef mix (*mixes)(cplx, tight);
        int64_t through_big(bigs f, int64_t n) { big b = { { n, 2, 3, 4, 5 } }; mix m = { 10, 20 }; vec v = { 1, 2, 3 }; two t = { 7, 8 }; b = f(b, m, v, t); return b.v[0] * 1000 + b.v[4]; }
        double through_vec(vecs f) { vec v = { 1, 2, 3 }; half2 h = { 0.5f, 4 }; v = f(v, h); return v.x * 100 + v.y * 10 + v.z; }
        double through_mix(mixes f) { cplx c = { 2, 3 }; tight t = { 4, 5, 6, 7 }; mix m = f(c, t); return m.n * 1000 + m.d; }
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
