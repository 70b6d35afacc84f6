using Mu.Core.Api;
using Mu.Core.Images;
using Mu.Core.IR;
using Mu.Core.Tests.Api;
using Mu.Core.Tests.Text;
using Mu.Core.Text;
using Mu.Core.Types;
using Xunit;

namespace Mu.Core.Tests.Images;

public sealed class BootImageTests
{
    [Theory, ClassData(typeof(Engines))]
    public void A_program_goes_on_from_an_image_on_the_other_engine(EngineKind engine)
    {
        byte[] image = Build(engine);
        using var vm = new MuVM(new MuVMOptions { Engine = engine == EngineKind.Jit ? EngineKind.Interpreter : EngineKind.Jit, CollectorStress = true, VerifyHeap = true });
        using MuContext context = vm.NewContext();
        context.LoadBootImage(new MemoryStream(image));
        for (int i = 0; i < 3; i++) Assert.Equal(ImageProgram.Sum, context.ToInt64(context.Call((Function)vm.Find("check"))[0]));
        vm.VerifyHeap();
    }

    [Fact]
    public void An_image_can_be_made_of_what_an_image_has_given()
    {
        byte[] image = Build(EngineKind.Jit);
        for (int generation = 0; generation < 3; generation++)
        {
            using var vm = new MuVM();
            using MuContext context = vm.NewContext();
            context.LoadBootImage(new MemoryStream(image));
            Assert.Equal(ImageProgram.Sum, context.ToInt64(context.Call((Function)vm.Find("check"))[0]));
            image = Save(context);
        }
    }

    /// <summary>Every program of the collection comes back from an image as the bundle that it was.</summary>
    [Fact]
    public void Code_comes_back_as_it_was()
    {
        foreach (string name in ProgramFiles.Names)
        {
            using MuVM from = new(), to = new();
            Bundle bundle = from.LoadText(ProgramFiles.Read(name), name);
            using MuContext context = from.NewContext(), loaded = to.NewContext();
            Bundle back = loaded.LoadBootImage(new MemoryStream(Save(context))).Bundle;
            // Anonymous types are listed in an image; what is named, and what the definitions say, is compared.
            Assert.Equal(Canonical(bundle), Canonical(back));
        }
    }

    private static string[] Canonical(Bundle bundle)
    {
        var named = new Bundle();
        named.Types.AddRange(bundle.Types.Where(t => t.Name is not null));
        named.Signatures.AddRange(bundle.Signatures.Where(s => s.Name is not null));
        named.Constants.AddRange(bundle.Constants.Where(c => c.Name is not null));
        named.Globals.AddRange(bundle.Globals);
        named.Functions.AddRange(bundle.Functions);
        named.Exposed.AddRange(bundle.Exposed);
        named.Versions.AddRange(bundle.Versions.OrderBy(v => v.Name, StringComparer.Ordinal));
        return [.. UirPrinter.Print(named).Split('\n').Order(StringComparer.Ordinal)];
    }

    [Theory, ClassData(typeof(Engines))]
    public void The_primordial_function_and_thread_local_reference_say_where_to_begin(EngineKind engine)
    {
        byte[] image;
        using (var vm = new MuVM(new MuVMOptions { Engine = engine }))
        {
            using MuContext context = vm.NewContext();
            vm.LoadText(ImageProgram.Text);
            context.Call((Function)vm.Find("build"));
            MuValue box = context.NewFixed((MuType)vm.Find("box"));
            context.Store(context.GetFieldIRef(context.GetIRef(box), 0), context.FromInt64(99));
            image = Save(context, new BootImageOptions { PrimordialFunction = (Function)vm.Find("check"), PrimordialThreadLocal = context.RefCast(box, Predefined.RefVoid) });
        }

        using var fresh = new MuVM(new MuVMOptions { Engine = engine });
        using MuContext there = fresh.NewContext();
        BootImage loaded = there.LoadBootImage(new MemoryStream(image));
        Assert.Equal(ImageProgram.Sum, there.ToInt64(there.Call(loaded.PrimordialFunction!)[0]));
        MuValue local = there.RefCast(loaded.PrimordialThreadLocal!.Value, new ReferenceType(TypeKind.Ref, (MuType)fresh.Find("box")));
        Assert.Equal(99, there.ToInt64(there.Load(there.GetFieldIRef(there.GetIRef(local), 0))));
    }

    [Fact]
    public void A_whitelist_keeps_what_it_names_and_what_that_reaches()
    {
        using MuVM from = new(), to = new();
        from.LoadText(ImageProgram.Text + "\n.global @other <@boxr>\n.funcdef @unneeded <@unary> {\n %entry(<@i64> %n):\n RET %n\n}\n");
        using MuContext context = from.NewContext(), there = to.NewContext();
        there.LoadBootImage(new MemoryStream(Save(context, new BootImageOptions { Whitelist = [from.Find("twice"), from.Find("head")] })));
        Assert.Equal(42, there.ToInt64(there.Call((Function)to.Find("twice"), there.FromInt64(21))[0]));
        Assert.Throws<KeyNotFoundException>(() => to.Find("unneeded"));
        Assert.Throws<KeyNotFoundException>(() => to.Find("other"));
        Assert.Throws<KeyNotFoundException>(() => to.Find("lines"));
    }

    [Fact]
    public void Symbols_name_locations_and_relocations_give_pointers_the_loading_process_addresses()
    {
        byte[] image;
        using (var vm = new MuVM())
        {
            using MuContext context = vm.NewContext();
            vm.LoadText(".typedef @i64 = int<64>\n.global @where <uptr<@i64>>\n.global @counter <@i64>\n");
            MuValue where = context.FromGlobal((GlobalCell)vm.Find("where")), counter = context.FromGlobal((GlobalCell)vm.Find("counter"));
            context.Store(where, context.FromInteger(context.TypeOf(context.Load(where)), 0x1234UL));
            Assert.Contains("no EXTERN constant", Assert.Throws<MuImageException>(() => Save(context)).Message);
            context.Store(counter, context.FromInt64(5));
            image = Save(context, new BootImageOptions { Relocations = [(where, "labs")], Symbols = [(counter, "the.counter")] });
        }

        using var fresh = new MuVM();
        using MuContext there = fresh.NewContext();
        there.LoadBootImage(new MemoryStream(image));
        fresh.LoadText("""
            .const @labs <uptr<@i64>> = EXTERN "labs"
            .const @counter.pointer <uptr<@i64>> = EXTERN "the.counter"
            """);
        Assert.Equal(there.ToUInt64(there.FromConstant((Constant)fresh.Find("labs"))), there.ToUInt64(there.Load(there.FromGlobal((GlobalCell)fresh.Find("where")))));
        Assert.Equal(5, there.ToInt64(there.Load(there.FromConstant((Constant)fresh.Find("counter.pointer")))));
    }

    [Fact]
    public void What_cannot_be_saved_is_refused_with_the_reason()
    {
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        vm.LoadText(".global @stack <stackref>\n.funcdef @f <() -> ()> {\n %entry():\n RET\n}\n");
        MuValue cell = context.FromGlobal((GlobalCell)vm.Find("stack"));
        context.Store(cell, context.NewStack(context.FromFunction((Function)vm.Find("f"))));
        Assert.Contains("stackref", Assert.Throws<MuImageException>(() => Save(context)).Message);
        Assert.Throws<ArgumentException>(() => Save(context, new BootImageOptions { Symbols = [(context.FromInt64(1), "s")] }));
    }

    [Fact]
    public void Foreign_and_damaged_files_are_refused_and_leave_nothing()
    {
        byte[] image = Build(EngineKind.Jit);
        using var vm = new MuVM();
        using MuContext context = vm.NewContext();
        Refused(context, "no boot image", "hello, this is some text and no image of anything"u8.ToArray());
        Refused(context, "no boot image", []);
        Refused(context, "checksum", Changed(image, image.Length - 1));
        Refused(context, "contents", image[..^1]);
        Refused(context, "header", image[..20]);
        Refused(context, "version", Changed(image, 8));
        Refused(context, "layout", Changed(image, 12));
        Assert.Throws<KeyNotFoundException>(() => vm.Find("check"));
        context.LoadBootImage(new MemoryStream(image));
        Refused(context, "taken", image);
        Assert.Equal(ImageProgram.Sum, context.ToInt64(context.Call((Function)vm.Find("check"))[0]));
    }

    [Fact]
    public void An_image_that_does_not_fit_the_heap_is_refused()
    {
        byte[] image;
        using (var vm = new MuVM())
        {
            using MuContext context = vm.NewContext();
            vm.LoadText(".typedef @bytes = hybrid<int<8>>\n.global @data <ref<@bytes>>\n");
            context.Store(context.FromGlobal((GlobalCell)vm.Find("data")), context.NewHybrid((HybridType)vm.Find("bytes"), 8 << 20));
            image = Save(context);
        }

        using var small = new MuVM(new MuVMOptions { MaxHeap = 1 << 20 });
        using MuContext there = small.NewContext();
        Assert.Throws<MuOutOfMemoryException>(() => there.LoadBootImage(new MemoryStream(image)));
        Assert.Throws<KeyNotFoundException>(() => small.Find("data"));
    }

    internal static byte[] Build(EngineKind engine)
    {
        using var vm = new MuVM(new MuVMOptions { Engine = engine });
        using MuContext context = vm.NewContext();
        vm.LoadText(ImageProgram.Text);
        context.Call((Function)vm.Find("build"));
        return Save(context);
    }

    private static byte[] Save(MuContext context, BootImageOptions? options = null)
    {
        var file = new MemoryStream();
        context.MakeBootImage(file, options);
        return file.ToArray();
    }

    private static byte[] Changed(byte[] image, int position)
    {
        byte[] changed = [.. image];
        changed[position] ^= 0x55;
        return changed;
    }

    private static void Refused(MuContext context, string reason, byte[] file) =>
        Assert.Contains(reason, Assert.Throws<MuImageException>(() => context.LoadBootImage(new MemoryStream(file))).Message, StringComparison.Ordinal);
}
