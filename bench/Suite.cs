namespace Mu.Bench;

/// <summary>Programs of one language, what of ours runs them, and against what it is held.</summary>
/// <param name="Name">Name of the folder in bench, and of the files with results.</param>
/// <param name="Extension">Extension of the programs.</param>
/// <param name="Command">Our command in the root of the repository.</param>
/// <param name="VersionOption">With it, our command tells its version, and nothing else.</param>
/// <param name="Peers">Peers that are looked for on PATH, comma-separated.</param>
/// <param name="Reference">The peer whose output counts and whose time is 1.</param>
internal sealed record Suite(string Name, string Extension, string Command, string VersionOption, string Peers, string Reference)
{
    public static readonly Suite Lua = new("lua", "lua", "mulua", "-v", "lua5.4,luajit", "lua5.4");
    public static readonly Suite RPython = new("rpython", "py", "murpy", "--version", "pypy3,python3", "pypy3");
}
