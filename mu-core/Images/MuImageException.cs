namespace Mu.Core.Images;

/// <summary>A boot image that cannot be made, or a file that cannot be loaded as one; with the reason.</summary>
public sealed class MuImageException(string message, Exception? cause = null) : Exception(message, cause);
