namespace Mu.Core.Tests.Generation;

/// <summary>Makes a failing list of choices smaller: cuts pieces out, then makes bytes smaller, as long as the failure stays.</summary>
internal static class ChoiceShrinker
{
    public static byte[] Shrink(byte[] choices, Func<byte[], bool> fails, int attempts = 2000)
    {
        bool changed = true;
        while (changed && attempts > 0)
        {
            changed = false;
            for (int length = Math.Max(choices.Length / 2, 1); length > 0; length /= 2)
                for (int start = 0; start + length <= choices.Length && attempts > 0; )
                    if (Try([.. choices[..start], .. choices[(start + length)..]])) changed = true;
                    else start += length;
            for (int i = 0; i < choices.Length && attempts > 0; i++)
                foreach (int smaller in new[] { 0, choices[i] / 2, choices[i] - 1 })
                    if (smaller < choices[i] && smaller >= 0 && Try([.. choices[..i], (byte)smaller, .. choices[(i + 1)..]])) { changed = true; break; }
        }
        return choices;

        bool Try(byte[] candidate)
        {
            attempts--;
            if (!fails(candidate)) return false;
            choices = candidate;
            return true;
        }
    }
}
