using Mu.ClientLib.Building;
using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Lua.Runtime;
using Mu.Lua.Runtime.Operations;

namespace Mu.Lua.Compilation;

// Counting until the function is worth compiling again, and the way from a running loop into the new code (on-stack replacement).
internal sealed partial class FunctionCompiler
{
    /// <summary>The part of an expression's site that is the assignment to it.</summary>
    private const int StorePart = 1;

    /// <summary>The loop at whose head this code begins; null when it begins at the function's entry.</summary>
    private readonly object? entered;

    /// <summary>Whether the code being written is that loop's.</summary>
    private bool isInEntered;

    /// <summary>What the variables held when the code for the loop was asked for.</summary>
    private readonly ulong[] enteredWith;

    /// <summary>What the code from here on may read, in the same order in every compilation of the function.</summary>
    private readonly List<Variable> live = [];

    /// <summary>Where the code begins that was entered at a loop.</summary>
    private Label? entry;

    /// <summary>A variable that the code from here on may read.</summary>
    private Variable NewLive(Value value, string name)
    {
        var variable = b.NewVariable(value, name);
        live.Add(variable);
        return variable;
    }

    private readonly Tier tier;

    /// <summary>Counts an entry.</summary>
    private void CountEntry()
    {
        if (tier == Tier.Specialized || isObserved) return;
        WhenHot(node, () => b.CCall(NativeConvention.Runtime, runtime.Leaves.Promote, b.Int64(prototype.Number), b.Int64((int)NextTier)));
    }

    /// <summary>Counts, and does something from the count on at which code of the next tier is made.</summary>
    private void WhenHot(object counted, Action act)
    {
        var cell = prototype.Feedback.HeatCell(counted, b.Bundle);
        var heat = b.Add(b.Load(cell), b.Int64(1));
        b.Store(cell, heat);
        var hot = b.NewLabel("hot", cold: true);
        var go = b.NewLabel("go");
        b.Branch(b.Compare(CompareOp.Sge, heat, b.Int64(runtime.RunsBefore(NextTier))), hot, go);
        b.PlaceSealed(hot);
        act();
        b.PlaceSealed(go);
    }

    private Tier NextTier => tier == Tier.Compact ? Tier.Recording : Tier.Specialized;

    /// <summary>
    /// Places a loop's head. A turn of a hot loop hands over to code that was compiled to begin there: all variables go through an array, and the frame is replaced by a tail call. In the
    /// last tier this is so for loops of which nothing was known yet, such as the next loop of a main chunk.
    /// </summary>
    private void BeginLoop(object loop, Label head)
    {
        if (ReferenceEquals(loop, entered))
        {
            EnterFromArray(head);
            isInEntered = true;
        }
        b.Place(head);
        if (prototype.ClosesVariables) Interruption.EmitCheck(f, runtime);
        if (isObserved || tier == Tier.Specialized && prototype.Feedback.Heat(loop, runtime.Vm) >= runtime.RunsBefore(Tier.Recording)) return;
        WhenHot(loop, () =>
        {
            var (number, code) = prototype.Feedback.EntryOf(loop, NextTier, b.Bundle);
            var array = LiveArray();
            var isMade = b.CCall(NativeConvention.Runtime, runtime.Leaves.PromoteLoop, b.Int64(prototype.Number), b.Int64(number), array)[0];
            b.If(b.Eq(isMade, b.Int64(1)), () => b.TailCall(b.Load(code), Self, array));
        });
    }

    /// <summary>All jumps to a loop's head have been written.</summary>
    private void EndLoop(object loop, Label head)
    {
        b.Seal(head);
        if (ReferenceEquals(loop, entered)) isInEntered = false;
    }

    /// <summary>The code from the function's beginning to the loop is unreachable then, and dropped, but for what a loop around leads through.</summary>
    private void JumpIntoLoop()
    {
        entry = b.NewLabel("osr");
        b.BranchIf(b.Bool(true), entry);
    }

    private Value LiveArray()
    {
        var words = new List<Value>();
        foreach (var variable in live) Encode(b.Read(variable), words);
        return ArrayOf(words, 0);
    }

    /// <summary>
    /// The variables from the array. In the last tier the kinds of numbers that were in it when the code was made are expected again; the branch out of this is cold, so that the loop
    /// knows them (<see cref="FunctionVersion.SplitsCold"/>).
    /// </summary>
    private void EnterFromArray(Label head)
    {
        b.Jump(head);
        b.PlaceSealed(entry!);
        var array = f.Parameters[1];
        int index = 0;
        foreach (var variable in live) b.Write(variable, Decode(variable.Type, () => b.Load(f.Item(array, b.Int64(index++)))));
        if (tier == Tier.Specialized) ExpectKinds(head);
        b.Jump(head);
    }

    private void ExpectKinds(Label head)
    {
        var other = b.NewLabel("osr.other", cold: true);
        int index = 0;
        foreach (var variable in live)
        {
            if (variable.Type == LuaTypes.Value) ExpectKind(b.Read(variable), enteredWith[index], other);
            index += variable.Type is IntType { Bits: 64 } ? 2 : 1;
        }
        b.Jump(head);
        b.PlaceSealed(other);
    }

    private void ExpectKind(Value value, ulong word, Label other)
    {
        if (TagRef64.IsInt(word)) b.BranchUnless(f.Tagged.IsInt(value), other);
        else if (TagRef64.IsDouble(word)) b.BranchUnless(f.Tagged.IsDouble(value), other);
    }

    /// <summary>Puts a value of whatever type into words that an array can hold.</summary>
    private void Encode(Value value, List<Value> words)
    {
        switch (value.Type)
        {
            case ReferenceType: words.Add(f.Tagged.FromRef(value, LuaTag.Cell)); break;
            case IntType { Bits: 64 }:
                words.Add(f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, b.And(value, b.Int64(uint.MaxValue)))));
                words.Add(f.Tagged.FromInt(b.Convert(ConvertOp.Trunc, IntType.I52, b.Binary(BinaryOp.LShr, value, b.Int64(32)))));
                break;
            case IntType: words.Add(f.Tagged.FromInt(b.Convert(ConvertOp.ZExt, IntType.I52, value))); break;
            default: words.Add(value); break;
        }
    }

    private Value Decode(MuType type, Func<Value> next)
    {
        switch (type)
        {
            case ReferenceType reference: return f.Tagged.ToRef(next(), reference);
            case IntType { Bits: 64 }:
                var low = f.Tagged.ToInt64(next());
                return b.Or(low, b.Binary(BinaryOp.Shl, f.Tagged.ToInt64(next()), b.Int64(32)));
            case IntType bits: return b.Convert(ConvertOp.Trunc, bits, f.Tagged.ToInt(next()));
            default: return next();
        }
    }
}
