using System.Diagnostics;
using System.Runtime.InteropServices;
using Mu.Core.Api;
using Mu.RPython.Objects;

namespace Mu.RPython.Runtime;

/// <summary>
/// Gives the native functions of a program their addresses: C sources of its own are compiled by the C compiler (the environment's CC, or cc) as one shared library each,
/// shared libraries are loaded, and whatever neither has is looked up in the process.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>What RPython's own headers give to C sources.</summary>
    private const string Prelude = "#define RPY_EXTERN extern\n#define RPY_EXPORTED extern\ntypedef long Signed;\ntypedef unsigned long Unsigned;\n";

    /// <summary>Registers the symbols.</summary>
    /// <exception cref="NativeLibraryException">A source does not compile, or a library or function is not there.</exception>
    public static void Register(MuVM vm, IEnumerable<NativeFunction> functions)
    {
        var loaded = new Dictionary<PyInstance, nint[]>(ReferenceEqualityComparer.Instance);
        var addresses = new Dictionary<string, nint>();
        foreach (var function in functions)
        {
            nint[] libraries = [];
            if (function.Origin is { } origin && !loaded.TryGetValue(origin.Declared, out libraries!)) loaded[origin.Declared] = libraries = Load(origin);
            nint address = libraries.Append(NativeLibrary.GetMainProgramHandle()).Select(l => NativeLibrary.TryGetExport(l, function.Name, out nint a) ? a : 0).FirstOrDefault(a => a != 0);
            if (address == 0) throw new NativeLibraryException($"the native function {function.Name} is not found");
            if (addresses.TryAdd(function.Name, address)) vm.RegisterSymbol(function.Name, address);
            else if (addresses[function.Name] != address) throw new NativeLibraryException($"two libraries have the native function {function.Name}");
        }
    }

    /// <summary>Whether a program cannot run without what is compiled when it is.</summary>
    public static bool HasSources(NativeFunction function) => function.Origin is { } o && o.Sources.Length + o.Files.Length > 0;

    private static nint[] Load(NativeOrigin origin)
    {
        var handles = new List<nint>();
        if (origin.Sources.Length + origin.Files.Length > 0) handles.Add(Compile(origin));
        foreach (string library in origin.Libraries)
        {
            string[] names = [.. origin.LibraryFolders.Select(f => Path.Combine(f, $"lib{library}.so")), $"lib{library}.so", $"lib{library}.so.6"];
            nint handle = names.Select(n => NativeLibrary.TryLoad(n, out nint h) ? h : 0).FirstOrDefault(h => h != 0);
            handles.Add(handle != 0 ? handle : throw new NativeLibraryException($"the library {library} is not found"));
        }
        return [.. handles];
    }

    private static nint Compile(NativeOrigin origin)
    {
        var folder = Directory.CreateTempSubdirectory("murpy");
        try
        {
            var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("CC") ?? "cc") { RedirectStandardError = true };
            string library = Path.Combine(folder.FullName, "program.so");
            foreach (string argument in (string[])["-shared", "-fPIC", "-O2", "-w", "-o", library, .. origin.Folders.Append(Headers(folder.FullName)).Select(f => "-I" + f)]) start.ArgumentList.Add(argument);
            string head = Prelude + string.Concat(origin.Includes.Select(i => $"#include <{i}>\n")) + string.Concat(origin.Bits.Select(l => l + "\n"));
            for (int i = 0; i < origin.Sources.Length; i++)
            {
                string source = Path.Combine(folder.FullName, $"source{i}.c");
                File.WriteAllText(source, head + origin.Sources[i]);
                start.ArgumentList.Add(source);
            }
            foreach (string argument in origin.Files.Concat(origin.Options)) start.ArgumentList.Add(argument);
            foreach (string l in origin.Libraries) start.ArgumentList.Add("-l" + l);
            using var compiler = Process.Start(start)!;
            string messages = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0) throw new NativeLibraryException($"C sources of the program do not compile:\n{messages.TrimEnd()}");
            return NativeLibrary.Load(library);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new NativeLibraryException($"the program has C sources, and there is no C compiler: {e.Message}");
        }
        finally
        {
            // What was loaded stays mapped.
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The headers of RPython that sources include; what they say is in the prelude.</summary>
    private static string Headers(string folder)
    {
        string headers = Path.Combine(folder, "include");
        Directory.CreateDirectory(Path.Combine(headers, "src"));
        foreach (string name in (string[])["src/precommondefs.h", "src/mem.h", "src/signals.h", "common_header.h"]) File.WriteAllText(Path.Combine(headers, name), "");
        return headers;
    }
}

/// <summary>The native functions of a program cannot be had.</summary>
internal sealed class NativeLibraryException(string message) : Exception(message);
