using Mu.Core.Types;

namespace Mu.Core.IR;

/// <summary>
/// The unit of delivery of Mu IR. A bundle is built through this object model or read from text, then loaded as a whole or refused as a whole.
/// Anonymous entities need not be listed here: what listed entities reach belongs to the bundle.
/// </summary>
public sealed class Bundle
{
    /// <summary>Where the text form has what it consists of; null for a bundle that is not read from text.</summary>
    internal SourcePositions? Positions { get; set; }

    /// <summary>Named types.</summary>
    public List<MuType> Types { get; } = [];

    /// <summary>Named signatures.</summary>
    public List<FunctionSignature> Signatures { get; } = [];

    /// <summary>Constants.</summary>
    public List<Constant> Constants { get; } = [];

    /// <summary>Global cells.</summary>
    public List<GlobalCell> Globals { get; } = [];

    /// <summary>Functions that the bundle declares (defined here or not).</summary>
    public List<Function> Functions { get; } = [];

    /// <summary>Definitions of functions, of this bundle's or of earlier ones.</summary>
    public List<FunctionVersion> Versions { get; } = [];

    /// <summary>Exposed functions.</summary>
    public List<ExposedFunction> Exposed { get; } = [];

    /// <summary>Adds a type under a name.</summary>
    public T Add<T>(string name, T type) where T : MuType
    {
        type.Name = name;
        Types.Add(type);
        return type;
    }

    /// <summary>Adds a signature under a name.</summary>
    public FunctionSignature AddSignature(string name, FunctionSignature signature)
    {
        signature.Name = name;
        Signatures.Add(signature);
        return signature;
    }

    /// <summary>Adds a constant, under a name or anonymous.</summary>
    public T AddConstant<T>(T constant, string? name = null) where T : Constant
    {
        constant.Name = name ?? constant.Name;
        Constants.Add(constant);
        return constant;
    }

    /// <summary>Adds a global cell.</summary>
    public GlobalCell AddGlobal(string? name, MuType cellType)
    {
        var cell = new GlobalCell(cellType) { Name = name };
        Globals.Add(cell);
        return cell;
    }

    /// <summary>Declares a function.</summary>
    public Function AddFunction(string? name, FunctionSignature signature)
    {
        var function = new Function(signature) { Name = name };
        Functions.Add(function);
        return function;
    }

    /// <summary>Starts a definition of a function.</summary>
    public FunctionVersion Define(Function function, string? name = null)
    {
        var version = new FunctionVersion(function) { Name = name };
        Versions.Add(version);
        return version;
    }
}
