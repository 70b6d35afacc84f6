using Mu.RPython.Command;
using Mu.RPython.Evaluation;

try
{
    return CommandLine.Parse(args) is { } line ? line.Run() : 2;
}
finally
{
    TemporaryFolders.DeleteAll();
}
