namespace Mu.Lua;

/// <summary>An error of a Lua program that nothing in it caught, or one that a host function raises: <c>error</c> with any value.</summary>
public class LuaException : Exception
{
    /// <summary>An error with a message, as a string value. Raised by a host function, it gets no position.</summary>
    public LuaException(string message, Exception? inner = null)
        : base(message, inner) => Value = message;

    /// <summary>An error with any value.</summary>
    public LuaException(LuaValue value)
        : base(MessageOf(value)) => Value = value;

    internal LuaException(LuaValue value, string message, string? traceback, Exception? inner)
        : base(message, inner) => (Value, Traceback) = (value, traceback);

    /// <summary>The error value.</summary>
    public LuaValue Value { get; }

    /// <summary>"stack traceback:" and the levels where the error was raised; null for an error that has not been raised.</summary>
    public string? Traceback { get; }

    private static string MessageOf(LuaValue value) =>
        value.Type is LuaType.String or LuaType.Number ? value.ToString() : $"(error object is a {LuaValue.TypeName(value.Type)} value)";
}

/// <summary>A chunk that is no Lua. The message says where and why, as Lua's.</summary>
public sealed class LuaCompileException : LuaException
{
    internal LuaCompileException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>What ended a run that the program could not go on with (<see cref="LuaInterruptedException"/>).</summary>
public enum LuaInterruptReason
{
    /// <summary>The run took longer than <see cref="LuaLimits.Time"/>.</summary>
    Time,
    /// <summary>The state held more than <see cref="LuaLimits.Memory"/>.</summary>
    Memory,
    /// <summary>The host has cancelled it.</summary>
    Cancelled,
}

/// <summary>A limit, or the host, has ended the run. No pcall of the program caught this.</summary>
public sealed class LuaInterruptedException : LuaException
{
    internal LuaInterruptedException(LuaInterruptReason reason, string message, string? traceback)
        : base(message, message, traceback, null) => Reason = reason;

    /// <summary>Why.</summary>
    public LuaInterruptReason Reason { get; }
}
