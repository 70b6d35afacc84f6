namespace Mu.Tool;

/// <summary>Text forms of bundles.</summary>
internal enum Dialect
{
    /// <summary>The one of the specification.</summary>
    Mu,
    /// <summary>That of Zebu's tools.</summary>
    Zebu,
}
