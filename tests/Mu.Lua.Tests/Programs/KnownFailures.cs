namespace Mu.Lua.Tests.Programs;

/// <summary>Programs whose output is not right yet in a mode of the command. The lists are exact: a program that has come right must be taken off.</summary>
internal sealed class KnownFailures(string mode, string[] names)
{
    public static readonly KnownFailures Compiled = new(nameof(Compiled), []);

    public static readonly KnownFailures Interpreted = new(nameof(Interpreted), []);

    public static readonly KnownFailures Stressed = new(nameof(Stressed), []);

    public static IEnumerable<string> AllNames => new[] { Compiled, Interpreted, Stressed }.SelectMany(known => known.Names);

    private string[] Names { get; } = names;

    public bool Contains(string name) => Names.Contains(name);

    public override string ToString() => $"{nameof(KnownFailures)}.{mode}";
}
