using System.Runtime.InteropServices;
using Mu.Core.Threads;
using Mu.Core.Types;

namespace Mu.Core.Compiler;

/// <summary>The C# functions behind operations on int&lt;128&gt; that compiled code does not do itself.</summary>
internal static unsafe class WideFunctions
{
    /// <summary>Two words in rax and rdx.</summary>
    private readonly record struct Words(ulong Low, ulong High);

    public static ulong AddressOf(RuntimeEntry entry) => entry switch
    {
        RuntimeEntry.WideSDiv => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, Words>)&SignedDivide,
        RuntimeEntry.WideSRem => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, Words>)&SignedRemainder,
        RuntimeEntry.WideUDiv => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, Words>)&UnsignedDivide,
        RuntimeEntry.WideURem => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, Words>)&UnsignedRemainder,
        RuntimeEntry.WideMultiplyCarries => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong>)&MultiplyCarries,
        RuntimeEntry.WideMultiplyOverflows => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, ulong, ulong>)&MultiplyOverflows,
        RuntimeEntry.FloatToSignedWide => (ulong)(delegate* unmanaged<ThreadContext*, double, Words>)&ToSigned,
        RuntimeEntry.FloatToUnsignedWide => (ulong)(delegate* unmanaged<ThreadContext*, double, Words>)&ToUnsigned,
        RuntimeEntry.WideToDouble => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, double>)&ToDouble,
        RuntimeEntry.WideToSingle => (ulong)(delegate* unmanaged<ThreadContext*, ulong, ulong, ulong, float>)&ToSingle,
        _ => throw new ArgumentOutOfRangeException(nameof(entry)),
    };

    private static Words Split(UInt128 value) => new((ulong)value, (ulong)(value >> 64));

    [UnmanagedCallersOnly]
    private static Words SignedDivide(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => Split(WideInteger.SignedDivide(new(ah, a), new(bh, b)));

    [UnmanagedCallersOnly]
    private static Words SignedRemainder(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => Split(WideInteger.SignedRemainder(new(ah, a), new(bh, b)));

    [UnmanagedCallersOnly]
    private static Words UnsignedDivide(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => Split(new UInt128(ah, a) / new UInt128(bh, b));

    [UnmanagedCallersOnly]
    private static Words UnsignedRemainder(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => Split(new UInt128(ah, a) % new UInt128(bh, b));

    [UnmanagedCallersOnly]
    private static ulong MultiplyCarries(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => WideInteger.MultiplyCarries(new(ah, a), new(bh, b)) ? 1UL : 0;

    [UnmanagedCallersOnly]
    private static ulong MultiplyOverflows(ThreadContext* context, ulong a, ulong ah, ulong b, ulong bh) => WideInteger.MultiplyOverflows(new(ah, a), new(bh, b)) ? 1UL : 0;

    [UnmanagedCallersOnly]
    private static Words ToSigned(ThreadContext* context, double value) => Split(WideInteger.FromDouble(value, signed: true));

    [UnmanagedCallersOnly]
    private static Words ToUnsigned(ThreadContext* context, double value) => Split(WideInteger.FromDouble(value, signed: false));

    [UnmanagedCallersOnly]
    private static double ToDouble(ThreadContext* context, ulong low, ulong high, ulong signed) => WideInteger.ToDouble(new(high, low), signed != 0);

    [UnmanagedCallersOnly]
    private static float ToSingle(ThreadContext* context, ulong low, ulong high, ulong signed) => WideInteger.ToSingle(new(high, low), signed != 0);
}
