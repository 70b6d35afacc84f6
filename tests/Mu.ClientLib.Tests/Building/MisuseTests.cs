using Mu.ClientLib.Building;
using Mu.Core.Api;
using Mu.Core.IR;
using Mu.Core.Types;
using Xunit;

namespace Mu.ClientLib.Tests.Building;

/// <summary>Errors of the builder's user come at the call that makes them, and name it.</summary>
public sealed class MisuseTests
{
    [Fact]
    public void A_variable_read_before_it_is_written_is_named() =>
        Expect<InvalidOperationException>("variable total is read where it may not have been written", b => b.Read(b.NewVariable(IntType.I64, "total")));

    [Fact]
    public void A_variable_written_on_one_side_only_is_named() => Expect<InvalidOperationException>("total", b =>
    {
        var total = b.NewVariable(IntType.I64, "total");
        b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => b.Write(total, b.Int64(1)));
        b.Return(b.Read(total));
    });

    [Fact]
    public void A_value_used_where_its_definition_does_not_dominate_is_refused() => Expect<InvalidOperationException>("does not dominate", b =>
    {
        Value? inner = null;
        b.If(b.Eq(b.Parameters[0], b.Int64(0)), () => inner = b.Add(b.Parameters[0], b.Int64(1)));
        b.Return(inner!);
    });

    [Fact]
    public void A_binary_operation_on_two_types_names_itself() =>
        Expect<ArgumentException>("Add: ", b => b.Add(b.Int64(1), b.Int32(1)));

    [Fact]
    public void A_comparison_of_two_types_names_itself() =>
        Expect<ArgumentException>("Slt: ", b => b.Compare(CompareOp.Slt, b.Int64(1), b.Double(1)));

    [Fact]
    public void A_write_of_another_type_names_itself() =>
        Expect<ArgumentException>("Write: ", b => b.Write(b.NewVariable(IntType.I64), b.Double(1)));

    [Fact]
    public void A_condition_that_is_no_truth_value_names_the_branch() =>
        Expect<ArgumentException>("Branch: ", b => b.If(b.Parameters[0], () => { }));

    [Fact]
    public void A_selection_among_two_types_names_itself() =>
        Expect<ArgumentException>("Select: ", b => b.Select(b.Bool(true), b.Int64(1), b.Int32(1)));

    [Fact]
    public void A_call_with_too_few_arguments_names_itself() =>
        Expect<ArgumentException>("Call: the callee has 1 parameters, 0 arguments given", b => b.Call(b.Version.Function));

    [Fact]
    public void A_call_with_an_argument_of_another_type_names_itself() =>
        Expect<ArgumentException>("Call: ", b => b.Call(b.Version.Function, b.Double(1)));

    [Fact]
    public void A_call_of_what_is_no_function_names_itself() =>
        Expect<ArgumentException>("Call: ", b => b.Call(b.Int64(1)));

    [Fact]
    public void A_return_of_the_wrong_number_of_values_names_itself() =>
        Expect<ArgumentException>("Return: the function has 1 results, 2 given", b => b.Return(b.Int64(1), b.Int64(2)));

    [Fact]
    public void A_return_of_another_type_names_itself() => Expect<ArgumentException>("Return: ", b => b.Return(b.Double(1)));

    [Fact]
    public void A_load_from_what_is_no_location_names_itself() => Expect<ArgumentException>("Load: ", b => b.Load(b.Int64(1)));

    [Fact]
    public void A_store_of_another_type_names_itself() =>
        Expect<ArgumentException>("Store: ", b => b.Store(b.GetIRef(b.New(IntType.I64)), b.Double(1)));

    [Fact]
    public void A_jump_to_a_sealed_label_is_refused() => Expect<InvalidOperationException>("is sealed: no more jumps to it", b =>
    {
        var label = b.NewLabel();
        b.PlaceSealed(label);
        b.Jump(label);
    });

    [Fact]
    public void A_label_placed_twice_is_refused() => Expect<InvalidOperationException>("placed twice", b =>
    {
        var label = b.NewLabel();
        b.Place(label);
        b.Place(label);
    });

    [Fact]
    public void A_label_that_is_jumped_to_but_never_placed_is_refused() => Expect<InvalidOperationException>("never placed", b => b.Jump(b.NewLabel()));

    [Fact]
    public void Control_that_falls_off_the_end_is_refused() => Expect<InvalidOperationException>("falls off the end", b => b.Add(b.Parameters[0], b.Int64(1)));

    [Fact]
    public void An_instruction_behind_a_terminator_is_refused() => Expect<InvalidOperationException>("no label is placed", b =>
    {
        b.Return(b.Parameters[0]);
        b.Add(b.Parameters[0], b.Int64(1));
    });

    [Fact]
    public void A_jump_must_give_the_declared_parameters() => Expect<ArgumentException>("1 declared parameters, the jump gives 0", b =>
    {
        var label = b.NewLabel();
        b.AddParameter(label, IntType.I64);
        b.Jump(label);
    });

    [Fact]
    public void A_declared_parameter_after_the_first_jump_is_refused() => Expect<InvalidOperationException>("declared before the first jump", b =>
    {
        var label = b.NewLabel();
        b.BranchIf(b.Bool(true), label);
        b.AddParameter(label, IntType.I64);
    });

    [Fact]
    public void Only_a_handler_can_handle() => Expect<ArgumentException>("is not an exception handler", b => b.Try(b.NewLabel()));

    [Fact]
    public void Try_scopes_end_in_the_reverse_order_of_their_beginning() => Expect<InvalidOperationException>("reverse order", b =>
    {
        var outer = b.Try(b.NewHandler());
        b.Try(b.NewHandler());
        outer.Dispose();
    });

    [Fact]
    public void A_label_of_another_builder_is_refused() => Expect<ArgumentException>("belongs to another builder", b =>
    {
        using var other = new TestProgram(EngineKind.Interpreter);
        other.Define(0, o =>
        {
            var foreign = o.NewLabel();
            o.Return(o.Int64(0));
            b.Jump(foreign);
        });
    });

    [Fact]
    public void Finish_ends_construction() => Expect<InvalidOperationException>("Finish was called before", b =>
    {
        b.Return(b.Parameters[0]);
        b.Finish();
        b.Finish();
    });

    private static void Expect<T>(string message, Action<FunctionBuilder> body) where T : Exception
    {
        using var program = new TestProgram(EngineKind.Interpreter);
        var error = Assert.Throws<T>(() => program.Define(1, body));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
