using System.Security.Cryptography;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Modules of the compiler itself. The library's modules are built upon <c>_mu</c>, whose functions are intrinsics of compiled code.</summary>
internal static class NativeModules
{
    public static IEnumerable<PyModule> Make()
    {
        yield return Intrinsics();
        var builtins = new PyModule("__builtin__", "<built-in>") { Names = { ["__name__"] = "__builtin__" } };
        foreach (var (name, value) in Builtins.All) builtins.Names[name] = value;
        yield return builtins;
        yield return new PyModule("exceptions", "<built-in>");
    }

    private static PyModule Intrinsics()
    {
        var module = new PyModule("_mu", "<built-in>");
        foreach (var name in Annotation.Intrinsics.Names) module.Names[name] = new PyBuiltin("_mu." + name, Body(name));
        module.Names["dict_key_hash"] = new PyBuiltin("_mu.dict_key_hash", (e, a, _) => a[0] is PyDict { Custom: { } custom } ? e.Call(custom.Hash, a[1]) : (long)HostEquality.Instance.GetHashCode(a[1]));
        module.Names["r_dict"] = new PyBuiltin("_mu.r_dict", (e, a, _) => new PyDict(new CustomEquality(e, a[0], a[1])));
        module.Names["r_uint"] = BuiltinTypes.RUInt;
        module.Names["r_int32"] = BuiltinTypes.RInt32;
        module.Names["r_uint32"] = BuiltinTypes.RUInt32;
        module.Names["r_int16"] = BuiltinTypes.RInt16;
        module.Names["r_uint16"] = BuiltinTypes.RUInt16;
        module.Names["r_int8"] = BuiltinTypes.RInt8;
        module.Names["r_uint8"] = BuiltinTypes.RUInt8;
        module.Names["r_longlonglong"] = BuiltinTypes.RLongLongLong;
        module.Names["r_ulonglonglong"] = BuiltinTypes.RULongLongLong;
        module.Names["unrolling_iterable"] = new PyBuiltin("unrolling_iterable", (e, a, _) => new PyUnrolling([.. e.Iterate(a[0])]));
        module.Names["function_type"] = BuiltinTypes.Function;
        module.Names["import_from_mixin"] = new PyBuiltin("import_from_mixin", (e, a, _) => Mix(e.Frame, (PyClass)a[0]));
        module.Names["import_module"] = new PyBuiltin("import_module", (e, a, _) => e.Loader.Import(e, (string)a[0], e.Module!));
        module.Names["glob"] = new PyBuiltin("glob", (_, a, _) => new PyList(Matching((string)a[0])));
        module.Names["path_exists"] = new PyBuiltin("path_exists", (_, a, _) => Path.Exists((string)a[0]));
        module.Names["temporary_folder"] = new PyBuiltin("temporary_folder", (_, _, _) => TemporaryFolders.Make());
        module.Names["random_name"] = new PyBuiltin("random_name", (_, _, _) => Path.GetRandomFileName());
        module.Names["run_process"] = new PyBuiltin("run_process", (e, a, _) => HostProcess.Run(e, e.Iterate(a[0]), (string)a[1], e.IsTrue(a[2]), e.IsTrue(a[3])));
        module.Names["list_folder"] = new PyBuiltin("list_folder", (e, a, _) => Directory.Exists((string)a[0])
            ? new PyList(Directory.GetFileSystemEntries((string)a[0]).Select(p => (object)Path.GetFileName(p))) : throw new PyRaise((PyInstance)e.Call(BuiltinTypes.Exception("OSError"), 2L, "No such directory")));
        module.Names["frame"] = new PyBuiltin("frame", (e, a, _) => FrameObject(e, (int)(long)a[0]));
        module.Names["system_names"] = new PyBuiltin("system_names", (_, _, _) => new PyTuple("Linux", Environment.MachineName, Environment.OSVersion.Version.ToString(), Environment.OSVersion.VersionString, "x86_64"));
        module.Names["digest"] = new PyBuiltin("digest", (_, a, _) => Digest((string)a[0], (string)a[1]));
        module.Names["json_dumps"] = new PyBuiltin("json_dumps", (e, a, k) => HostJson.Dumps(e, a[0], k?.GetValueOrDefault("sort_keys") is { } sorts && e.IsTrue(sorts)));
        module.Names["json_loads"] = new PyBuiltin("json_loads", (_, a, _) => HostJson.Loads(a[0].ToString()!));
        module.Names["write_file"] = new PyBuiltin("write_file", (_, a, _) => WriteFile((string)a[0], (string)a[1]));
        return module;
    }

    private static PyInstance FrameObject(Evaluator e, int depth)
    {
        var frame = e.Caller(depth);
        var made = new PyInstance(BuiltinTypes.Object);
        var locals = new PyDict { Shown = frame.Names };
        foreach (var (name, value) in frame.Names) locals.Items[name] = value;
        made.Fields["f_locals"] = locals;
        var globals = new PyDict { Shown = frame.Module.Names };
        foreach (var (name, value) in frame.Module.Names) globals.Items[name] = value;
        made.Fields["f_globals"] = globals;
        made.Fields["f_lineno"] = (long)frame.Line;
        made.Fields["f_back"] = e.HasCaller(depth + 1) ? FrameObject(e, depth + 1) : PyNone.Value;
        return made;
    }

    private static PyNone WriteFile(string path, string text)
    {
        File.WriteAllText(path, text, System.Text.Encoding.Latin1);
        return PyNone.Value;
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "The program names the function; the hashes are keys of its caches.")]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "As above.")]
    private static string Digest(string name, string text)
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes(text);
        return Convert.ToHexStringLower(name switch
        {
            "md5" => MD5.HashData(bytes),
            "sha1" => SHA1.HashData(bytes),
            "sha256" => SHA256.HashData(bytes),
            "sha512" => SHA512.HashData(bytes),
            _ => throw Evaluator.Raise("ValueError", $"unsupported hash type {name}"),
        });
    }

    private static IEnumerable<object> Matching(string pattern)
    {
        string folder = Path.GetDirectoryName(pattern) is { Length: > 0 } given ? given : ".";
        return Directory.Exists(folder) ? Directory.GetFiles(folder, Path.GetFileName(pattern)).Order(StringComparer.Ordinal).Select(f => (object)(pattern.Contains('/', StringComparison.Ordinal) ? f : Path.GetFileName(f))) : [];
    }

    /// <summary>Copies what a mixin class defines into the class body being run.</summary>
    private static PyNone Mix(Frame body, PyClass mixin)
    {
        foreach (var c in mixin.Mro.Reverse())
            foreach (var (name, value) in c.Names)
                if (c != BuiltinTypes.Object && name is not ("__module__" or "__doc__") && !(name is "__init__" or "__del__" && body.Names.ContainsKey(name)))
                    body.Names[name] = value is PyFunction f ? f.Copy() : value;
        return PyNone.Value;
    }

    private static Func<Evaluator, object[], Dictionary<string, object>?, object> Body(string name) =>
        HostIntrinsics.Find(name) ?? ((_, _, _) => throw Evaluator.Raise("RuntimeError", $"{name} is not available while modules are imported"));
}
