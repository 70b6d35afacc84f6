namespace Mu.Core.IR;

/// <summary>Anything of a bundle that may have an ID and a name: types, signatures, constants, globals, functions, blocks, values, instructions.</summary>
public abstract class Entity
{
    /// <summary>The micro VM's number for the entity; 0 until its bundle is loaded.</summary>
    public int Id { get; internal set; }

    /// <summary>The global name, without sigil; null for an anonymous entity. Local names are global ones with a prefix (<c>func.ver.bb.name</c>).</summary>
    public string? Name { get; set; }

    /// <summary>Types, signatures and constants: found well-formed, with all that it is made of, by a verification without findings. So it is not looked at again.</summary>
    internal bool IsVerified { get; set; }
}
