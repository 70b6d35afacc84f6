using Mu.Core.Api;
using Mu.Core.Compiler;
using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Text;
using Mu.Core.Verification;

namespace Mu.Tool;

/// <summary>What the commands do.</summary>
internal static class Actions
{
    /// <summary>Failures that are the input's: they are told in one line, without a stack trace.</summary>
    public static bool IsReported(Exception failure) => failure is UirException or MalformedBundleException or UncaughtMuException or MuThreadExitException or MuOutOfMemoryException
        or ArgumentException or FormatException or OverflowException or IOException or UnauthorizedAccessException or EntryPointNotFoundException or KeyNotFoundException or NotSupportedException
        or InvalidOperationException or MuImageException;

    public static void Run(FileInfo file, Dialect dialect, string[] words, MuVMOptions options, FileInfo[] scripts, int[] watchpoints, TextWriter output, TextWriter? statistics)
    {
        using var vm = new MuVM(options);
        using MuContext context = vm.NewContext();
        Bundle bundle = Load(vm, context, file, dialect, out Function? primordial);
        foreach (FileInfo script in scripts) context.LoadHail(File.ReadAllText(script.FullName), script.Name);
        foreach (int id in watchpoints) vm.EnableWatchpoint(id);
        bool isNamed = words.Length > 0 && (words[0].StartsWith('@') || IsFunction(bundle, words[0]));
        Function function = isNamed || primordial is null ? Find(bundle, isNamed ? words[0] : "@main") : primordial;
        MuValue[] arguments = ValueText.Read(context, function, words[(isNamed ? 1 : 0)..]);
        foreach (MuValue result in context.Call(function, arguments)) output.WriteLine(ValueText.Of(context, result));
        statistics?.WriteLine(vm.CollectorStatistics);
    }

    /// <summary>A word that can be no argument is the name of a function.</summary>
    private static bool IsFunction(Bundle bundle, string word) => (char.IsLetter(word[0]) || word[0] == '_') && bundle.Functions.Exists(f => f.Name == word);

    /// <summary>Loads bundles (or images), calls a function that prepares the heap, and writes an image.</summary>
    public static void MakeImage(FileInfo[] files, FileInfo image, string? prepare, string? primordial, MuVMOptions options)
    {
        using var vm = new MuVM(options);
        using MuContext context = vm.NewContext();
        Function? begin = null;
        foreach (FileInfo file in files)
        {
            if (file.Extension == ".hail")
            {
                context.LoadHail(File.ReadAllText(file.FullName), file.Name);
                continue;
            }

            Load(vm, context, file, Dialect.Mu, out Function? given);
            begin ??= given;
        }

        if (primordial is not null) begin = Find(vm, primordial);
        if (prepare is not null) context.Call(Find(vm, prepare));
        // Written whole or not at all.
        using var contents = new MemoryStream();
        context.MakeBootImage(contents, new BootImageOptions { PrimordialFunction = begin });
        File.WriteAllBytes(image.FullName, contents.ToArray());
    }

    private static Bundle Load(MuVM vm, MuContext context, FileInfo file, Dialect dialect, out Function? primordial)
    {
        primordial = null;
        using (FileStream stream = file.OpenRead())
        {
            if (BootImage.IsImage(stream))
            {
                BootImage image = context.LoadBootImage(stream);
                if (image.PrimordialThreadLocal is { } local) context.SetThreadLocal(local);
                primordial = image.PrimordialFunction;
                return image.Bundle;
            }
        }

        return vm.LoadText(TextOf(file, dialect), file.Name);
    }

    private static Function Find(MuVM vm, string name) => vm.Find(name.TrimStart('@')) as Function ?? throw new KeyNotFoundException($"{name} is no function");

    public static bool Verify(FileInfo[] files, Dialect dialect, TextWriter output)
    {
        using var vm = new MuVM();
        bool isWellFormed = true;
        foreach (FileInfo file in files)
        {
            try
            {
                vm.LoadText(TextOf(file, dialect), file.Name);
                output.WriteLine($"{file.Name}: well-formed");
            }
            catch (UirException failure)
            {
                foreach (UirError error in failure.Errors) output.WriteLine(error);
                isWellFormed = false;
            }
            catch (MalformedBundleException failure)
            {
                foreach (Finding finding in failure.Findings) output.WriteLine(finding);
                isWellFormed = false;
            }
        }

        return isWellFormed;
    }

    public static void Print(FileInfo file, Dialect dialect, TextWriter output) => output.Write(UirPrinter.Print(UirReader.Read(TextOf(file, dialect), file.Name)));

    private static string TextOf(FileInfo file, Dialect dialect)
    {
        using (FileStream stream = file.OpenRead())
            if (BootImage.IsImage(stream)) throw new ArgumentException($"{file.Name} is a boot image, which is run and disassembled; expected a bundle in text form");
        string text = File.ReadAllText(file.FullName);
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException($"{file.Name} is no text; expected a bundle in text form");
        return dialect == Dialect.Zebu ? ZebuDialect.ToStandard(text) : text;
    }

    public static void Disassemble(FileInfo file, string? name, string stage, TextWriter output)
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        Bundle bundle = Load(vm, context, file, Dialect.Mu, out _);
        Function? only = name is null ? null : Find(bundle, name);
        foreach (FunctionVersion version in bundle.Versions)
            if (only is null || version.Function == only) vm.Disassemble(version, stage, output);
    }

    private static Function Find(Bundle bundle, string name) =>
        bundle.Functions.Find(f => f.Name == name.TrimStart('@')) ?? throw new KeyNotFoundException($"the bundle has no function {name}: "
            + $"it has {string.Join(", ", bundle.Functions.Where(f => f.Name is not null).Select(f => "@" + f.Name))}");
}
