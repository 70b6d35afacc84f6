namespace Mu.RPython.Annotation;

/// <summary>The names of the module <c>_mu</c>: operations that the library is built upon.</summary>
internal static class IntrinsicTable
{
    public static readonly string[] Names =
    [
        "time", "clock", "sqrt", "sin", "cos", "tan", "atan", "atan2", "exp", "log", "log10", "pow", "fmod", "floor", "ceil",
        "ovfcheck", "intmask", "widen", "we_are_translated", "identity_hash", "compute_hash", "hint", "instantiate", "keepalive", "always_inline",
    ];
}
