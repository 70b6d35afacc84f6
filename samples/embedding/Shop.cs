using Mu.Lua;

namespace Mu.Samples.Embedding;

/// <summary>An object of the host. Programs see the marked members, nothing else.</summary>
public sealed class Shop
{
    private readonly Dictionary<string, long> stock = new() { ["apple"] = 3, ["pear"] = 1 };

    /// <summary>What has been sold.</summary>
    [LuaMember("sold")]
    public long Sold { get; private set; }

    /// <summary>What the shop is called; programs may change it.</summary>
    [LuaMember("name")]
    public string Name { get; set; } = "corner shop";

    /// <summary>Not marked: no program gets at it.</summary>
    public string Safe => "42-17-3";

    /// <summary>Sells some of an article. The exception is a Lua error in the program.</summary>
    [LuaMember("sell")]
    public long Sell(string article, long count = 1)
    {
        if (stock.GetValueOrDefault(article) < count) throw new InvalidOperationException($"there are no {count} of {article}");
        Sold += count;
        return stock[article] -= count;
    }

    /// <summary>Asks elsewhere, which takes its time: the program waits, the state does not.</summary>
    [LuaMember("order")]
    public async Task<long> OrderAsync(string article, long count)
    {
        await Task.Delay(5);
        return stock[article] = stock.GetValueOrDefault(article) + count;
    }
}
