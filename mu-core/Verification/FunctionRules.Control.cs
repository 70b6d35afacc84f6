using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>Branches, calls, traps, stacks and threads.</summary>
internal sealed partial class FunctionRules
{
    private ulong[] keyWords = [];

    private bool CheckSwitch(SwitchInstruction i)
    {
        if (!IsValue(i.OperandType)) return false;
        if (!i.OperandType.IsEqComparable) findings.Add($"SWITCH takes an int, a pointer, a ref, an iref or an opaque reference, found {EntityText.Of(i.OperandType)}");
        Expect(i.Operands[0], i.OperandType, "operand");
        if (keyWords.Length < i.Keys.Length) keyWords = new ulong[Math.Max(i.Keys.Length, 2 * keyWords.Length)];
        int words = 0;
        HashSet<GlobalValue>? addresses = null;
        HashSet<(ulong, ulong)>? wideKeys = null;
        foreach (GlobalValue key in i.Keys)
        {
            if (!Expect(key, i.OperandType, "key")) continue;
            if (key is IntConstant { Type.IsWideInt: true } wide)
            {
                if (!(wideKeys ??= []).Add((wide.High, wide.Value))) findings.Add($"the key {EntityText.Of(key)} occurs twice");
            }
            else if (key is IntConstant or NullConstant) keyWords[words++] = key is IntConstant c ? c.Value : 0;
            else if (!(addresses ??= []).Add(key)) findings.Add($"the key {EntityText.Of(key)} occurs twice");
        }
        CheckDistinct(keyWords.AsSpan(0, words));
        return true;
    }

    private void CheckDistinct(Span<ulong> words)
    {
        words.Sort();
        for (int i = 1; i < words.Length; i++)
            if (words[i] == words[i - 1]) findings.Add($"the key {words[i]} occurs twice");
    }

    private bool CheckCall(CallInstruction i)
    {
        if (!IsUsable(i.Signature)) return false;
        ExpectFunction(i.Callee, TypeKind.FuncRef, i.Signature);
        ExpectAll(i.Arguments, i.Signature.Parameters, "argument");
        return true;
    }

    private bool CheckTailCall(TailCallInstruction i)
    {
        if (!IsUsable(i.Signature)) return false;
        ExpectFunction(i.Callee, TypeKind.FuncRef, i.Signature);
        ExpectAll(i.Arguments, i.Signature.Parameters, "argument");
        if (IsUsable(version.Function.Signature) && !SameType.Of(i.Signature.Results, version.Function.Signature.Results))
            findings.Add($"TAILCALL of {EntityText.Of(i.Signature)} from a function of signature {EntityText.Of(version.Function.Signature)}: the results differ");
        return true;
    }

    private bool CheckReturn(ReturnInstruction i)
    {
        if (IsUsable(version.Function.Signature)) ExpectAll(i.Operands, version.Function.Signature.Results, "returned value");
        return true;
    }

    private bool CheckThrow(ThrowInstruction i)
    {
        ExpectKind(i.Exception, TypeKind.Ref, "a ref", "exception");
        return true;
    }

    private bool AreResultValues(Instruction i)
    {
        bool areValues = true;
        foreach (InstructionResult result in i.Results) areValues &= IsValue(result.Type);
        if (areValues) types.CheckWords(Array.ConvertAll(i.Results, r => r.Type), "results");
        return areValues;
    }

    private bool CheckWatchpointId(int id)
    {
        if (id <= 0) findings.Add($"watchpoints are numbered from 1, found {id}");
        return true;
    }

    private bool CheckNativeCall(CCallInstruction i)
    {
        if (!(IsUsable(i.Signature) & IsUsable(i.CalleeType))) return false;
        if (i.CalleeType is not FunctionReferenceType { Kind: TypeKind.UFuncPtr } pointer || !SameType.Of(pointer.Signature, i.Signature))
            findings.Add($"expected ufuncptr<{EntityText.Of(i.Signature)}>, found {EntityText.Of(i.CalleeType)}");
        Expect(i.Callee, i.CalleeType, "callee");
        ExpectAll(i.Arguments, i.Signature.Parameters, "argument");
        switch (i.Convention)
        {
            case NativeConvention.Default: CheckDefaultConvention(i.Signature); break;
            case NativeConvention.Runtime: CheckRuntimeConvention(i.Signature); break;
            default: findings.Add($"there is no calling convention {(int)i.Convention}"); break;
        }
        return true;
    }

    private void CheckDefaultConvention(FunctionSignature signature)
    {
        types.CheckNative(signature, type => findings.Add($"CCALL #DEFAULT with {EntityText.Of(type)}, which is not native-safe"));
        if (signature.Results.Count > 1) findings.Add($"a native function has one result at most, found {signature.Results.Count}");
    }

    private void CheckRuntimeConvention(FunctionSignature signature)
    {
        CheckScalars(signature.Parameters);
        CheckScalars(signature.Results);
        IReadOnlyList<MuType> results = signature.Results;
        if (results.Count > 2) findings.Add($"a runtime function has two results at most, found {results.Count}");
        if (results.Count == 2 && (results[0].IsFloatingPoint || results[1].IsFloatingPoint)) findings.Add("of a runtime function's two results none is float or double");
    }

    private void CheckScalars(IReadOnlyList<MuType> exchanged)
    {
        for (int i = 0; i < exchanged.Count; i++)
            if (!exchanged[i].IsWord) findings.Add($"CCALL #RUNTIME with {EntityText.Of(exchanged[i])}, which is not one word");
    }

    private bool CheckSwapStack(SwapStackInstruction i)
    {
        ExpectKind(i.Swappee, TypeKind.StackRef, "stackref", "stack");
        CheckNewStackClause(i.Clause, i.Operands.AsSpan(1));
        return i.ReturnTypes is not { } returned || AreValues(returned);
    }

    private bool CheckNewThread(NewThreadInstruction i)
    {
        ExpectKind(i.Stack, TypeKind.StackRef, "stackref", "stack");
        if (i.HasThreadLocal) Expect(i.Operands[1], RefVoid, "thread-local reference");
        CheckNewStackClause(i.Clause, i.Operands.AsSpan(i.HasThreadLocal ? 2 : 1));
        return true;
    }

    private void CheckNewStackClause(NewStackClause clause, ReadOnlySpan<Value> operands)
    {
        if (clause.Exception is not null) ExpectKind(operands[0], TypeKind.Ref, "a ref", "exception");
        else if (AreValues(clause.PassTypes)) ExpectAll(operands, clause.PassTypes, "passed value");
    }
}
