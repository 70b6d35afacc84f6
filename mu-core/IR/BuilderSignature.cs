using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// Names and operands of <c>@uvm.irbuilder.*</c>: one instruction for each function of the specification's <c>MuIRBuilder</c>, with its parameters in their order (docs/irbuilder.md). A letter stands for
/// an int&lt;32&gt;: the symbol of what is defined (<c>d</c>), of a result or parameter (<c>r</c>), a type (<c>t</c>), signature (<c>s</c>), variable (<c>v</c>), block (<c>b</c>), instruction (<c>i</c>), destination
/// (<c>c</c>), current-stack (<c>p</c>) or new-stack clause (<c>q</c>), 0 or one of these (<c>o</c>), 0 or an exception (<c>x</c>) or keep-alive clause (<c>k</c>), a number (<c>n</c>);
/// <c>l</c>, <c>f</c> and <c>g</c> are an int&lt;64&gt;, float and double, <c>T</c> a text (<c>@uvm.meta.bytes.r</c>). <c>[</c> before a letter makes it an array: an iref to the first and an int&lt;64&gt; for
/// how many; after <c>{</c> there is no such number, because the next array's counts for both.
/// </summary>
internal static class BuilderSignature
{
    private static readonly (CommonOp Op, string Name, string Operands)[] Table =
    [
        (CommonOp.BuilderLoad, "load", ""),
        (CommonOp.BuilderAbort, "abort", ""),
        (CommonOp.BuilderGenerateSymbol, "gen_sym", "T"),
        (CommonOp.BuilderNewTypeInt, "new_type_int", "dn"),
        (CommonOp.BuilderNewTypeFloat, "new_type_float", "d"),
        (CommonOp.BuilderNewTypeDouble, "new_type_double", "d"),
        (CommonOp.BuilderNewTypeUPtr, "new_type_uptr", "dt"),
        (CommonOp.BuilderNewTypeUFuncPtr, "new_type_ufuncptr", "ds"),
        (CommonOp.BuilderNewTypeStruct, "new_type_struct", "d[t"),
        (CommonOp.BuilderNewTypeHybrid, "new_type_hybrid", "d[tt"),
        (CommonOp.BuilderNewTypeArray, "new_type_array", "dtl"),
        (CommonOp.BuilderNewTypeVector, "new_type_vector", "dtl"),
        (CommonOp.BuilderNewTypeVoid, "new_type_void", "d"),
        (CommonOp.BuilderNewTypeRef, "new_type_ref", "dt"),
        (CommonOp.BuilderNewTypeIRef, "new_type_iref", "dt"),
        (CommonOp.BuilderNewTypeWeakRef, "new_type_weakref", "dt"),
        (CommonOp.BuilderNewTypeFuncRef, "new_type_funcref", "ds"),
        (CommonOp.BuilderNewTypeTagRef64, "new_type_tagref64", "d"),
        (CommonOp.BuilderNewTypeThreadRef, "new_type_threadref", "d"),
        (CommonOp.BuilderNewTypeStackRef, "new_type_stackref", "d"),
        (CommonOp.BuilderNewTypeFrameCursorRef, "new_type_framecursorref", "d"),
        (CommonOp.BuilderNewTypeIRBuilderRef, "new_type_irbuilderref", "d"),
        (CommonOp.BuilderNewSignature, "new_funcsig", "d[t[t"),
        (CommonOp.BuilderNewConstantInt, "new_const_int", "dtl"),
        (CommonOp.BuilderNewConstantWideInt, "new_const_int_ex", "dt[l"),
        (CommonOp.BuilderNewConstantFloat, "new_const_float", "dtf"),
        (CommonOp.BuilderNewConstantDouble, "new_const_double", "dtg"),
        (CommonOp.BuilderNewConstantNull, "new_const_null", "dt"),
        (CommonOp.BuilderNewConstantComposite, "new_const_seq", "dt[v"),
        (CommonOp.BuilderNewConstantExtern, "new_const_extern", "dtT"),
        (CommonOp.BuilderNewGlobalCell, "new_global_cell", "dt"),
        (CommonOp.BuilderNewFunction, "new_func", "ds"),
        (CommonOp.BuilderNewExposedFunction, "new_exp_func", "dvnv"),
        (CommonOp.BuilderNewVersion, "new_func_ver", "dv[b"),
        (CommonOp.BuilderNewBlock, "new_bb", "d{r[to[i"),
        (CommonOp.BuilderNewDestinationClause, "new_dest_clause", "db[v"),
        (CommonOp.BuilderNewExceptionClause, "new_exc_clause", "dcc"),
        (CommonOp.BuilderNewKeepAliveClause, "new_keepalive_clause", "d[v"),
        (CommonOp.BuilderNewCurrentStackReturnWith, "new_csc_ret_with", "d[t"),
        (CommonOp.BuilderNewCurrentStackKillOld, "new_csc_kill_old", "d"),
        (CommonOp.BuilderNewNewStackPassValues, "new_nsc_pass_values", "d{t[v"),
        (CommonOp.BuilderNewNewStackThrow, "new_nsc_throw_exc", "dv"),
        (CommonOp.BuilderNewBinary, "new_binop", "drntvvx"),
        (CommonOp.BuilderNewBinaryWithStatus, "new_binop_with_status", "dr[rnntvvx"),
        (CommonOp.BuilderNewCompare, "new_cmp", "drntvv"),
        (CommonOp.BuilderNewConvert, "new_conv", "drnttv"),
        (CommonOp.BuilderNewSelect, "new_select", "drttvvv"),
        (CommonOp.BuilderNewBranch, "new_branch", "dc"),
        (CommonOp.BuilderNewBranch2, "new_branch2", "dvcc"),
        (CommonOp.BuilderNewSwitch, "new_switch", "dtvc{v[c"),
        (CommonOp.BuilderNewCall, "new_call", "d[rsv[vxk"),
        (CommonOp.BuilderNewTailCall, "new_tailcall", "dsv[v"),
        (CommonOp.BuilderNewReturn, "new_ret", "d[v"),
        (CommonOp.BuilderNewThrow, "new_throw", "dv"),
        (CommonOp.BuilderNewExtractValue, "new_extractvalue", "drtnv"),
        (CommonOp.BuilderNewInsertValue, "new_insertvalue", "drtnvv"),
        (CommonOp.BuilderNewExtractElement, "new_extractelement", "drttvv"),
        (CommonOp.BuilderNewInsertElement, "new_insertelement", "drttvvv"),
        (CommonOp.BuilderNewShuffleVector, "new_shufflevector", "drttvvv"),
        (CommonOp.BuilderNewNew, "new_new", "drtx"),
        (CommonOp.BuilderNewNewHybrid, "new_newhybrid", "drttvx"),
        (CommonOp.BuilderNewAlloca, "new_alloca", "drtx"),
        (CommonOp.BuilderNewAllocaHybrid, "new_allocahybrid", "drttvx"),
        (CommonOp.BuilderNewGetIRef, "new_getiref", "drtv"),
        (CommonOp.BuilderNewGetFieldIRef, "new_getfieldiref", "drntnv"),
        (CommonOp.BuilderNewGetElemIRef, "new_getelemiref", "drnttvv"),
        (CommonOp.BuilderNewShiftIRef, "new_shiftiref", "drnttvv"),
        (CommonOp.BuilderNewGetVarPartIRef, "new_getvarpartiref", "drntv"),
        (CommonOp.BuilderNewLoad, "new_load", "drnntvx"),
        (CommonOp.BuilderNewStore, "new_store", "dnntvvx"),
        (CommonOp.BuilderNewCompareExchange, "new_cmpxchg", "drrnnnntvvvx"),
        (CommonOp.BuilderNewAtomicRmw, "new_atomicrmw", "drnnntvvx"),
        (CommonOp.BuilderNewFence, "new_fence", "dn"),
        (CommonOp.BuilderNewTrap, "new_trap", "d{r[txk"),
        (CommonOp.BuilderNewWatchpoint, "new_watchpoint", "dn{r[tccok"),
        (CommonOp.BuilderNewWatchpointBranch, "new_wpbranch", "dncc"),
        (CommonOp.BuilderNewCCall, "new_ccall", "d[rntsv[vxk"),
        (CommonOp.BuilderNewNewThread, "new_newthread", "drvoqx"),
        (CommonOp.BuilderNewSwapStack, "new_swapstack", "d[rvpqxk"),
        (CommonOp.BuilderNewCommon, "new_comminst", "d[rn[n[t[s[vxk"),
    ];

    private static readonly Dictionary<CommonOp, string> Descriptions = Table.ToDictionary(entry => entry.Op, entry => entry.Operands);

    /// <summary>Names without sigil.</summary>
    public static IEnumerable<(CommonOp Op, string Name)> Names => [(CommonOp.BuilderNew, "uvm.irbuilder.new_ir_builder"), .. Table.Select(entry => (entry.Op, "uvm.irbuilder." + entry.Name))];

    /// <summary>The operands behind the builder of an instruction on a builder, else null.</summary>
    public static string? Of(CommonOp op) => Descriptions.GetValueOrDefault(op);

    /// <summary>What an instruction takes and gives, if it is one of these.</summary>
    public static MetaSignature? Types(CommonOp op)
    {
        if (op == CommonOp.BuilderNew) return new MetaSignature([], [SimpleType.IRBuilderRef]);
        return Of(op) is { } operands ? new MetaSignature([SimpleType.IRBuilderRef, .. OperandTypes(operands)], op == CommonOp.BuilderGenerateSymbol ? [IntType.I32] : []) : null;
    }

    private static IEnumerable<MuType> OperandTypes(string operands)
    {
        char array = ' ';
        foreach (char letter in operands)
        {
            if (letter is '[' or '{')
            {
                array = letter;
                continue;
            }

            MuType type = letter switch { 'l' => IntType.I64, 'f' => SimpleType.Float, 'g' => SimpleType.Double, 'T' => Predefined.BytesRef, _ => IntType.I32 };
            yield return array == ' ' ? type : new ReferenceType(TypeKind.IRef, type);
            if (array == '[') yield return IntType.I64;
            array = ' ';
        }
    }
}
