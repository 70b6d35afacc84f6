using Mu.Core.Types;

namespace Mu.ClientLib.Building;

/// <summary>Types that every client uses, as shared objects, so that comparing them is comparing references.</summary>
public static class WellKnownTypes
{
    /// <summary><c>ref&lt;void&gt;</c></summary>
    public static readonly ReferenceType RefVoid = new(TypeKind.Ref, SimpleType.Void);

    /// <summary><c>uptr&lt;void&gt;</c></summary>
    public static readonly ReferenceType PtrVoid = new(TypeKind.UPtr, SimpleType.Void);
}
