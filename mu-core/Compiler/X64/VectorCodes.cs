using Mu.Core.IR;

namespace Mu.Core.Compiler.X64;

using Code = Iced.Intel.Code;

/// <summary>AVX instructions by operation and bytes of a lane.</summary>
internal static class VectorCodes
{
    public static Code Of(BinaryOp op, int laneBytes) => (op, laneBytes) switch
    {
        (BinaryOp.FAdd, 4) => Code.VEX_Vaddps_xmm_xmm_xmmm128,
        (BinaryOp.FAdd, 8) => Code.VEX_Vaddpd_xmm_xmm_xmmm128,
        (BinaryOp.FSub, 4) => Code.VEX_Vsubps_xmm_xmm_xmmm128,
        (BinaryOp.FSub, 8) => Code.VEX_Vsubpd_xmm_xmm_xmmm128,
        (BinaryOp.FMul, 4) => Code.VEX_Vmulps_xmm_xmm_xmmm128,
        (BinaryOp.FMul, 8) => Code.VEX_Vmulpd_xmm_xmm_xmmm128,
        (BinaryOp.FDiv, 4) => Code.VEX_Vdivps_xmm_xmm_xmmm128,
        (BinaryOp.FDiv, 8) => Code.VEX_Vdivpd_xmm_xmm_xmmm128,
        (BinaryOp.Add, 1) => Code.VEX_Vpaddb_xmm_xmm_xmmm128,
        (BinaryOp.Add, 2) => Code.VEX_Vpaddw_xmm_xmm_xmmm128,
        (BinaryOp.Add, 4) => Code.VEX_Vpaddd_xmm_xmm_xmmm128,
        (BinaryOp.Add, 8) => Code.VEX_Vpaddq_xmm_xmm_xmmm128,
        (BinaryOp.Sub, 1) => Code.VEX_Vpsubb_xmm_xmm_xmmm128,
        (BinaryOp.Sub, 2) => Code.VEX_Vpsubw_xmm_xmm_xmmm128,
        (BinaryOp.Sub, 4) => Code.VEX_Vpsubd_xmm_xmm_xmmm128,
        (BinaryOp.Sub, 8) => Code.VEX_Vpsubq_xmm_xmm_xmmm128,
        (BinaryOp.Mul, 2) => Code.VEX_Vpmullw_xmm_xmm_xmmm128,
        (BinaryOp.Mul, 4) => Code.VEX_Vpmulld_xmm_xmm_xmmm128,
        (BinaryOp.And, _) => Code.VEX_Vpand_xmm_xmm_xmmm128,
        (BinaryOp.Or, _) => Code.VEX_Vpor_xmm_xmm_xmmm128,
        (BinaryOp.Xor, _) => Code.VEX_Vpxor_xmm_xmm_xmmm128,
        (BinaryOp.Shl, 4) => Code.VEX_Vpsllvd_xmm_xmm_xmmm128,
        (BinaryOp.Shl, 8) => Code.VEX_Vpsllvq_xmm_xmm_xmmm128,
        (BinaryOp.LShr, 4) => Code.VEX_Vpsrlvd_xmm_xmm_xmmm128,
        (BinaryOp.LShr, 8) => Code.VEX_Vpsrlvq_xmm_xmm_xmmm128,
        (BinaryOp.AShr, 4) => Code.VEX_Vpsravd_xmm_xmm_xmmm128,
        _ => throw new NotSupportedException($"{op} on lanes of {laneBytes} bytes"),
    };

    /// <summary>Shifts of all lanes by one constant.</summary>
    public static Code ShiftAll(BinaryOp op, int laneBytes) => (op, laneBytes) switch
    {
        (BinaryOp.Shl, 2) => Code.VEX_Vpsllw_xmm_xmm_imm8,
        (BinaryOp.Shl, 4) => Code.VEX_Vpslld_xmm_xmm_imm8,
        (BinaryOp.Shl, 8) => Code.VEX_Vpsllq_xmm_xmm_imm8,
        (BinaryOp.LShr, 2) => Code.VEX_Vpsrlw_xmm_xmm_imm8,
        (BinaryOp.LShr, 4) => Code.VEX_Vpsrld_xmm_xmm_imm8,
        (BinaryOp.LShr, 8) => Code.VEX_Vpsrlq_xmm_xmm_imm8,
        (BinaryOp.AShr, 2) => Code.VEX_Vpsraw_xmm_xmm_imm8,
        (BinaryOp.AShr, 4) => Code.VEX_Vpsrad_xmm_xmm_imm8,
        _ => throw new NotSupportedException($"{op} on lanes of {laneBytes} bytes"),
    };

    public static Code Equal(int laneBytes) => laneBytes switch
    {
        1 => Code.VEX_Vpcmpeqb_xmm_xmm_xmmm128,
        2 => Code.VEX_Vpcmpeqw_xmm_xmm_xmmm128,
        4 => Code.VEX_Vpcmpeqd_xmm_xmm_xmmm128,
        _ => Code.VEX_Vpcmpeqq_xmm_xmm_xmmm128,
    };

    public static Code Greater(int laneBytes) => laneBytes switch
    {
        1 => Code.VEX_Vpcmpgtb_xmm_xmm_xmmm128,
        2 => Code.VEX_Vpcmpgtw_xmm_xmm_xmmm128,
        4 => Code.VEX_Vpcmpgtd_xmm_xmm_xmmm128,
        _ => Code.VEX_Vpcmpgtq_xmm_xmm_xmmm128,
    };

    /// <summary>The quiet predicate of CMPPS and CMPPD.</summary>
    public static int Predicate(CompareOp op) => op switch
    {
        CompareOp.FOeq => 0x00,
        CompareOp.FUno => 0x03,
        CompareOp.FUne => 0x04,
        CompareOp.FOrd => 0x07,
        CompareOp.FUeq => 0x08,
        CompareOp.FFalse => 0x0B,
        CompareOp.FOne => 0x0C,
        CompareOp.FTrue => 0x0F,
        CompareOp.FOlt => 0x11,
        CompareOp.FOle => 0x12,
        CompareOp.FUge => 0x15,
        CompareOp.FUgt => 0x16,
        CompareOp.FUlt => 0x19,
        CompareOp.FUle => 0x1A,
        CompareOp.FOge => 0x1D,
        CompareOp.FOgt => 0x1E,
        _ => throw new NotSupportedException($"{op} on floating point"),
    };
}
