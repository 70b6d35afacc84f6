using Mu.Samples.Embedding;

await Tour.RunAsync(Console.Out);
