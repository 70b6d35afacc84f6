namespace Mu.Core.Tests.Images;

/// <summary>A program whose heap has every kind of word that an image translates: <c>@build</c> makes it, <c>@check</c> adds up what it finds by each.</summary>
internal static class ImageProgram
{
    /// <summary>What @check gives: 100 + 17 + 40 + 7 + 14 + 5 + 3 + 1.</summary>
    public const long Sum = 187;

    public const string Text = """
        .typedef @i8 = int<8>
        .typedef @i64 = int<64>
        .funcsig @unary = (@i64) -> (@i64)
        .typedef @box = struct<@i64 tagref64 tagref64 iref<@i64> iref<@i64> funcref<@unary> ufuncptr<@unary> ufuncptr<@unary> ref<@box> weakref<@box> weakref<@box>>
        .typedef @boxr = ref<@box>
        .typedef @text = hybrid<@i64 @boxr @i8>
        .typedef @rows = hybrid<struct<@i64 @boxr>>
        .const @0 <@i64> = 0
        .const @1 <@i64> = 1
        .const @2 <@i64> = 2
        .const @3 <@i64> = 3
        .const @5 <@i64> = 5
        .const @6 <@i64> = 6
        .const @7 <@i64> = 7
        .const @40 <@i64> = 40
        .const @100 <@i64> = 100
        .const @-1 <@i64> = -1
        .const @byte <@i8> = 5
        .const @seventeen <tagref64> = tagref int 17
        .const @tag <int<6>> = 9
        .const @labs <ufuncptr<@unary>> = EXTERN "labs"
        .const @nil <@boxr> = NULL
        .global @head <@boxr>
        .global @cells <array<@i64 4>>
        .global @names <ref<@text>>
        .global @lines <ref<@rows>>
        .expose @twice.native = @twice #DEFAULT @7

        .funcdef @twice <@unary> {
          %entry(<@i64> %n):
            %r = MUL <@i64> %n @2
            RET %r
        }

        .funcdef @build <() -> ()> {
          %entry():
            %b = NEW <@box>
            %lost = NEW <@box>
            %i = GETIREF <@box> %b
            %i0 = GETFIELDIREF <@box 0> %i
            STORE <@i64> %i0 @100
            %i1 = GETFIELDIREF <@box 1> %i
            STORE <tagref64> %i1 @seventeen
            %v = REFCAST <@boxr ref<void>> %b
            %t = COMMINST @uvm.tr64.from_ref (%v @tag)
            %i2 = GETFIELDIREF <@box 2> %i
            STORE <tagref64> %i2 %t
            %c0 = GETELEMIREF <array<@i64 4> @i64> @cells @2
            STORE <@i64> %c0 @40
            %i3 = GETFIELDIREF <@box 3> %i
            STORE <iref<@i64>> %i3 %c0
            %i4 = GETFIELDIREF <@box 4> %i
            STORE <iref<@i64>> %i4 %i0
            %i5 = GETFIELDIREF <@box 5> %i
            STORE <funcref<@unary>> %i5 @twice
            %i6 = GETFIELDIREF <@box 6> %i
            STORE <ufuncptr<@unary>> %i6 @twice.native
            %i7 = GETFIELDIREF <@box 7> %i
            STORE <ufuncptr<@unary>> %i7 @labs
            %i8 = GETFIELDIREF <@box 8> %i
            STORE <@boxr> %i8 %b
            %i9 = GETFIELDIREF <@box 9> %i
            STORE <weakref<@box>> %i9 %b
            %i10 = GETFIELDIREF <@box 10> %i
            STORE <weakref<@box>> %i10 %lost
            STORE <@boxr> @head %b
            %text = NEWHYBRID <@text @i64> @3
            %x = GETIREF <@text> %text
            %x1 = GETFIELDIREF <@text 1> %x
            STORE <@boxr> %x1 %b
            %xv = GETVARPARTIREF <@text> %x
            %xv2 = SHIFTIREF <@i8 @i64> %xv @2
            STORE <@i8> %xv2 @byte
            STORE <ref<@text>> @names %text
            %rows = NEWHYBRID <@rows @i64> @6
            %y = GETIREF <@rows> %rows
            %yv = GETVARPARTIREF <@rows> %y
            %y5 = SHIFTIREF <struct<@i64 @boxr> @i64> %yv @5
            %y50 = GETFIELDIREF <struct<@i64 @boxr> 0> %y5
            %y51 = GETFIELDIREF <struct<@i64 @boxr> 1> %y5
            STORE <@i64> %y50 @3
            STORE <@boxr> %y51 %b
            STORE <ref<@rows>> @lines %rows
            RET
        }

        .funcdef @check <() -> (@i64)> {
          %entry():
            %b = LOAD <@boxr> @head
            %i = GETIREF <@box> %b
            %i8 = GETFIELDIREF <@box 8> %i
            %self = LOAD <@boxr> %i8
            %i9 = GETFIELDIREF <@box 9> %i
            %weak = LOAD <weakref<@box>> %i9
            %i10 = GETFIELDIREF <@box 10> %i
            %lost = LOAD <weakref<@box>> %i10
            %i2 = GETFIELDIREF <@box 2> %i
            %t = LOAD <tagref64> %i2
            %v = COMMINST @uvm.tr64.to_ref (%t)
            %tagged = REFCAST <ref<void> @boxr> %v
            %tag = COMMINST @uvm.tr64.to_tag (%t)
            %a = EQ <@boxr> %b %self
            %c = EQ <@boxr> %b %weak
            %d = EQ <@boxr> @nil %lost
            %e = EQ <@boxr> %b %tagged
            %f = EQ <int<6>> %tag @tag
            %names = LOAD <ref<@text>> @names
            %x = GETIREF <@text> %names
            %x1 = GETFIELDIREF <@text 1> %x
            %xb = LOAD <@boxr> %x1
            %g = EQ <@boxr> %b %xb
            %rows = LOAD <ref<@rows>> @lines
            %y = GETIREF <@rows> %rows
            %yv = GETVARPARTIREF <@rows> %y
            %y5 = SHIFTIREF <struct<@i64 @boxr> @i64> %yv @5
            %y51 = GETFIELDIREF <struct<@i64 @boxr> 1> %y5
            %yb = LOAD <@boxr> %y51
            %h = EQ <@boxr> %b %yb
            %ac = AND <int<1>> %a %c
            %de = AND <int<1>> %d %e
            %fg = AND <int<1>> %f %g
            %acde = AND <int<1>> %ac %de
            %fgh = AND <int<1>> %fg %h
            %all = AND <int<1>> %acde %fgh
            BRANCH2 %all %sum(%b) %bad()
          %bad():
            RET @-1
          %sum(<@boxr> %b):
            %i = GETIREF <@box> %b
            %i4 = GETFIELDIREF <@box 4> %i
            %inside = LOAD <iref<@i64>> %i4
            %hundred = LOAD <@i64> %inside
            %i1 = GETFIELDIREF <@box 1> %i
            %t = LOAD <tagref64> %i1
            %n = COMMINST @uvm.tr64.to_int (%t)
            %seventeen = ZEXT <int<52> @i64> %n
            %i3 = GETFIELDIREF <@box 3> %i
            %place = LOAD <iref<@i64>> %i3
            %forty = LOAD <@i64> %place
            %i7 = GETFIELDIREF <@box 7> %i
            %native = LOAD <ufuncptr<@unary>> %i7
            %minus = SUB <@i64> @0 @7
            %seven = CCALL #DEFAULT <ufuncptr<@unary> @unary> %native (%minus)
            %i6 = GETFIELDIREF <@box 6> %i
            %back = LOAD <ufuncptr<@unary>> %i6
            %fourteen = CCALL #DEFAULT <ufuncptr<@unary> @unary> %back (@7)
            %names = LOAD <ref<@text>> @names
            %x = GETIREF <@text> %names
            %xv = GETVARPARTIREF <@text> %x
            %xv2 = SHIFTIREF <@i8 @i64> %xv @2
            %byte = LOAD <@i8> %xv2
            %five = ZEXT <@i8 @i64> %byte
            %rows = LOAD <ref<@rows>> @lines
            %y = GETIREF <@rows> %rows
            %yv = GETVARPARTIREF <@rows> %y
            %y5 = SHIFTIREF <struct<@i64 @boxr> @i64> %yv @5
            %y50 = GETFIELDIREF <struct<@i64 @boxr> 0> %y5
            %three = LOAD <@i64> %y50
            %i5 = GETFIELDIREF <@box 5> %i
            %fun = LOAD <funcref<@unary>> %i5
            %two = CALL <@unary> %fun (@1)
            %one = SUB <@i64> %two @1
            %s1 = ADD <@i64> %hundred %seventeen
            %s2 = ADD <@i64> %s1 %forty
            %s3 = ADD <@i64> %s2 %seven
            %s4 = ADD <@i64> %s3 %fourteen
            %s5 = ADD <@i64> %s4 %five
            %s6 = ADD <@i64> %s5 %three
            %s7 = ADD <@i64> %s6 %one
            RET %s7
        }
        """;
}
