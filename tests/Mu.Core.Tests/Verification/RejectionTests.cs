using Xunit;

namespace Mu.Core.Tests.Verification;

/// <summary>What the text form can say and a bundle must not.</summary>
public class RejectionTests
{
    private const string Entry = "@f.v.entry";

    /// <summary>Top-level definitions, and the finding.</summary>
    public static TheoryData<string, string> Definitions => new()
    {
        { ".typedef @t = struct<>", "@t: a struct has at least one field" },
        { ".typedef @t = struct<@i64 void>", "@t: field 1 is void" },
        { ".typedef @t = hybrid<void @i64>", "@t: field 0 is void" },
        { ".typedef @t = hybrid<@i64 void>", "@t: the variable part's element is void" },
        { ".typedef @t = array<void 2>", "@t: the element is void" },
        { ".typedef @t = struct<@hyb>", "@t: field 0 is the hybrid @hyb, which cannot be part of another type" },
        { ".typedef @t = hybrid<@i64 @hyb>", "@t: the variable part's element is the hybrid @hyb, which cannot be part of another type" },
        { ".typedef @t = array<@hyb 2>", "@t: the element is the hybrid @hyb, which cannot be part of another type" },
        { ".typedef @t = array<@i64 0>", "@t: an array has at least one element" },
        { ".typedef @t = vector<@i32 0>", "@t: a vector has at least one element" },
        { ".typedef @t = vector<@pair 2>", "@t: elements of a vector are scalars, found @pair" },
        { ".typedef @t = struct<@t>", "@t: @t contains itself by value, or an incomplete type, or nests deeper than 200" },
        { ".typedef @t = struct<@i64 array<@t 2>>", "@t: @t contains itself by value, or an incomplete type, or nests deeper than 200" },
        { ".typedef @t = int<0>", "@t: an int has 1 to 64 bits, or 128" },
        { ".typedef @t = int<129>", "@t: an int has 1 to 64 bits, or 128" },
        { ".typedef @t = int<65>", "@t: an int has 1 to 64 bits, or 128" },
        { ".typedef @t = array<@i64 0x10000000>", "@t: a type of 2 GB or more is not supported yet" },
        { ".typedef @t = array<@i64 0xffffffffffffffff>", "@t: a type of 2 GB or more is not supported yet" },
        { ".typedef @t = uptr<@r>", "@t: @r is not native-safe" },
        { ".typedef @t = uptr<struct<@i64 @tr>>", "@t: struct<@i64 @tr> is not native-safe" },
        { ".typedef @t = uptr<uptr<@ii>>", "@t: uptr<@ii>: @ii is not native-safe" },
        { ".typedef @t = ufuncptr<(struct<@i64 @r>) -> ()>", "@t: struct<@i64 @r> is not native-safe" },
        { ".funcsig @t = (void) -> ()", "@t: parameter 0: there are no values of type void" },
        { ".funcsig @t = (@i64) -> (@i64 @hyb)", "@t: result 1: there are no values of type @hyb" },
        { ".funcsig @t = (@wr) -> ()", "@t: parameter 0: there are no values of type @wr" },
        { ".funcsig @t = (@weak) -> ()", "@t: parameter 0: there are no values of type @weak" },
        { ".const @t <@d> = 5", "@t: an integer constant is not of type @d" },
        { ".const @t <@r> = 5", "@t: an integer constant is not of type @r" },
        { ".const @t <@d> = 1.0f", "@t: a float constant is not of type @d" },
        { ".const @t <@i64> = 1.0d", "@t: a double constant is not of type @i64" },
        { ".const @t <@i64> = NULL", "@t: NULL is not of type @i64" },
        { ".const @t <@tr> = NULL", "@t: NULL is not of type @tr" },
        { ".const @t <@wr> = NULL", "@t: NULL is not of type @wr" },
        { ".const @t <@i64> = EXTERN \"sin\"", "@t: EXTERN is not of type @i64" },
        { ".const @t <@i64> = tagref int 1", "@t: a tagref constant is not of type @i64" },
        { ".const @t <@i64> = {@ONE}", "@t: {…} is not of type @i64" },
        { ".const @t <@pair> = {@ONE}", "@t: @pair has 2 parts, found 1" },
        { ".const @t <@arr> = {@ONE @ONE @ONE @ONE @ONE}", "@t: @arr has 4 parts, found 5" },
        { ".const @t <@pair> = {@ONE @ONE}", "@t: part 1: expected @d, found @i64" },
        { ".const @t <@weak> = {@ONE @NIL}", "@t: there are no values of type @weak" },
        { ".global @t <@hyb>", "@t: a global cell is of fixed size, so not a hybrid" },
        { ".expose @t = @g #FAST @ONE", "@t: found the convention #FAST, expected #DEFAULT" },
        { ".expose @t = @g #DEFAULT @TRUE", "@t: a cookie is an int<64>, found @i1" },
        { ".expose @t = @k #DEFAULT @ONE .funcdecl @k <(@r) -> ()>", "@t: @r is not native-safe" },
        { ".expose @t = @k #DEFAULT @ONE .funcdecl @k <() -> (@i64 @i64)>", "@t: native code takes one result at most" },
        { ".funcdef @t VERSION %v <@none> { }", "@t.v: a function has at least one block" },
        { ".funcdef @t VERSION %v <@none> { %e(): RET } .funcdef @t VERSION %w <@none> { %e(): RET }", "@t.w: @t is defined twice in the bundle" },
        { ".funcdef @t VERSION %v <@none> { %e(): RET } .funcdef @g VERSION @t.v <@sig> { %e(<@i64> %a <@d> %b): RET %a }", "@t.v: the name @t.v is taken by another entity of the bundle" },
        { ".funcdef @t VERSION %v <@none> { %e() [%exc]: RET }", "@t.v.e: the entry block has an exception parameter" },
        { ".funcdef @t VERSION %v <@sig> { %e(<@i64> %a): RET %a }", "@t.v.e: the entry block has 1 parameters, the signature @sig has 2" },
        { ".funcdef @t VERSION %v <@sig> { %e(<@i64> %a <@s> %b): RET %a }", "@t.v.e: parameter 1: expected @d, found @s" },
        { ".funcdef @t VERSION %v <@none> { %e(): }", "@t.v.e: the block is empty: it does not end with a terminator" },
    };

    /// <summary>Bodies (see <see cref="Verifying.ReadBody"/>), and the finding's block and instruction in short: <c>0</c> is the entry's first, <c>b.0</c> that of block %b.</summary>
    public static TheoryData<string, string, string> Bodies => new()
    {
        { "%q = ADD <@i64> %a %b", "0 ADD", "the block does not end with a terminator" },
        { "RET %a RET %b", "0 RET", "a terminator inside of a block" },
        { "BRANCH %n(%a) %n(<@i64> %c): RET %c RET %c", "n.0 RET", "a terminator inside of a block" },
        { "BRANCH %n() %n(<@i64> %c): RET %c", "0 BRANCH", "@f.v.n has 1 parameters, 0 arguments are passed" },
        { "BRANCH %n(%x) %n(<@i64> %c): RET %c", "0 BRANCH", "argument of a destination @f.v.entry.x: expected @i64, found @d" },
        { "BRANCH %n() %n() [%exc]: RET @ONE", "0 BRANCH", "@f.v.n has an exception parameter, and this edge brings no exception" },
        { "%q = SDIV <@i64> %a %b EXC(%n() %n()) %n() [%exc]: RET @ONE", "0 SDIV", "@f.v.n has an exception parameter, and this edge brings no exception" },
        { "%q = SDIV <@i64> %a %b EXC(%n(%q) %n(%q)) %n(<@i64> %c): RET %c", "0 SDIV", "@f.v.entry.q is not defined in this block before its use" },
        { "BRANCH %n() %n(<void> %c): RET @ONE", "", "@f.v.n: there are no values of type void" },
        { "%q = ADD <@i64> %a %x RET %q", "0 ADD", "right operand @f.v.entry.x: expected @i64, found @d" },
        { "%q = ADD <@d> %x %x RET %a", "0 ADD", "ADD takes an int, found @d" },
        { "%q = FADD <@i64> %a %b RET %a", "0 FADD", "FADD takes float or double, found @i64" },
        { "%q = XOR <@r> %r %r RET %a", "0 XOR", "XOR takes an int, found @r" },
        { "(%q %v) = XOR [#V] <@i64> %a %b RET %a", "0 XOR", "XOR on @i64 does not give the status flag V" },
        { "(%q %n %c) = SDIV [#N #C] <@i64> %a %b RET %a", "0 SDIV", "SDIV on @i64 does not give the status flag C" },
        { "(%q %z) = FADD [#Z] <@d> %x %x RET %a", "0 FADD", "FADD on @d does not give the status flag Z" },
        { "%q = ADD <@i64> %a %b EXC(%n() %n()) %n(): RET @ONE", "0 ADD", "ADD cannot have an EXC clause" },
        { "%q = EQ <@i64> %a %b EXC(%n() %n()) %n(): RET @ONE", "0 EQ", "EQ cannot have an EXC clause" },
        { "%q = COMMINST @uvm.current_stack EXC(%n() %n()) %n(): RET @ONE", "0 @uvm.current_stack", "@uvm.current_stack cannot have an EXC clause" },
        { "%q = GETIREF <void> %r EXC(%n() %n()) %n(): RET @ONE", "0 GETIREF", "GETIREF cannot have an EXC clause" },
        { "%q = EQ <@d> %x %x RET %a", "0 EQ", "EQ takes an int, a pointer, a ref, an iref or an opaque reference, found @d" },
        { "%q = NE <@tr> @T5 @T5 RET %a } .const @T5 <@tr> = tagref int 5 .funcdef @z <@none> { %e(): RET", "0 NE", "NE takes an int, a pointer, a ref, an iref or an opaque reference, found @tr" },
        { "%q = SLT <@ii> %p %p RET %a", "0 SLT", "SLT takes an int, found @ii" },
        { "%q = ULT <@r> %r %r RET %a", "0 ULT", "ULT takes an int, a pointer or an iref, found @r" },
        { "%q = FOLT <@i64> %a %b RET %a", "0 FOLT", "FOLT takes float or double, found @i64" },
        { "%q = EQ <@i64> %a %x RET %a", "0 EQ", "right operand @f.v.entry.x: expected @i64, found @d" },
        { "%q = TRUNC <@i8 @i64> %a RET %a", "0 TRUNC", "TRUNC does not convert @i8 to @i64" },
        { "%q = ZEXT <@i64 @i8> %a RET %a", "0 ZEXT", "ZEXT does not convert @i64 to @i8" },
        { "%q = SEXT <@i64 @d> %a RET %a", "0 SEXT", "SEXT does not convert @i64 to @d" },
        { "%q = FPTRUNC <@s @d> %x RET %a", "0 FPTRUNC", "FPTRUNC does not convert @s to @d" },
        { "%q = FPEXT <@d @s> %x RET %a", "0 FPEXT", "FPEXT does not convert @d to @s" },
        { "%q = SITOFP <@d @i64> %x RET %a", "0 SITOFP", "SITOFP does not convert @d to @i64" },
        { "%q = FPTOSI <@i64 @d> %a RET %a", "0 FPTOSI", "FPTOSI does not convert @i64 to @d" },
        { "%q = BITCAST <@i32 @d> %a RET %a", "0 BITCAST", "BITCAST does not convert @i32 to @d" },
        { "%q = BITCAST <@i64 @r> %a RET %a", "0 BITCAST", "BITCAST does not convert @i64 to @r" },
        { "%q = REFCAST <@r @ii> %r RET %a", "0 REFCAST", "REFCAST does not convert @r to @ii" },
        { "%q = REFCAST <@i64 @r> %a RET %a", "0 REFCAST", "REFCAST does not convert @i64 to @r" },
        { "%q = PTRCAST <@ii @i64> %p RET %a", "0 PTRCAST", "PTRCAST does not convert @ii to @i64" },
        { "%q = PTRCAST <@i64 @i32> %a RET %a", "0 PTRCAST", "PTRCAST does not convert @i64 to @i32" },
        { "%q = TRUNC <@i32 @i8> %a RET %a", "0 TRUNC", "operand @f.v.entry.a: expected @i32, found @i64" },
        { "%q = SELECT <@i64 @i64> %a %a %b RET %a", "0 SELECT", "SELECT by @i64: expected int<1>, or a vector of it with as many elements as the values" },
        { "%q = SELECT <@i1 @i64> @TRUE %a %x RET %a", "0 SELECT", "value @f.v.entry.x: expected @i64, found @d" },
        { "%q = SELECT <@i1 void> @TRUE %a %x RET %a", "0 SELECT", "there are no values of type void" },
        { "BRANCH2 %a %n() %n() %n(): RET @ONE", "0 BRANCH2", "condition @f.v.entry.a: expected int<1>, found @i64" },
        { "SWITCH <@d> %x %n() { } %n(): RET @ONE", "0 SWITCH", "SWITCH takes an int, a pointer, a ref, an iref or an opaque reference, found @d" },
        { "SWITCH <@i64> %a %n() { @ONE %n() @UNO %n() } %n(): RET @ONE", "0 SWITCH", "the key 1 occurs twice" },
        { "SWITCH <@i64> %a %n() { @HALF %n() } %n(): RET @ONE", "0 SWITCH", "key @HALF: expected @i64, found @d" },
        { "SWITCH <@ii> %p %n() { @cell %n() @cell %n() } %n(): RET @ONE", "0 SWITCH", "the key @cell occurs twice" },
        { "%q = CALL <@sig> @g (%a) RET %a", "0 CALL", "arguments: expected 2, found 1" },
        { "%q = CALL <@sig> @g (%a %b) RET %a", "0 CALL", "argument @f.v.entry.b: expected @d, found @i64" },
        { "%q = CALL <@sig> @h (%a %x) RET %a", "0 CALL", "callee @h: expected funcref<@sig>, found funcref<@none>" },
        { "%q = CALL <@sig> %a (%a %x) RET %a", "0 CALL", "callee @f.v.entry.a: expected funcref<@sig>, found @i64" },
        { "TAILCALL <@none> @h ()", "0 TAILCALL", "TAILCALL of @none from a function of signature (@i64 @i64 @d @r @ii) -> (@i64): the results differ" },
        { "TAILCALL <@sig> @g (%a %x) KEEPALIVE(%a)", "0 TAILCALL", "TAILCALL cannot have a KEEPALIVE clause: it is no OSR point" },
        { "RET", "0 RET", "returned values: expected 1, found 0" },
        { "RET %x", "0 RET", "returned value @f.v.entry.x: expected @i64, found @d" },
        { "THROW %a", "0 THROW", "exception @f.v.entry.a: expected a ref, found @i64" },
        { "THROW %p", "0 THROW", "exception @f.v.entry.p: expected a ref, found @ii" },
        { "%q = LOAD <@i64> %p KEEPALIVE(%a) RET %q", "0 LOAD", "LOAD cannot have a KEEPALIVE clause: it is no OSR point" },
        { "TRAP <> KEEPALIVE(@ONE) RET %a", "0 TRAP", "KEEPALIVE takes local variables, found @ONE" },
        { "%q = TRAP <void> RET %a", "0 TRAP", "there are no values of type void" },
        { "WPBRANCH 0 %n() %n() %n(): RET @ONE", "0 WPBRANCH", "watchpoints are numbered from 1, found 0" },
        { "%q = WATCHPOINT 7 <@i64> %n(%q) %n(%q) %n(<@i64> %c): RET %c", "0 WATCHPOINT", "@f.v.entry.q is not defined in this block before its use" },
        { "%q = NEW <@hyb> RET %a", "0 NEW", "NEW takes a type of fixed size, found @hyb: a hybrid is allocated with its length" },
        { "%q = ALLOCA <@hyb> RET %a", "0 ALLOCA", "ALLOCA takes a type of fixed size, found @hyb: a hybrid is allocated with its length" },
        { "%q = NEWHYBRID <@hyb @i32> %a RET %a", "0 NEWHYBRID", "length @f.v.entry.a: expected @i32, found @i64" },
        { "%q = NEWHYBRID <@hyb @d> %x RET %a", "0 NEWHYBRID", "length: expected an int type, found @d" },
        { "%q = ALLOCAHYBRID <@hyb @i32> %a RET %a", "0 ALLOCAHYBRID", "length @f.v.entry.a: expected @i32, found @i64" },
        { "%q = NEW <struct<>> RET %a", "0 NEW", "a struct has at least one field" },
        { "%q = GETIREF <@i64> %r RET %a", "0 GETIREF", "operand @f.v.entry.r: expected ref<@i64>, found @r" },
        { "%q = GETFIELDIREF <@pair 0> %p RET %a", "0 GETFIELDIREF", "location @f.v.entry.p: expected iref<@pair>, found @ii" },
        { "%n = NEW <@pair> %i = GETIREF <@pair> %n %q = GETFIELDIREF <@pair 2> %i RET %a", "2 GETFIELDIREF", "@pair has no fixed field 2" },
        { "%q = GETFIELDIREF <@i64 0> %p RET %a", "0 GETFIELDIREF", "GETFIELDIREF takes a struct or hybrid, found @i64" },
        { "%q = GETELEMIREF <@arr @i64> %p %a RET %a", "0 GETELEMIREF", "location @f.v.entry.p: expected iref<@arr>, found @ii" },
        { "%q = SHIFTIREF <@i64 @d> %p %x RET %a", "0 SHIFTIREF", "offset: expected an int type, found @d" },
        { "%l = ALLOCA <void> %q = SHIFTIREF <void @i64> %l %a RET %a", "1 SHIFTIREF", "there are no memory arrays of void" },
        { "%q = GETVARPARTIREF PTR <@hyb> %p RET %a", "0 GETVARPARTIREF", "location @f.v.entry.p: expected uptr<@hyb>, found @ii" },
        { "%q = LOAD PTR <@i64> %p RET %a", "0 LOAD", "location @f.v.entry.p: expected uptr<@i64>, found @ii" },
        { "%q = LOAD <@i64> %a RET %a", "0 LOAD", "location @f.v.entry.a: expected iref<@i64>, found @i64" },
        { "%q = LOAD RELEASE <@i64> %p RET %a", "0 LOAD", "LOAD cannot have the memory order Release" },
        { "STORE ACQUIRE <@i64> %p %a RET %a", "0 STORE", "STORE cannot have the memory order Acquire" },
        { "STORE <@i64> %p %x RET %a", "0 STORE", "value @f.v.entry.x: expected @i64, found @d" },
        { "%l = ALLOCA <@wr> STORE <@wr> %l %r RET %a", "1 STORE", "value @f.v.entry.r: expected ref<@i64>, found @r" },
        { "%l = ALLOCA <@weak> %q = LOAD <@weak> %l RET %a", "1 LOAD", "there are no values of type @weak" },
        { "%l = ALLOCA <@pair> %q = LOAD SEQ_CST <@pair> %l RET %a", "1 LOAD", "an atomic access to @pair: only scalars of up to 64 bits are accessed atomically" },
        { "(%q %o) = CMPXCHG NOT_ATOMIC RELAXED <@i64> %p %a %b RET %a", "0 CMPXCHG", "CMPXCHG cannot have the memory order NotAtomic" },
        { "(%q %o) = CMPXCHG SEQ_CST RELEASE <@i64> %p %a %b RET %a", "0 CMPXCHG", "CMPXCHG cannot have the memory order Release for its failure" },
        { "%l = ALLOCA <@pair> %v = LOAD <@pair> %l (%q %o) = CMPXCHG SEQ_CST SEQ_CST <@pair> %l %v %v RET %a", "2 CMPXCHG", "CMPXCHG takes a scalar of up to 64 bits, found @pair" },
        { "%l = ALLOCA <@r> %q = ATOMICRMW SEQ_CST ADD <@r> %l %r RET %a", "1 ATOMICRMW", "ATOMICRMW ADD takes an int, found @r" },
        { "%q = ATOMICRMW CONSUME ADD <@i64> %p %a RET %a", "0 ATOMICRMW", "ATOMICRMW cannot have the memory order Consume" },
        { "FENCE RELAXED RET %a", "0 FENCE", "FENCE cannot have the memory order Relaxed" },
        { "%l = ALLOCA <@pair> %v = LOAD <@pair> %l %q = EXTRACTVALUE <@pair 2> %v RET %a", "2 EXTRACTVALUE", "@pair has no field 2" },
        { "%q = EXTRACTVALUE <@pair 0> %a RET %a", "0 EXTRACTVALUE", "struct @f.v.entry.a: expected @pair, found @i64" },
        { "%l = ALLOCA <@pair> %v = LOAD <@pair> %l %q = INSERTVALUE <@pair 0> %v %x RET %a", "2 INSERTVALUE", "value @f.v.entry.x: expected @i64, found @d" },
        { "%l = ALLOCA <@arr> %v = LOAD <@arr> %l %q = EXTRACTELEMENT <@arr @d> %v %x RET %a", "2 EXTRACTELEMENT", "index: expected an int type, found @d" },
        { "%l = ALLOCA <@arr> %v = LOAD <@arr> %l %q = INSERTELEMENT <@arr @i64> %v %a %x RET %a", "2 INSERTELEMENT", "value @f.v.entry.x: expected @i64, found @d" },
        { "%l = ALLOCA <@arr> %v = LOAD <@arr> %l %q = SHUFFLEVECTOR <@arr @vec> %v %v @V4 RET %a } .const @N <@i32> = 1 .const @V4 <@vec> = {@N @N @N @N} .funcdef @z <@none> { %e(): RET",
            "2 SHUFFLEVECTOR", "SHUFFLEVECTOR takes vectors, found @arr" },
        { "%q = SWAPSTACK %a RET_WITH <@i64> PASS_VALUES <> () RET %q", "0 SWAPSTACK", "stack @f.v.entry.a: expected stackref, found @i64" },
        { "%s = COMMINST @uvm.current_stack SWAPSTACK %s RET_WITH <> PASS_VALUES <@i64> () RET %a", "1 SWAPSTACK", "passed values: expected 1, found 0" },
        { "%s = COMMINST @uvm.current_stack SWAPSTACK %s RET_WITH <> PASS_VALUES <@i64> (%x) RET %a", "1 SWAPSTACK", "passed value @f.v.entry.x: expected @i64, found @d" },
        { "%s = COMMINST @uvm.current_stack SWAPSTACK %s KILL_OLD THROW_EXC %a", "1 SWAPSTACK", "exception @f.v.entry.a: expected a ref, found @i64" },
        { "%s = COMMINST @uvm.current_stack SWAPSTACK %s KILL_OLD PASS_VALUES <> () RET %a", "1 SWAPSTACK", "a terminator inside of a block" },
        { "%s = COMMINST @uvm.current_stack %v = SWAPSTACK %s RET_WITH <void> PASS_VALUES <> () RET %a", "1 SWAPSTACK", "there are no values of type void" },
        { "%s = COMMINST @uvm.current_stack %t = NEWTHREAD %s THREADLOCAL(%a) PASS_VALUES <> () RET %a", "1 NEWTHREAD", "thread-local reference @f.v.entry.a: expected ref<void>, found @i64" },
        { "CCALL #DEFAULT <@pi () -> ()> @FP () RET %a } .const @FP <@pi> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL", "expected ufuncptr<() -> ()>, found @pi" },
        { "CCALL #DEFAULT <ufuncptr<(@r) -> ()> (@r) -> ()> @FP (%r) RET %a } .const @FP <ufuncptr<(@r) -> ()>> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL", "CCALL #DEFAULT with @r, which is not native-safe" },
        { "(%q %w) = CCALL #DEFAULT <ufuncptr<() -> (@i64 @i64)> () -> (@i64 @i64)> @FP () RET %a } .const @FP <ufuncptr<() -> (@i64 @i64)>> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL",
            "a native function has one result at most, found 2" },
        { "(%q %w) = CCALL #RUNTIME <ufuncptr<() -> (@i64 @d)> () -> (@i64 @d)> @FP () RET %a } .const @FP <ufuncptr<() -> (@i64 @d)>> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL",
            "of a runtime function's two results none is float or double" },
        { "(%q %w %e) = CCALL #RUNTIME <ufuncptr<() -> (@r @r @r)> () -> (@r @r @r)> @FP () RET %a } .const @FP <ufuncptr<() -> (@r @r @r)>> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL",
            "a runtime function has two results at most, found 3" },
        { "CCALL #RUNTIME <ufuncptr<(@pair) -> ()> (@pair) -> ()> @FP (%a) RET %a } .const @FP <ufuncptr<(@pair) -> ()>> = 1 .funcdef @z <@none> { %e(): RET", "0 CCALL", "CCALL #RUNTIME with @pair, which is not one word" },
        { "%q = COMMINST @uvm.new_stack (@g) RET %a", "0 @uvm.new_stack", "@uvm.new_stack takes 1 signature, found 0" },
        { "%q = COMMINST @uvm.new_stack <[@none]> (@g) RET %a", "0 @uvm.new_stack", "callee @g: expected funcref<@none>, found funcref<@sig>" },
        { "COMMINST @uvm.kill_stack (%a) RET %a", "0 @uvm.kill_stack", "argument @f.v.entry.a: expected stackref, found @i64" },
        { "COMMINST @uvm.kill_stack [#DEFAULT] () RET %a", "0 @uvm.kill_stack", "@uvm.kill_stack takes 1 argument, found 0" },
        { "COMMINST @uvm.kill_stack [#DEFAULT] () RET %a", "0 @uvm.kill_stack", "@uvm.kill_stack takes 0 flags, found 1" },
        { "COMMINST @uvm.thread_exit RET %a", "0 @uvm.thread_exit", "a terminator inside of a block" },
        { "COMMINST @uvm.set_threadlocal (%p) RET %a", "0 @uvm.set_threadlocal", "argument @f.v.entry.p: expected ref<void>, found @ii" },
        { "%q = COMMINST @uvm.tr64.is_int (%x) RET %a", "0 @uvm.tr64.is_int", "argument @f.v.entry.x: expected tagref64, found @d" },
        { "%q = COMMINST @uvm.tr64.from_int (%a) RET %a", "0 @uvm.tr64.from_int", "argument @f.v.entry.a: expected int<52>, found @i64" },
        { "%q = COMMINST @uvm.tr64.from_fp (%a) RET %a", "0 @uvm.tr64.from_fp", "argument @f.v.entry.a: expected double, found @i64" },
        { "%q = COMMINST @uvm.tr64.from_ref (%r %a) RET %a", "0 @uvm.tr64.from_ref", "argument @f.v.entry.a: expected int<6>, found @i64" },
        { "%q = COMMINST @uvm.kill_dependency <void> (%a) RET %a", "0 @uvm.kill_dependency", "there are no values of type void" },
        { "%q = COMMINST @uvm.native.pin <@i64> (%a) RET %a", "0 @uvm.native.pin", "@uvm.native.pin takes a ref or iref, found @i64" },
        { "%n = NEW <@tr> %q = COMMINST @uvm.native.pin <ref<@tr>> (%n) RET %a", "1 @uvm.native.pin", "the result is a uptr, and @tr is not native-safe" },
        { "%q = COMMINST @uvm.ext.fp.sqrt <@i64> (%a) RET %a", "0 @uvm.ext.fp.sqrt", "@uvm.ext.fp.sqrt takes float or double, found @i64" },
        { "%q = COMMINST @uvm.ext.hybrid_length <@pair> (%a) RET %a", "0 @uvm.ext.hybrid_length", "@uvm.ext.hybrid_length takes a hybrid, found @pair" },
        { "COMMINST @uvm.ext.memcpy <@i64> (%p %p %x) RET %a", "0 @uvm.ext.memcpy", "length @f.v.entry.x: expected int<64>, found @d" },
        { "COMMINST @uvm.ext.memcpy <@i8> (%p %p %a) RET %a", "0 @uvm.ext.memcpy", "source @f.v.entry.p: expected iref<@i8>, found @ii" },
        { "%q = COMMINST @uvm.futex.wake <@d> (%p %a) RET %a", "0 @uvm.futex.wake", "a futex is an int of 8, 16, 32 or 64 bits, found @d" },
    };

    [Theory]
    [MemberData(nameof(Definitions))]
    public void Ill_formed_definitions_are_refused(string text, string finding) => Assert.Contains(finding, Verifying.Findings(Verifying.Read(text)));

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Ill_formed_bodies_are_refused(string body, string at, string reason)
    {
        string[] words = at.Split(' ');
        string[] place = words[0].Split('.');
        string expected = at.Length == 0 ? reason
            : $"{(place.Length == 2 ? "@f.v." + place[0] : Entry)}, instruction {place[^1]} ({words[1]}): {reason}";
        Assert.Contains(expected, Verifying.Findings(Verifying.ReadBody(body)));
    }

    [Fact]
    public void All_findings_are_reported_and_a_mistake_once() => Assert.Equal(
        [
            "@t: field 0 is void",
            "@f.v.entry, instruction 0 (ADD): right operand @f.v.entry.x: expected @i64, found @d",
            "@f.v.entry, instruction 1 (LOAD): there are no values of type void",
            "@f.v.entry, instruction 3 (RET): returned value @f.v.entry.x: expected @i64, found @d",
        ],
        Verifying.Findings(Verifying.Read("""
            .typedef @t = struct<void>
            .funcdef @f VERSION %v <(@i64 @d @ii) -> (@i64)> {
              %entry(<@i64> %a <@d> %x <@ii> %p):
                %q = ADD <@i64> %a %x
                %v = LOAD <void> %p
                %w = ADD <@i64> %v %q
                RET %x
            }
            """)));
}
