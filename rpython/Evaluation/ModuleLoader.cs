using Mu.RPython.Objects;
using Mu.RPython.Syntax;

namespace Mu.RPython.Evaluation;

/// <summary>Finds and imports modules: the compiler's own, those of the library that comes with it (rlib and the standard modules, in RPython), and the program's folder.</summary>
internal sealed class ModuleLoader
{
    private const string LibraryPrefix = "Mu.RPython.Library/";

    private readonly Dictionary<string, PyModule> modules = [];
    private readonly List<string> path;

    /// <summary>sys.modules.</summary>
    private readonly PyDict imported = new();

    public ModuleLoader(string programFolder)
    {
        path = [programFolder, .. (Environment.GetEnvironmentVariable("PYTHONPATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)];
        // A program inside a package is run from where the package is found, too.
        string? outer = programFolder;
        while (outer is not null && File.Exists(Path.Combine(outer, "__init__.py"))) outer = Path.GetDirectoryName(outer);
        if (outer is not null && outer != programFolder) path.Add(outer);
        foreach (var module in NativeModules.Make()) Register(module.Name, module);
    }

    /// <summary>Modules in the order in which they were imported.</summary>
    public IEnumerable<PyModule> Modules => modules.Values;

    /// <summary>Lines of source that were read, for statistics.</summary>
    public int SourceLines { get; private set; }

    /// <summary>Imports a dotted name as seen from a module; raises ImportError.</summary>
    public PyModule Import(Evaluator e, string name, PyModule from)
    {
        string package = PackageOf(from);
        if (package.Length > 0 && TryLoad(e, $"{package}.{name}") is { } relative) return relative;
        return TryLoad(e, name) ?? throw Evaluator.Raise("ImportError", $"no module named {name}");
    }

    /// <summary>The module of <c>from … import</c>.</summary>
    public PyModule ImportFrom(Evaluator e, int level, string name, PyModule from)
    {
        if (level == 0) return Import(e, name, from);
        string package = PackageOf(from);
        for (int i = 1; i < level; i++) package = package.Contains('.', StringComparison.Ordinal) ? package[..package.LastIndexOf('.')] : "";
        string full = package.Length == 0 ? name : name.Length == 0 ? package : $"{package}.{name}";
        return TryLoad(e, full) ?? throw Evaluator.Raise("ImportError", $"no module named {full}");
    }

    /// <summary>A submodule, if there is one.</summary>
    public PyModule? TryImport(Evaluator e, string name, PyModule package) => package.Folder is null ? null : TryLoad(e, name);

    /// <summary>A module of the library.</summary>
    public PyModule Library(Evaluator e, string name) => TryLoad(e, name) ?? throw new InvalidOperationException($"the library has no module {name}");

    /// <summary>Runs the main program.</summary>
    public PyModule RunMain(Evaluator e, string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        // As the translator does: the program is imported, so that what hangs on __name__ == '__main__' does not run.
        var module = new PyModule(name, file);
        Register(name, module);
        Run(e, module, File.ReadAllBytes(file));
        return module;
    }

    private static string PackageOf(PyModule module) =>
        module.Folder is not null ? module.Name : module.Name.Contains('.', StringComparison.Ordinal) ? module.Name[..module.Name.LastIndexOf('.')] : "";

    private PyModule? TryLoad(Evaluator e, string name)
    {
        if (modules.TryGetValue(name, out var known)) return known;
        int dot = name.LastIndexOf('.');
        PyModule? parent = null;
        if (dot >= 0 && (parent = TryLoad(e, name[..dot])) is null) return null;
        // The package may have imported it.
        if (modules.TryGetValue(name, out known)) return known;
        var module = Find(name, out byte[] source);
        if (module is null) return null;
        Register(name, module);
        if (name == "sys") module.Names["modules"] = imported;
        try
        {
            Run(e, module, source);
        }
        catch (PyRaise)
        {
            modules.Remove(name);
            imported.Items.Remove(name);
            throw;
        }
        if (parent is not null) parent.Names[name[(dot + 1)..]] = module;
        return module;
    }

    private void Register(string name, PyModule module)
    {
        modules[name] = module;
        imported.Items[name] = module;
    }

    private PyModule? Find(string name, out byte[] source)
    {
        string relative = name.Replace('.', '/');
        // rlib and its like are ours even where a copy of RPython's lies about: that one is made for the translator's own low-level types. PyPy's old names are known too.
        string inLibrary = relative.StartsWith("pypy/rlib/", StringComparison.Ordinal) ? "rpython/" + relative[5..] : relative;
        if (inLibrary == "py" && Resource("py/__init__.py") is { } py)
        {
            source = py;
            return new PyModule(name, "<library>/py/__init__.py") { Folder = inLibrary };
        }
        if (inLibrary.StartsWith("rpython/", StringComparison.Ordinal) && Resource($"{inLibrary}.py") is { } rlib)
        {
            source = rlib;
            return new PyModule(name, $"<library>/{inLibrary}.py");
        }
        if (inLibrary == "rpython" || (inLibrary.StartsWith("rpython/", StringComparison.Ordinal) && Resource($"{inLibrary}/__init__.py") is not null))
        {
            source = Resource($"{inLibrary}/__init__.py")!;
            return new PyModule(name, $"<library>/{inLibrary}/__init__.py") { Folder = inLibrary };
        }
        foreach (string folder in path.Concat(Added()))
        {
            string package = Path.Combine(folder, relative), init = Path.Combine(package, "__init__.py"), file = package + ".py";
            if (File.Exists(init))
            {
                source = File.ReadAllBytes(init);
                return new PyModule(name, init) { Folder = package };
            }
            if (File.Exists(file))
            {
                source = File.ReadAllBytes(file);
                return new PyModule(name, file);
            }
        }
        if (Resource($"{inLibrary}.py") is { } text)
        {
            source = text;
            return new PyModule(name, $"<library>/{inLibrary}.py");
        }
        source = Resource($"{inLibrary}/__init__.py") ?? [];
        bool isPackage = source.Length > 0 || Array.Exists(typeof(ModuleLoader).Assembly.GetManifestResourceNames(), r => r.StartsWith($"{LibraryPrefix}{inLibrary}/", StringComparison.Ordinal));
        return isPackage ? new PyModule(name, $"<library>/{inLibrary}/__init__.py") { Folder = inLibrary } : null;
    }

    /// <summary>What modules have added to sys.path.</summary>
    private IEnumerable<string> Added() => modules.TryGetValue("sys", out var sys) && sys.Names.TryGetValue("path", out var list) && list is PyList l ? l.Items.OfType<string>() : [];

    private static byte[]? Resource(string name)
    {
        // For work on the library itself: its folder instead of what is in the assembly.
        if (Environment.GetEnvironmentVariable("MURPY_LIBRARY") is { } folder) return Path.Combine(folder, name) is var file && File.Exists(file) ? File.ReadAllBytes(file) : null;
        using var stream = typeof(ModuleLoader).Assembly.GetManifestResourceStream(LibraryPrefix + name);
        if (stream is null) return null;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private void Run(Evaluator e, PyModule module, byte[] source)
    {
        module.Names["__name__"] = module.Name;
        module.Names["__file__"] = module.File;
        module.Names["__doc__"] = PyNone.Value;
        SourceLines += source.Count(b => b == '\n');
        e.Run(PythonFrontEnd.Parse(source, module.File), module);
    }
}
