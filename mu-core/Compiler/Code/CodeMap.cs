using System.Numerics;

namespace Mu.Core.Compiler.Code;

/// <summary>A call site together with the code that it is in.</summary>
/// <param name="Function">The code.</param>
/// <param name="Site">The site.</param>
internal readonly record struct CodePosition(CompiledFunction Function, CallSite Site);

/// <summary>Finds call sites by return address in constant time, and code by any address in it. Readers need no lock.</summary>
internal sealed class CodeMap : IDisposable
{
    private readonly Lock gate = new();
    private Table table = new(1024);
    private CompiledFunction[] functions = [];
    private int functionCount;

    /// <summary>What of it the Throw stub reads.</summary>
    public UnwindTable Unwinding { get; } = new();

    /// <summary>Adds code with all its call sites; before any of it can run.</summary>
    public void Add(CompiledFunction function)
    {
        lock (gate)
        {
            AddRange(function);
            foreach (CallSite site in function.CallSites)
            {
                if ((table.Count + 1) * 2 > table.Keys.Length) table = table.Doubled();
                ulong returnAddress = function.Start + (ulong)site.ReturnOffset;
                table.Insert(returnAddress, new CodePosition(function, site));
                Unwinding.Add(returnAddress, site.LandingOffset < 0 ? 0 : function.Start + (ulong)site.LandingOffset, 8 + (ulong)site.FrameSize);
            }
        }
    }

    /// <summary>The call site that returns to this address.</summary>
    public bool TryFind(ulong returnAddress, out CodePosition position) => Volatile.Read(ref table).TryFind(returnAddress, out position);

    /// <summary>The call site that returns to this address, which must be one.</summary>
    public CodePosition Find(ulong returnAddress) =>
        TryFind(returnAddress, out CodePosition position) ? position : throw new InvalidOperationException($"{returnAddress:X} is the return address of no call site");

    /// <summary>The code that contains an address; null if none does.</summary>
    public CompiledFunction? FindCode(ulong address)
    {
        lock (gate)
        {
            int low = 0, high = functionCount - 1;
            while (low <= high)
            {
                int middle = (low + high) / 2;
                CompiledFunction function = functions[middle];
                if (address < function.Start) high = middle - 1;
                else if (address - function.Start < (ulong)function.Size) return function;
                else low = middle + 1;
            }
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Unwinding.Dispose();

    private void AddRange(CompiledFunction function)
    {
        if (functionCount == functions.Length) Array.Resize(ref functions, Math.Max(64, functionCount * 2));
        int place = functionCount;
        while (place > 0 && functions[place - 1].Start > function.Start) place--;
        Array.Copy(functions, place, functions, place + 1, functionCount - place);
        functions[place] = function;
        functionCount++;
    }

    /// <summary>Open addressing with linear probing; a position is published before its key.</summary>
    private sealed class Table(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        private readonly CodePosition[] positions = new CodePosition[capacity];
        private readonly int shift = 64 - BitOperations.Log2((uint)capacity);

        public int Count { get; private set; }

        public void Insert(ulong key, CodePosition position)
        {
            int i = Home(key);
            while (Keys[i] != 0)
            {
                if (Keys[i] == key) throw new InvalidOperationException($"two call sites at {key:X}");
                i = (i + 1) & (Keys.Length - 1);
            }
            positions[i] = position;
            Volatile.Write(ref Keys[i], key);
            Count++;
        }

        public bool TryFind(ulong key, out CodePosition position)
        {
            for (int i = Home(key); ; i = (i + 1) & (Keys.Length - 1))
            {
                ulong found = Volatile.Read(ref Keys[i]);
                position = found == key ? positions[i] : default;
                if (found == key || found == 0) return found != 0;
            }
        }

        public Table Doubled()
        {
            var larger = new Table(Keys.Length * 2);
            for (int i = 0; i < Keys.Length; i++)
                if (Keys[i] != 0) larger.Insert(Keys[i], positions[i]);
            return larger;
        }

        private int Home(ulong key) => (int)(key * 0x9E37_79B9_7F4A_7C15 >> shift);
    }
}
