using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Threads;
using Mu.Core.Types;
using Mu.Core.Verification;

namespace Mu.Core.Api;

/// <summary>Boot images (docs/images.md).</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>
    /// Writes what is loaded, and what can be reached from its global cells, into a file from which a fresh process goes on (<c>make_boot_image</c>). Threads, stacks and cursors cannot be saved: a reference to one
    /// that is reached is refused, as is a native address without symbol.
    /// </summary>
    /// <exception cref="MuImageException">Something that cannot be saved; with the reason.</exception>
    public void MakeBootImage(Stream file, BootImageOptions? options = null)
    {
        options ??= new BootImageOptions();
        foreach ((MuValue location, _) in options.Symbols.Concat(options.Relocations))
            if (TypeOf(location).Kind != TypeKind.IRef) throw new ArgumentException($"a location is an iref and no {TypeOf(location)}");
        IReadOnlyList<Entity> loaded = vm.Loaded();
        // What only weak references hold is gone then.
        vm.Machine.Heap.Collect();
        ImageOutput? contents = null;
        vm.Machine.Heap.WithWorldStopped(() =>
        {
            var relocations = options.Relocations.ToDictionary(r => Word(r.Location), r => r.Symbol);
            var writer = new ImageWriter(vm.Machine, loaded, relocations);
            foreach (Entity entity in options.Whitelist ?? loaded) writer.Add(entity);
            ulong threadLocal = options.PrimordialThreadLocal is { } local ? Word(local, TypeKind.Ref) : 0;
            contents = writer.Write(options.PrimordialFunction, threadLocal, [.. options.Symbols.Select(s => (Word(s.Location), s.Symbol))]);
        });
        ImageFile.Write(file, contents!.Written);
    }

    /// <summary>Loads a boot image into a micro VM that has nothing of the same names. When it throws, nothing of the image is visible.</summary>
    /// <exception cref="MuImageException">The file is no image, is damaged, is of another version, or does not fit what is loaded; with the reason.</exception>
    /// <exception cref="MuOutOfMemoryException">The image's objects do not fit into the heap.</exception>
    public BootImage LoadBootImage(Stream file)
    {
        using var reader = new ImageReader(vm.Machine, ImageFile.Read(file));
        if (vm.Verify(reader.Bundle) is { Count: > 0 } findings) throw new MuImageException($"the image is ill-formed: {findings[0]}", new MalformedBundleException(findings));
        reader.Rehearse();
        MuValue? threadLocal = null;
        using HeapAccess inside = Thread.Inside();
        if (!reader.Allocate(Thread)) throw new MuOutOfMemoryException();
        Load(reader);
        if (reader.Fill() is var local and not 0) threadLocal = Handle(RefVoid, local);
        return new BootImage(reader.Bundle, reader.Primordial, threadLocal);
    }

    private void Load(ImageReader reader)
    {
        try
        {
            vm.Load(reader.Bundle, verify: false);
        }
        catch (Exception failure) when (failure is ArgumentException or EntryPointNotFoundException)
        {
            throw new MuImageException($"the image does not fit this micro VM: {failure.Message}", failure);
        }
    }
}
