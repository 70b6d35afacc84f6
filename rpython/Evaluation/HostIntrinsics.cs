using System.Diagnostics;
using Mu.RPython.Objects;

namespace Mu.RPython.Evaluation;

/// <summary>Those intrinsics that modules may use while they are imported.</summary>
internal static class HostIntrinsics
{
    private static readonly Dictionary<string, Func<object[], object>> Table = new()
    {
        ["time"] = _ => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds,
        ["clock"] = _ => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
        ["sqrt"] = a => Math.Sqrt(HostNumbers.ToDouble(a[0])),
        ["sin"] = a => Math.Sin(HostNumbers.ToDouble(a[0])),
        ["cos"] = a => Math.Cos(HostNumbers.ToDouble(a[0])),
        ["tan"] = a => Math.Tan(HostNumbers.ToDouble(a[0])),
        ["atan"] = a => Math.Atan(HostNumbers.ToDouble(a[0])),
        ["atan2"] = a => Math.Atan2(HostNumbers.ToDouble(a[0]), HostNumbers.ToDouble(a[1])),
        ["exp"] = a => Math.Exp(HostNumbers.ToDouble(a[0])),
        ["log"] = a => Math.Log(HostNumbers.ToDouble(a[0])),
        ["log10"] = a => Math.Log10(HostNumbers.ToDouble(a[0])),
        ["pow"] = a => Math.Pow(HostNumbers.ToDouble(a[0]), HostNumbers.ToDouble(a[1])),
        ["fmod"] = a => HostNumbers.ToDouble(a[0]) % HostNumbers.ToDouble(a[1]),
        ["floor"] = a => Math.Floor(HostNumbers.ToDouble(a[0])),
        ["ceil"] = a => Math.Ceiling(HostNumbers.ToDouble(a[0])),
        ["asin"] = a => Math.Asin(HostNumbers.ToDouble(a[0])),
        ["acos"] = a => Math.Acos(HostNumbers.ToDouble(a[0])),
        ["sinh"] = a => Math.Sinh(HostNumbers.ToDouble(a[0])),
        ["cosh"] = a => Math.Cosh(HostNumbers.ToDouble(a[0])),
        ["tanh"] = a => Math.Tanh(HostNumbers.ToDouble(a[0])),
        ["fabs"] = a => Math.Abs(HostNumbers.ToDouble(a[0])),
        ["format_double"] = a => Runtime.Leaves.Formatted(HostNumbers.ToDouble(a[0]), (char)(long)a[1], (int)(long)a[2]),
        ["float_bits"] = a => BitConverter.DoubleToInt64Bits(HostNumbers.ToDouble(a[0])),
        ["bits_float"] = a => BitConverter.Int64BitsToDouble((long)a[0]),
        ["collect"] = _ => PyNone.Value,
        ["run_finalizers"] = _ => PyNone.Value,
        ["register_finalizer"] = _ => PyNone.Value,
        ["weak_reference"] = a => new PyWeakReference(a[0]),
        ["single_bits"] = a => HostNumbers.Fix(IntegerKind.Unsigned32, BitConverter.SingleToUInt32Bits((float)HostNumbers.ToDouble(a[0]))),
        ["bits_single"] = a => (double)BitConverter.UInt32BitsToSingle((uint)HostNumbers.ToBig(a[0])),
        ["ovfcheck"] = a => a[0] is long ? a[0] : throw Evaluator.Raise("OverflowError", "integer overflow"),
        ["intmask"] = a => HostNumbers.Fix(IntegerKind.Signed, HostNumbers.ToBig(a[0])).Word,
        ["widen"] = a => a[0] is PyFixedInteger { Kind.IsWide: false } f ? f.Word : a[0],
        ["we_are_translated"] = _ => false,
        ["identity_hash"] = a => (long)System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(a[0]),
        ["compute_hash"] = a => (long)HostEquality.Instance.GetHashCode(a[0]),
        ["hint"] = a => a[0],
        ["text"] = a => a[0],
        ["instantiate"] = a => new PyInstance((PyClass)a[0]),
        ["words_new"] = a => new PyWords(new long[(long)a[0]]),
        ["words_length"] = a => (long)((PyWords)a[0]).Items.Length,
        ["words_get"] = a => ((PyWords)a[0]).Items[(long)a[1]],
        ["words_set"] = a => SetWord((PyWords)a[0], (long)a[1], (long)a[2]),
        ["words_copy"] = a => CopyWords((PyWords)a[0], (long)a[1], (PyWords)a[2], (long)a[3], (long)a[4]),
        ["mul_add_low"] = a => (long)(MultiplyAdd(a) & long.MaxValue),
        ["mul_add_high"] = a => (long)(MultiplyAdd(a) >> 63),
        ["environment"] = _ => Runtime.Leaves.Environment(),
        ["keepalive"] = _ => PyNone.Value,
        ["always_inline"] = a => a[0],
    };

    private static Int128 MultiplyAdd(object[] a) => (Int128)(long)a[0] * (long)a[1] + (long)a[2] + (long)a[3];

    private static PyNone SetWord(PyWords words, long at, long value)
    {
        words.Items[at] = value;
        return PyNone.Value;
    }

    private static PyNone CopyWords(PyWords to, long start, PyWords from, long at, long count)
    {
        Array.Copy(from.Items, at, to.Items, start, count);
        return PyNone.Value;
    }

    public static Func<Evaluator, object[], Dictionary<string, object>?, object>? Find(string name) => Table.TryGetValue(name, out var body) || HostSystem.Table.TryGetValue(name, out body) ? (_, a, _) => body(a) : null;
}
