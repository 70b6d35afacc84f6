using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Hail;

/// <summary>What a HAIL script does, checked: all objects are made first, then the stores are done in order.</summary>
internal sealed record HailScript(IReadOnlyList<HailObject> Objects, IReadOnlyList<HailStore> Stores);

/// <summary>An object of a script.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Length">Number of elements, of a hybrid.</param>
internal sealed record HailObject(MuType Type, ulong Length);

/// <summary>A memory location, or the variable part of an object, which can only be initialised with a list or indexed.</summary>
/// <param name="Cell">The global cell that it is in, or null.</param>
/// <param name="Object">Else the number of the object that it is in.</param>
/// <param name="Offset">Where it begins there.</param>
/// <param name="Type">Its type, or that of its elements if it is a variable part.</param>
/// <param name="Elements">Number of elements of a variable part, else null.</param>
internal sealed record HailPlace(GlobalCell? Cell, int Object, long Offset, MuType Type, ulong? Elements = null);

/// <summary>One initialisation of a place that is no variable part, by a value of its type.</summary>
internal sealed record HailStore(HailPlace Place, HailValue Value);

/// <summary>A value to store.</summary>
internal abstract record HailValue;

/// <summary>Words that are known.</summary>
internal sealed record HailWords(ulong[] Words) : HailValue;

/// <summary>An integer of at most 64 bits.</summary>
internal sealed record HailInteger(IntType Type, ulong Value) : HailValue;

/// <summary>A constant, function, cell or exposed function.</summary>
internal sealed record HailGlobal(GlobalValue Value) : HailValue;

/// <summary>A reference to an object of the script.</summary>
internal sealed record HailReference(int Object) : HailValue;

/// <summary>The iref to a place.</summary>
internal sealed record HailAddress(HailPlace Place) : HailValue;

/// <summary>What a place holds when the store is done.</summary>
internal sealed record HailContents(HailPlace Place) : HailValue;

/// <summary>A tagref64 of a reference.</summary>
internal sealed record HailTagged(HailValue Reference, int Tag) : HailValue;
