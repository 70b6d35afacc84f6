using Mu.Core.IR;
using Mu.Core.Types;
using Mu.Core.Verification;

namespace Mu.Core.Api;

/// <summary>Mu functions for native code.</summary>
public sealed unsafe partial class MuContext
{
    /// <summary>
    /// Makes a function callable by native code, by the platform's C convention, and gives it as a ufuncptr (<c>expose</c>). Its parameters and result are native-safe and no vectors.
    /// </summary>
    /// <param name="function">A funcref.</param>
    /// <param name="cookie">What <c>@uvm.native.get_cookie</c> gives in it.</param>
    public MuValue Expose(MuValue function, ulong cookie)
    {
        Function exposed = ToFunction(function) ?? throw new ArgumentException("the function is NULL");
        FunctionSignature signature = exposed.Signature;
        foreach (MuType type in signature.Parameters.Concat(signature.Results))
            if (!IsPassedToNativeCode(type)) throw new ArgumentException($"{exposed} takes or gives {type}, which native code does not know");
        if (signature.Results.Count > 1) throw new ArgumentException($"{exposed} has {signature.Results.Count} results; native code takes one at most");
        return Handle(new FunctionReferenceType(TypeKind.UFuncPtr, signature), vm.Machine.NativeEntries.Expose(exposed, cookie));
    }

    private static bool IsPassedToNativeCode(MuType type) => new TypeRules(new FindingList()).ImageOf(type) is { IsNativeSafe: true, HoldsVector: false };

    /// <summary>Ends <see cref="Expose"/>: native code must not call the function any more (<c>unexpose</c>).</summary>
    public void Unexpose(MuValue pointer)
    {
        if (!vm.Machine.NativeEntries.Unexpose(Word(pointer, TypeKind.UFuncPtr))) throw new ArgumentException("the value is no exposed function's address");
    }
}
