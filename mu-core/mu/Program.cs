using Mu.Tool;

return MuCommand.Run(args, Console.Out, Console.Error);
