using Mu.Lua.Runtime.Host;

namespace Mu.Lua.Library;

/// <summary>What the library needs of the state beyond objects: compilation, collection, stack inspection. The state implements it.</summary>
internal interface ILibraryHooks
{
    /// <summary>Collects the heap. Finalisers run later, in Lua code.</summary>
    void Collect(ref HostCall call);

    /// <summary>Bytes in use.</summary>
    long UsedBytes(ref HostCall call);

    /// <summary>A table got a metatable whose __mode is <paramref name="mode"/> ("" for none): its parts become weak or strong.</summary>
    void SetWeakness(ref HostCall call, int tableArgument, ReadOnlySpan<byte> mode);

    /// <summary>An object got a metatable with __gc.</summary>
    void MarkForFinalization(ref HostCall call, ulong value);

    /// <summary>The frame at a level of the current stack, for debug.getinfo, or of a coroutine; null when there is none. Level 0 is the library function itself.</summary>
    FrameDescription? FrameAt(ref HostCall call, long level, ulong coroutine);

    /// <summary>What is known of a function value.</summary>
    FunctionDescription Describe(ref HostCall call, ulong function);
}

/// <summary>A function, for debug.getinfo. Source is as <c>load</c> got it ("=[C]" for host functions).</summary>
internal sealed record FunctionDescription(
    string Source, string What, int FirstLine, int LastLine, int UpvalueCount, int ParameterCount, bool IsVariadic, Func<IReadOnlyCollection<int>> ActiveLines);

/// <summary>A frame, for debug.getinfo. The name is how the caller named the function, in the way of "global 'f'": null when unknown.</summary>
internal sealed record FrameDescription(ulong Function, FunctionDescription Description, int CurrentLine, string? Name, string NameWhat, bool IsTailCall);
