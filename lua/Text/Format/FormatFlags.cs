namespace Mu.Lua.Text.Format;

/// <summary>The flags of a printf conversion.</summary>
[Flags]
internal enum FormatFlags : byte
{
    None = 0,
    Left = 1,
    Plus = 2,
    Blank = 4,
    Alternate = 8,
    Zero = 16,
}
