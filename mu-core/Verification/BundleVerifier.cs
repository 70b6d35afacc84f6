using Mu.Core.IR;
using Mu.Core.Types;

namespace Mu.Core.Verification;

/// <summary>
/// Checks that a bundle is well-formed: all rules of the specification that do not depend on values at run time (docs/verifier.md lists them), and that the engines
/// support what it uses. It reports all findings and never throws for a bundle, whatever is wrong with it.
/// </summary>
public sealed class BundleVerifier
{
    private readonly FindingList findings = new();
    private readonly NameRules names;
    private readonly TypeRules types;
    private readonly ConstantRules constants;

    private BundleVerifier(IVerificationScope loaded)
    {
        names = new NameRules(findings, loaded);
        types = new TypeRules(findings);
        constants = new ConstantRules(findings, types);
    }

    /// <summary>Checks a bundle. It uses the Slot of its blocks and local variables as scratch.</summary>
    /// <param name="bundle">The bundle; nobody changes it meanwhile.</param>
    /// <param name="loaded">What is loaded already.</param>
    /// <returns>All findings; none if the bundle can be loaded.</returns>
    public static IReadOnlyList<Finding> Verify(Bundle bundle, IVerificationScope loaded)
    {
        var verifier = new BundleVerifier(loaded);
        verifier.CheckNames(bundle);
        verifier.CheckEntities(bundle);
        verifier.CheckVersions(bundle.Versions);
        if (verifier.findings.All.Count == 0) verifier.Mark();
        return verifier.findings.All;
    }

    private void CheckNames(Bundle bundle)
    {
        names.CheckListed(bundle.Types);
        names.CheckListed(bundle.Signatures);
        names.CheckListed(bundle.Constants);
        names.CheckListed(bundle.Globals);
        names.CheckListed(bundle.Functions);
        names.CheckListed(bundle.Versions);
        names.CheckListed(bundle.Exposed);
    }

    private void CheckEntities(Bundle bundle)
    {
        foreach (MuType type in bundle.Types) types.Check(At(type));
        foreach (FunctionSignature signature in bundle.Signatures) types.Check(At(signature));
        foreach (Constant constant in bundle.Constants) constants.Check(At(constant));
        foreach (GlobalCell cell in bundle.Globals) constants.Check(At(cell));
        foreach (Function function in bundle.Functions) constants.Check(At(function));
        foreach (ExposedFunction exposed in bundle.Exposed) constants.Check(At(exposed));
    }

    private T At<T>(T entity) where T : Entity
    {
        findings.Place = new FindingPlace(entity);
        return entity;
    }

    private void CheckVersions(List<FunctionVersion> versions)
    {
        var rules = new FunctionRules(findings, names, types, constants);
        HashSet<Function>? defined = versions.Count > 1 ? [] : null;
        foreach (FunctionVersion version in versions)
        {
            findings.Place = new FindingPlace(null, version);
            if (defined?.Add(version.Function) == false) findings.Add($"{EntityText.Of(version.Function)} is defined twice in the bundle");
            rules.Check(version);
        }
    }

    private void Mark()
    {
        foreach (Entity entity in types.Seen) entity.IsVerified = true;
        foreach (Entity entity in constants.Seen) entity.IsVerified = true;
    }
}
