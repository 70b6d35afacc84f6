using Mu.Core.Images;
using Mu.Core.IR;

namespace Mu.Core.Api;

/// <summary>What goes into a boot image (<c>make_boot_image</c>'s parameters).</summary>
public sealed record BootImageOptions
{
    /// <summary>What is kept, with all that it reaches; null for everything that is loaded.</summary>
    public IReadOnlyList<Entity>? Whitelist { get; init; }

    /// <summary>The function with which whoever loads the image begins.</summary>
    public Function? PrimordialFunction { get; init; }

    /// <summary>The thread-local reference of the thread that begins; a handle of a ref&lt;void&gt;.</summary>
    public MuValue? PrimordialThreadLocal { get; init; }

    /// <summary>Locations (irefs) with names: in the process that loads the image, EXTERN constants of these symbols have their addresses. Objects that have them in them are pinned there.</summary>
    public IReadOnlyList<(MuValue Location, string Symbol)> Symbols { get; init; } = [];

    /// <summary>Locations (irefs) of pointers, with the native symbols whose addresses they get when the image is loaded. Other pointers that are not NULL must be exposed functions of a bundle or addresses
    /// of EXTERN constants.</summary>
    public IReadOnlyList<(MuValue Location, string Symbol)> Relocations { get; init; } = [];
}

/// <summary>What a boot image has given.</summary>
/// <param name="Bundle">Code and globals.</param>
/// <param name="PrimordialFunction">Where to begin, if the image says it.</param>
/// <param name="PrimordialThreadLocal">The thread-local reference to begin with, if the image has one.</param>
public sealed record BootImage(Bundle Bundle, Function? PrimordialFunction, MuValue? PrimordialThreadLocal)
{
    /// <summary>Whether a file begins as a boot image does; it is left where it was.</summary>
    public static bool IsImage(Stream file)
    {
        long start = file.Position;
        Span<byte> beginning = stackalloc byte[8];
        int size = file.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
        file.Position = start;
        return ImageFile.IsImage(beginning[..size]);
    }
}
