using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Lua.Runtime.Operations;

/// <summary>What operands an operator has been given.</summary>
[Flags]
internal enum OperandKinds : byte
{
    None = 0,
    /// <summary>Two small integers.</summary>
    Ints = 1,
    /// <summary>Two floats.</summary>
    Floats = 2,
    /// <summary>Numbers of both kinds.</summary>
    Mixed = 4,
    Numbers = Ints | Floats | Mixed,
}

/// <summary>
/// A place of a function where an operation stands, and what is expected there. The recording tier of code expects little and records in the site's cell what comes;
/// the last tier has inline what the cell says (compare Hölzle and Ungar, "Optimizing dynamically-dispatched calls with run-time type feedback", PLDI 1994).
/// </summary>
internal sealed class Site
{
    /// <summary>The cell: the place that the inline cache holds, runs of the slow path, prototype of the function, how often which operands came.</summary>
    public static readonly StructType Type = new(IntType.I64, IntType.I32, IntType.I32, IntType.I32, IntType.I32, IntType.I32) { Name = "lua.site" };

    public static readonly ReferenceType Location = new(TypeKind.IRef, Type);

    public const int Place = 0, SlowRuns = 1, Owner = 2, Ints = 3, Floats = 4, Mixed = 5;

    /// <summary>Runs of a slow path from which on it is no exception.</summary>
    public const int CommonSlowRuns = 64;

    /// <summary>Runs of the slow path at which a function is compiled again with everything inline at the site.</summary>
    public const int RecompilingRuns = 2000;

    public required GlobalCell Cell { get; init; }

    /// <summary>Whether the common cases stand inline; else the operation is a call.</summary>
    public bool IsInline { get; init; } = true;

    /// <summary>Operands that have their code inline.</summary>
    public required OperandKinds Expected { get; init; }

    /// <summary>Whether the code records what comes.</summary>
    public required bool Records { get; init; }

    /// <summary>Whether the slow path is no exception.</summary>
    public bool SlowIsCommon { get; init; }

    /// <summary>The place that the inline cache held when the code was made; −1: to be read from the cell at run time.</summary>
    public long KnownPlace { get; init; } = -1;

    public bool Expects(OperandKinds kinds) => (Expected & kinds) != 0;

    /// <summary>Code that counts operands of a kind.</summary>
    public void Record(FunctionBuilder b, OperandKinds kinds) =>
        Count(b, kinds switch { OperandKinds.Ints => Ints, OperandKinds.Floats => Floats, _ => Mixed });

    /// <summary>Code at the beginning of a slow path.</summary>
    public void RecordSlow(FunctionBuilder b) => Count(b, SlowRuns);

    private void Count(FunctionBuilder b, int field)
    {
        if (Records) b.StoreField(Cell, field, b.Add(b.LoadField(Cell, field), b.Int32(1)));
    }

    public Label NewSlowLabel(FunctionBuilder b, string name) => b.NewLabel(name, cold: !SlowIsCommon);
}

/// <summary>A site's cell, for C#.</summary>
internal struct SiteMemory
{
    public long Place;
    public int SlowRuns;
    public int Owner;
    public int Ints, Floats, Mixed;

    /// <summary>Kinds of operands that are more than a rare exception.</summary>
    public readonly OperandKinds Common
    {
        get
        {
            long least = Math.Max(((long)Ints + Floats + Mixed) / 256, 1);
            return (Ints >= least ? OperandKinds.Ints : 0) | (Floats >= least ? OperandKinds.Floats : 0) | (Mixed >= least ? OperandKinds.Mixed : 0);
        }
    }
}
