using Mu.Core.Hail;
using Mu.Core.Text;
using Mu.Core.Types;

namespace Mu.Core.Api;

/// <summary>HAIL scripts (docs/hail.md).</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>Makes the objects that a HAIL script describes, and initialises them and global cells (<c>load_hail</c>). When it throws, nothing has been initialised.</summary>
    /// <param name="text">The script.</param>
    /// <param name="fileName">Its name in error messages.</param>
    /// <exception cref="UirException">The text is no script, or does not fit what is loaded; with all errors.</exception>
    /// <exception cref="MuOutOfMemoryException">The objects do not fit into the heap.</exception>
    public void LoadHail(string text, string fileName = "script")
    {
        HailScript script = HailReader.Read(text, fileName, vm);
        using Threads.HeapAccess inside = Thread.Inside();
        var objects = new List<MuValue>();
        try
        {
            foreach (HailObject o in script.Objects) objects.Add(o.Type is HybridType hybrid ? NewHybrid(hybrid, o.Length) : NewFixed(o.Type));
            foreach (HailStore store in script.Stores) TypedMemory.Write(store.Place.Type, AddressOf(store.Place, objects), WordsOf(store.Value, objects));
        }
        finally
        {
            foreach (MuValue made in objects) handles.Delete(made);
        }
    }

    private ulong AddressOf(HailPlace place, List<MuValue> objects) => (place.Cell is { } cell ? vm.AddressOf(cell) : Word(objects[place.Object])) + (ulong)place.Offset;

    private ulong[] WordsOf(HailValue value, List<MuValue> objects) => value switch
    {
        HailWords known => known.Words,
        HailInteger integer => [ScalarWord.FromInteger(integer.Type, integer.Value)],
        HailGlobal global => [.. ScalarWord.OfConstant(global.Value, vm.Machine.Addresses.Of)],
        HailReference reference => [Word(objects[reference.Object])],
        HailAddress address => [AddressOf(address.Place, objects)],
        HailContents contents => TypedMemory.Read(contents.Place.Type, AddressOf(contents.Place, objects)),
        HailTagged tagged => [TagRef64.FromRef(WordsOf(tagged.Reference, objects)[0], tagged.Tag)],
        _ => throw new InvalidOperationException($"unknown value {value.GetType().Name}"),
    };
}
