using Mu.Core.IR;

namespace Mu.Core.Verification;

/// <summary>What is loaded already when a bundle is verified.</summary>
public interface IVerificationScope
{
    /// <summary>The loaded entity of that name (without sigil), or null.</summary>
    Entity? Find(string name);
}
