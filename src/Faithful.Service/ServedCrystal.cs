using Faithful.Crystals.Formats;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Service;

/// <summary>A crystal of a request, prepared for the models that are to predict it.</summary>
internal sealed class ServedCrystal
{
    private readonly Dictionary<PreparationOptions, PredictionInput> _inputs;

    private ServedCrystal(CrystalRecord record, Dictionary<PreparationOptions, PredictionInput> inputs)
    {
        Record = record;
        _inputs = inputs;
    }

    /// <summary>Gets the crystal as it was read.</summary>
    public CrystalRecord Record { get; }

    /// <summary>Gets the number of atoms that a model computes at most.</summary>
    public int Atoms => Record.Crystal.Count;

    /// <summary>Gets about how many bytes the prepared arrays take.</summary>
    public long Bytes => _inputs.Values.Sum(input =>
        32L * input.Crystal.Atoms + 11L * input.Crystal.Edges + 4L * input.Crystal.Descriptors.Length + 512);

    /// <summary>Prepares a crystal.</summary>
    /// <param name="record">The crystal.</param>
    /// <param name="preparations">The preparations; each is done once.</param>
    /// <returns>The prepared crystal.</returns>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">A model uses symmetry and spglib is not installed.</exception>
    public static ServedCrystal Prepare(CrystalRecord record, IEnumerable<PreparationOptions> preparations)
    {
        var source = new PreparationSource(record.Crystal);
        // Descriptors first: they want the Wyckoff positions, and whoever has these has the primitive cell as well.
        return new ServedCrystal(record, preparations.Distinct().OrderBy(preparation => preparation.Descriptors is null).ToDictionary(
            preparation => preparation,
            preparation => new PredictionInput(record.Id, source.Prepare(preparation), record.Crystal.Species, record.Crystal.VolumePerAtom)));
    }

    /// <summary>Gets the crystal as a preparation has it.</summary>
    /// <param name="preparation">One of those that it was prepared with.</param>
    /// <returns>What a predictor takes.</returns>
    public PredictionInput Input(PreparationOptions preparation) => _inputs[preparation];
}
