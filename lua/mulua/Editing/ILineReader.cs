namespace Mu.Lua.Command.Editing;

/// <summary>Where the interactive mode has its lines from.</summary>
internal interface ILineReader
{
    /// <summary>The next line; null at the end of the input.</summary>
    string? ReadLine(string prompt);
}

/// <summary>Lines as they come: for input that is no terminal.</summary>
internal sealed class PlainReader(TextReader input, TextWriter output) : ILineReader
{
    public string? ReadLine(string prompt)
    {
        output.Write(prompt);
        output.Flush();
        return input.ReadLine();
    }
}
