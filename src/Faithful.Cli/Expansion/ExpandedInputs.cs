using Faithful.Crystals;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Cli.Expansion;

/// <summary>
/// Crystals as models take them at several factors of expansion. Symmetry and order of the atoms do not change with the factor, so networks
/// have them from one preparation; descriptors are computed anew.
/// </summary>
/// <param name="crystals">The crystals with the identifiers that their predictions carry.</param>
/// <param name="cancellation">Stops the work.</param>
internal sealed class ExpandedInputs(IReadOnlyList<(string Id, Crystal Crystal)> crystals, CancellationToken cancellation)
{
    private readonly PredictionInputs _asGiven = new(crystals, cancellation);

    /// <summary>Gets the crystals expanded.</summary>
    /// <param name="factor">What distances are multiplied by, 1 or more; 1 gives the crystals as they are.</param>
    /// <returns>The crystals in their order.</returns>
    public PredictionInputs At(double factor) => factor == 1 ? _asGiven : new PredictionInputs(crystals.Count, preparation =>
        preparation.Descriptors is null ? Prepared(factor, preparation) : Described(factor, preparation));

    private PredictionInput[] Prepared(double factor, PreparationOptions preparation) =>
        [.. _asGiven.Of(preparation).Select(input => At(factor, input, input.Crystal.Expand(factor, preparation.Cutoff)))];

    private PredictionInput[] Described(double factor, PreparationOptions preparation)
    {
        IReadOnlyList<PredictionInput> asGiven = _asGiven.Of(preparation);
        var inputs = new PredictionInput[crystals.Count];
        Parallel.For(0, inputs.Length, new ParallelOptions { CancellationToken = cancellation }, index =>
            inputs[index] = At(factor, asGiven[index], CrystalPreparation.Prepare(crystals[index].Crystal, factor, preparation)));
        return inputs;
    }

    private static PredictionInput At(double factor, PredictionInput input, PreparedCrystal expanded) =>
        input with { Crystal = expanded, VolumePerAtom = input.VolumePerAtom * factor * factor * factor };
}
