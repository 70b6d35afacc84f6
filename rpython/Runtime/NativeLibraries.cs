using System.Diagnostics;
using System.Runtime.InteropServices;
using Mu.Core.Api;
using Mu.RPython.Objects;

namespace Mu.RPython.Runtime;

/// <summary>
/// Where a program's native functions are. C sources of its own are compiled by the C compiler (the environment's CC, or cc) as one shared library for each origin, whose bytes a saved program carries,
/// so that it needs no compiler; shared libraries are loaded, and whatever neither has is looked up in the process.
/// </summary>
internal static class NativeLibraries
{
    /// <summary>What RPython's own headers give to C sources.</summary>
    private const string Prelude = "#define RPY_EXTERN extern\n#define RPY_EXPORTED extern\ntypedef long Signed;\ntypedef unsigned long Unsigned;\n";

    /// <summary>Compiles the C sources.</summary>
    /// <exception cref="NativeLibraryException">A source does not compile.</exception>
    public static IReadOnlyList<NativeOriginUse> Compile(IEnumerable<NativeFunction> functions) =>
        [.. functions.GroupBy(f => f.Origin?.Declared).Select(g => Use(g.First().Origin, [.. g.Select(f => f.Name).Distinct()]))];

    private static NativeOriginUse Use(NativeOrigin? origin, string[] functions) => origin is null
        ? new NativeOriginUse([], [], [], functions)
        : new NativeOriginUse(origin.Sources.Length + origin.Files.Length > 0 ? Compile(origin) : [], origin.Libraries, origin.LibraryFolders, functions);

    /// <summary>Registers the symbols.</summary>
    /// <exception cref="NativeLibraryException">A library or function is not there.</exception>
    public static void Register(MuVM vm, IEnumerable<NativeOriginUse> origins)
    {
        var addresses = new Dictionary<string, nint>();
        foreach (var origin in origins)
        {
            nint[] libraries = [.. Load(origin), NativeLibrary.GetMainProgramHandle()];
            foreach (string function in origin.Functions)
            {
                nint address = libraries.Select(l => NativeLibrary.TryGetExport(l, function, out nint a) ? a : 0).FirstOrDefault(a => a != 0);
                if (address == 0) throw new NativeLibraryException($"the native function {function} is not found");
                if (addresses.TryAdd(function, address)) vm.RegisterSymbol(function, address);
                else if (addresses[function] != address) throw new NativeLibraryException($"two libraries have the native function {function}");
            }
        }
    }

    private static List<nint> Load(NativeOriginUse origin)
    {
        var handles = new List<nint>();
        if (origin.Compiled.Length > 0) handles.Add(LoadCompiled(origin.Compiled));
        foreach (string library in origin.Libraries)
        {
            string[] names = [.. origin.LibraryFolders.Select(f => Path.Combine(f, $"lib{library}.so")), $"lib{library}.so", $"lib{library}.so.6"];
            nint handle = names.Select(n => NativeLibrary.TryLoad(n, out nint h) ? h : 0).FirstOrDefault(h => h != 0);
            handles.Add(handle != 0 ? handle : throw new NativeLibraryException($"the library {library} is not found"));
        }
        return handles;
    }

    private static nint LoadCompiled(byte[] library)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, library);
            return NativeLibrary.Load(file);
        }
        catch (DllNotFoundException e)
        {
            throw new NativeLibraryException($"what the program's C sources were compiled to cannot be loaded: {e.Message}");
        }
        finally
        {
            // What was loaded stays mapped.
            File.Delete(file);
        }
    }

    private static byte[] Compile(NativeOrigin origin)
    {
        var folder = Directory.CreateTempSubdirectory("murpy");
        string name = Environment.GetEnvironmentVariable("CC") is { Length: > 0 } given ? given : "cc";
        try
        {
            // CC may carry options, as make has it.
            string[] words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var start = new ProcessStartInfo(words[0]) { RedirectStandardError = true };
            string library = Path.Combine(folder.FullName, "program.so");
            foreach (string argument in (string[])[.. words[1..], "-shared", "-fPIC", "-O2", "-w", "-o", library, .. origin.Folders.Append(Headers(folder.FullName)).Select(f => "-I" + f)]) start.ArgumentList.Add(argument);
            string head = Prelude + string.Concat(origin.Includes.Select(i => $"#include <{i}>\n")) + string.Concat(origin.Bits.Select(l => l + "\n"));
            for (int i = 0; i < origin.Sources.Length; i++)
            {
                string source = Path.Combine(folder.FullName, $"source{i}.c");
                File.WriteAllText(source, head + origin.Sources[i]);
                start.ArgumentList.Add(source);
            }
            foreach (string argument in origin.Files.Concat(origin.Options)) start.ArgumentList.Add(argument);
            foreach (string folderOfLibraries in origin.LibraryFolders) start.ArgumentList.Add("-L" + folderOfLibraries);
            foreach (string l in origin.Libraries) start.ArgumentList.Add("-l" + l);
            using var compiler = Process.Start(start)!;
            string messages = compiler.StandardError.ReadToEnd();
            compiler.WaitForExit();
            if (compiler.ExitCode != 0) throw new NativeLibraryException($"C sources of the program do not compile:\n{messages.TrimEnd()}");
            return File.ReadAllBytes(library);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new NativeLibraryException($"the program has C sources, and there is no C compiler '{name}' (the environment's CC names another)");
        }
        finally
        {
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

/// <summary>What a program takes from one origin.</summary>
/// <param name="Compiled">The shared library that its C sources were compiled to; empty when there are none.</param>
/// <param name="Libraries">Names of shared libraries.</param>
/// <param name="LibraryFolders">Where they are looked for first.</param>
/// <param name="Functions">The native functions that are called.</param>
internal sealed record NativeOriginUse(byte[] Compiled, string[] Libraries, string[] LibraryFolders, string[] Functions);

/// <summary>The native functions of a program cannot be had.</summary>
internal sealed class NativeLibraryException(string message) : Exception(message);
