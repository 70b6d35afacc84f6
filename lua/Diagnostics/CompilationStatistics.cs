using Mu.Lua.Compilation;

namespace Mu.Lua.Diagnostics;

/// <summary>What a state has compiled, and how long the parts took that are Lua's own; machine code is the micro VM's (<see cref="Mu.Core.Api.CompilerStatistics"/>).</summary>
internal sealed class CompilationStatistics
{
    private readonly int[] functions = new int[3];

    /// <summary>Chunks parsed, the library's included.</summary>
    public int Chunks { get; private set; }

    /// <summary>Time from text to syntax trees.</summary>
    public TimeSpan Parsing { get; private set; }

    /// <summary>Time from syntax trees to Mu IR that is verified and loaded.</summary>
    public TimeSpan Translation { get; private set; }

    /// <summary>How often code was made that begins at a loop.</summary>
    public int Loops { get; private set; }

    /// <summary>How often functions were compiled for a tier.</summary>
    public int Functions(Tier tier) => functions[(int)tier];

    public void AddChunk(TimeSpan time)
    {
        Chunks++;
        Parsing += time;
    }

    public void AddFunction(Tier tier, bool isLoop, TimeSpan time)
    {
        if (isLoop) Loops++;
        else functions[(int)tier]++;
        Translation += time;
    }
}
