using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Host;
using Mu.Lua.Runtime.Leaves;
using Mu.Lua.Text.Packing;

namespace Mu.Lua.Library;

/// <summary>string.pack, packsize and unpack.</summary>
internal static unsafe partial class StringLibrary
{
    private static LeafResult Pack(ref HostCall c)
    {
        // Numbers packed as strings become strings in place, which may collect: the format is kept outside of the heap.
        byte[] format = c.CheckString(0).ToArray();
        var buffer = c.Library().TakeBuffer();
        var reader = new PackReader(format);
        int argument = 0;
        while (reader.MoveNext(buffer.Length))
        {
            var item = reader.Current;
            Packer.Begin(item, buffer);
            if (!item.TakesValue) continue;
            argument++;
            // PUC has pushed a nil there.
            if (argument == c.Count) throw c.ArgumentError(argument, $"{(item.Kind <= PackKind.Double ? "number" : "string")} expected, got nil");
            var problem = PackProblem.None;
            switch (item.Kind)
            {
                case PackKind.Signed or PackKind.Unsigned: problem = Packer.WriteInteger(item, c.CheckInteger(argument), buffer); break;
                case PackKind.Float or PackKind.Double: Packer.WriteReal(item, c.CheckNumber(argument), buffer); break;
                default: problem = Packer.WriteString(item, c.CheckString(argument), buffer); break;
            }
            if (problem != PackProblem.None) throw PackError(ref c, problem, PackProblemText.Of(problem, item.Size), argument);
        }
        if (reader.Problem != PackProblem.None) throw PackError(ref c, reader.Problem, reader.ProblemText, argument);
        return c.StringResult(buffer.Written);
    }

    private static LeafResult PackSize(ref HostCall c)
    {
        long size = Packer.Size(c.CheckString(0), out var problem, out string message);
        return size >= 0 ? HostCall.One(TagRef64.FromInt(size)) : throw PackError(ref c, problem, message, 0);
    }

    private static LeafResult Unpack(ref HostCall c)
    {
        c.EnsureString(0);
        c.EnsureString(1);
        long position = c.OptionalInteger(2, 1);
        // Values are read first and made afterwards: making them may move the data.
        var values = c.Library().Unpacked;
        values.Clear();
        var unpacker = new Unpacker(Arguments.BytesOf(c[0]), Arguments.BytesOf(c[1]), position);
        while (unpacker.MoveNext())
        {
            int end = unpacker.Position - 1 - (unpacker.Kind == PackKind.ZeroString ? 1 : 0);
            values.Add(unpacker.Kind switch
            {
                PackKind.Signed or PackKind.Unsigned => new(unpacker.Kind, unpacker.Integer, 0, 0),
                PackKind.Float or PackKind.Double => new(unpacker.Kind, 0, unpacker.Real, 0),
                _ => new(unpacker.Kind, end - unpacker.Text.Length, 0, unpacker.Text.Length),
            });
        }
        if (unpacker.Problem != PackProblem.None) throw PackError(ref c, unpacker.Problem, unpacker.ProblemText, 0);
        return MakeUnpacked(ref c, values, unpacker.Position);
    }

    private static LeafResult MakeUnpacked(ref HostCall c, List<UnpackedValue> values, int next)
    {
        ref ulong results = ref c.NewResults(values.Count + 1);
        for (int i = 0; i < values.Count; i++)
        {
            var value = values[i];
            ulong word = value.Kind switch
            {
                PackKind.Signed or PackKind.Unsigned => c.Integer(value.Integer),
                PackKind.Float or PackKind.Double => TagRef64.FromDouble(value.Real),
                _ => c.Substring(c[1], (int)value.Integer, value.Length),
            };
            Arguments.SetResult(ref results, i, word);
        }
        Arguments.SetResult(ref results, values.Count, TagRef64.FromInt(next));
        return c.Results(ref results);
    }

    private static LuaFailure PackError(ref HostCall c, PackProblem problem, string message, int argument) => PackProblemText.Subject(problem) switch
    {
        PackSubject.Format => c.ArgumentError(0, message),
        PackSubject.Value => c.ArgumentError(argument, message),
        PackSubject.Data => c.ArgumentError(1, message),
        PackSubject.Position => c.ArgumentError(2, message),
        _ => c.Error(message),
    };
}

/// <summary>A value that string.unpack read; of a string, where it starts in the data (in <paramref name="Integer"/>) and its length.</summary>
internal readonly record struct UnpackedValue(PackKind Kind, long Integer, double Real, int Length);
