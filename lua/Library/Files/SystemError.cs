using System.Runtime.InteropServices;

namespace Mu.Lua.Library.Files;

/// <summary>An error of the operating system as C programs see it: errno and its text.</summary>
internal sealed record SystemError(int Number, string Message)
{
    private const int NoEntry = 2, BadDescriptor = 9, AccessDenied = 13, Exists = 17, IsDirectory = 21, IllegalSeek = 29;

    public static readonly SystemError NotSeekable = Of(IllegalSeek);
    public static readonly SystemError Directory = Of(IsDirectory);
    public static readonly SystemError WrongDirection = Of(BadDescriptor);

    /// <summary>The error behind an exception; null for exceptions that are none.</summary>
    public static SystemError? From(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => Of(NoEntry),
        UnauthorizedAccessException => Of(AccessDenied),
        ObjectDisposedException => Of(BadDescriptor),
        // .NET puts errno into the low half of HResult where it has no exception of its own.
        IOException => Of((e.HResult & 0xFFFF) is > 0 and < 256 ? e.HResult & 0xFFFF : Exists),
        NotSupportedException => Of(BadDescriptor),
        ArgumentException => Of(NoEntry),
        _ => null,
    };

    private static SystemError Of(int number) => new(number, number switch
    {
        NoEntry => "No such file or directory",
        BadDescriptor => "Bad file descriptor",
        AccessDenied => "Permission denied",
        IsDirectory => "Is a directory",
        IllegalSeek => "Illegal seek",
        _ => Marshal.GetPInvokeErrorMessage(number),
    });
}
