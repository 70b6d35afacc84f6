using System.Diagnostics;

namespace Mu.Lua.Library.Files;

/// <summary>Commands for the system's shell.</summary>
internal static class ShellProcess
{
    public static ProcessStartInfo StartInfo(string command)
    {
        bool isWindows = OperatingSystem.IsWindows();
        var info = new ProcessStartInfo(isWindows ? "cmd.exe" : "/bin/sh") { UseShellExecute = false };
        info.ArgumentList.Add(isWindows ? "/c" : "-c");
        info.ArgumentList.Add(command);
        return info;
    }

    /// <summary>popen: a file that reads the command's output, or writes its input.</summary>
    public static LuaFile Open(string command, bool reads)
    {
        var info = StartInfo(command);
        info.RedirectStandardOutput = reads;
        info.RedirectStandardInput = !reads;
        var process = Process.Start(info)!;
        var stream = reads ? process.StandardOutput.BaseStream : process.StandardInput.BaseStream;
        return new LuaFile(stream, reads, !reads) { Process = process };
    }
}
