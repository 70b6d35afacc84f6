using Mu.Lua.Command;

// lua.c's main: exit code 0 when all went well, 1 for any error.
var line = CommandLine.Parse(args);
if (line.Error is not null)
{
    Console.Error.WriteLine($"mulua: {line.Error}");
    Console.Error.WriteLine(CommandLine.Usage);
    return 1;
}
using var session = new Session(line, args);
return session.Run() ? 0 : 1;
