using System.Collections.Immutable;
using Faithful.Crystals.Descriptors;
using Faithful.Crystals.Formats;
using Faithful.Models;

namespace Faithful.Pipelines;

/// <summary>Embeds the crystals of rows. Thread-safe.</summary>
internal sealed class CrystalEmbedding : ICrystalMapping<EmbeddedCrystal>
{
    private static readonly EmbeddedCrystal Kept = new(PreparedCrystal.Fallback(""));

    private readonly PreparationOptions _preparation;
    private readonly StructureReading _reading;

    /// <summary>Makes an embedding.</summary>
    /// <param name="preparation">How crystals are prepared.</param>
    /// <param name="inputs">The inputs of the contract that become columns; without meaning for descriptors.</param>
    /// <param name="options">How rows are read.</param>
    /// <exception cref="ArgumentException">An option is out of range, or an input is unknown.</exception>
    public CrystalEmbedding(PreparationOptions preparation, IEnumerable<string> inputs, CrystalEmbeddingOptions options)
    {
        RowOptions.Check(options.Validate(), nameof(options));
        RowOptions.Check(preparation.Validate(), nameof(preparation));
        _preparation = preparation;
        _reading = new StructureReading(options.OnBadStructure);
        Inputs = new CrystalInputColumns(options.StructureColumnName, options.IdColumnName);
        ReadAhead = options.ReadAhead;
        Columns = preparation.Descriptors is string name
            ? EmbeddingColumns.Of(DescriptorSet.Find(name))
            : EmbeddingColumns.Of(inputs.Select(Find));
    }

    /// <inheritdoc/>
    public CrystalInputColumns Inputs { get; }

    /// <inheritdoc/>
    public ImmutableArray<OutputColumn<EmbeddedCrystal>> Columns { get; }

    /// <inheritdoc/>
    public int ReadAhead { get; }

    /// <inheritdoc/>
    public bool DropsRows => _reading.DropsRows;

    /// <summary>Gets how many structures could not be read so far.</summary>
    public long BadStructures => _reading.Bad;

    /// <inheritdoc/>
    public IReadOnlyList<EmbeddedCrystal?> Map(IReadOnlyList<CrystalRow> rows, bool wantsResults)
    {
        CrystalReadResult[] read = _reading.Read(rows);
        var results = new EmbeddedCrystal?[rows.Count];
        StructureReading.InParallel(rows.Count, index => results[index] =
            !read[index].IsSuccess ? DropsRows ? null : new EmbeddedCrystal(PreparedCrystal.Fallback(read[index].Error!.Message))
            : wantsResults ? new EmbeddedCrystal(CrystalPreparation.Prepare(read[index].Record!.Crystal, _preparation))
            : Kept);
        return results;
    }

    private static ModelInput Find(string name) => ModelInput.All.FirstOrDefault(input => input.Name == name)
        ?? throw new ArgumentException(
            $"Expected inputs of the model contract ({string.Join(", ", ModelInput.All.Select(input => input.Name))}), found \"{name}\".", nameof(name));
}
