using Mu.Core.Api;
using Xunit;

namespace Mu.ClientLib.Tests;

/// <summary>Both engines, as data of a theory.</summary>
public sealed class Engines : TheoryData<EngineKind>
{
    public Engines()
    {
        Add(EngineKind.Jit);
        Add(EngineKind.Interpreter);
    }
}
