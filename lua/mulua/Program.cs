Console.WriteLine("mulua: not built yet");
