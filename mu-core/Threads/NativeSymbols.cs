using System.Runtime.InteropServices;

namespace Mu.Core.Threads;

/// <summary>Addresses of native symbols: what the client has registered, then its libraries, the process, the C library and the mathematical one.</summary>
internal sealed class NativeSymbols
{
    private static readonly string[] SystemLibraries = ["libc.so.6", "libm.so.6"];
    private readonly Lock gate = new();
    private readonly Dictionary<string, nint> registered = [];
    private readonly List<nint> libraries = [];
    private readonly List<string> names = [];

    /// <summary>Opens the libraries.</summary>
    public NativeSymbols(IEnumerable<string> clientLibraries)
    {
        foreach (string name in clientLibraries) Add(name, NativeLibrary.Load(name));
        Add("the process", NativeLibrary.GetMainProgramHandle());
        foreach (string name in SystemLibraries)
            if (NativeLibrary.TryLoad(name, out nint library)) Add(name, library);
    }

    /// <summary>Gives a symbol an address; it hides those of libraries.</summary>
    public void Register(string symbol, nint address)
    {
        ArgumentOutOfRangeException.ThrowIfZero(address);
        lock (gate)
            if (!registered.TryAdd(symbol, address)) throw new ArgumentException($"symbol {symbol} is registered already");
    }

    /// <summary>Whether the client has registered a symbol.</summary>
    public bool IsRegistered(string symbol)
    {
        lock (gate) return registered.ContainsKey(symbol);
    }

    /// <summary>Whether somebody has a symbol.</summary>
    public bool Has(string symbol) => IsRegistered(symbol) || libraries.Exists(library => NativeLibrary.TryGetExport(library, symbol, out _));

    /// <summary>The address of a symbol.</summary>
    /// <exception cref="EntryPointNotFoundException">Nobody has it.</exception>
    public ulong AddressOf(string symbol)
    {
        lock (gate)
            if (registered.TryGetValue(symbol, out nint known)) return (ulong)known;
        foreach (nint library in libraries)
            if (NativeLibrary.TryGetExport(library, symbol, out nint address)) return (ulong)address;
        throw new EntryPointNotFoundException($"EXTERN \"{symbol}\": the symbol is not registered and not exported by {string.Join(", ", names)}");
    }

    private void Add(string name, nint library)
    {
        names.Add(name);
        libraries.Add(library);
    }
}
