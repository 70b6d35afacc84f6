using Mu.Samples.Embedding;
using Xunit;

namespace Mu.Lua.Tests.Embedding;

/// <summary>The sample does what its text says.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task The_tour_ends_well()
    {
        using var output = new StringWriter();
        await Tour.RunAsync(output);
        Assert.Equal("""
            values: 42 text x=1 y[2]=20
            tables: volume is 11.5
            functions: HELLO WORLD!!
            errors: script:2: attempt to index a nil value (local 't')
            coroutines: 1 4 9
            objects: Lua & sons has 1 apple, 'there are no 5 of pear', then 11 pears; the safe is nil
            sandbox: plugin:1: time limit exceeded
            sandbox: io is nil, and the state goes on: 4
            threads: 20000200000

            """, output.ToString());
    }
}
