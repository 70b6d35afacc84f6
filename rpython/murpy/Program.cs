using Mu.RPython.Command;

return CommandLine.Parse(args) is { } line ? line.Run() : 2;
