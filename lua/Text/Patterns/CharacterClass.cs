namespace Mu.Lua.Text.Patterns;

/// <summary>The character classes of patterns (<c>%a</c>, <c>%d</c> …) in the C locale.</summary>
internal static class CharacterClass
{
    /// <summary>Whether <paramref name="c"/> is in class <paramref name="letter"/>; an unknown letter stands for itself.</summary>
    public static bool Contains(byte letter, byte c)
    {
        bool inside;
        switch (letter | 32)
        {
            case 'a': inside = IsLetter(c); break;
            case 'c': inside = c < 32 || c == 127; break;
            case 'd': inside = IsDigit(c); break;
            case 'g': inside = c is > 32 and < 127; break;
            case 'l': inside = c is >= (byte)'a' and <= (byte)'z'; break;
            case 'p': inside = c is > 32 and < 127 && !IsLetter(c) && !IsDigit(c); break;
            case 's': inside = c == ' ' || (c >= 9 && c <= 13); break;
            case 'u': inside = c is >= (byte)'A' and <= (byte)'Z'; break;
            case 'w': inside = IsLetter(c) || IsDigit(c); break;
            case 'x': inside = IsDigit(c) || (c | 32) is >= 'a' and <= 'f'; break;
            case 'z': inside = c == 0; break; // deprecated, still accepted
            default: return letter == c;
        }
        // The switch folds case, so a punctuation byte may only fold onto a letter by being an upper-case one.
        return letter is >= (byte)'A' and <= (byte)'Z' ? !inside : letter >= 'a' ? inside : letter == c;
    }

    private static bool IsLetter(byte c) => (c | 32) is >= 'a' and <= 'z';

    private static bool IsDigit(byte c) => c is >= (byte)'0' and <= (byte)'9';
}
