using System.Collections.Immutable;
using Faithful.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>
/// Adds to crystals what models see of them: the column <c>Descriptors</c> (Vector of Single with slot names, NaN where a value does
/// not exist), or the arrays of the ONNX contract, one column an input under the input's name; and <c>Note</c> (text), why a crystal
/// has neither.
/// </summary>
/// <remarks>
/// ML.NET's FastTree leaves out rows with a NaN among their features: put a number for missing values before training on descriptors
/// (<c>ReplaceMissingValues</c>), or take the trainer of trees of this package, which does so. The arrays are those of a batch of one crystal, row after row: <c>positions</c> has 3 numbers an atom. Vectors of atoms and edges
/// vary in size. Thread-safe.
/// </remarks>
public sealed class EmbedCrystalsTransformer : ITransformer
{
    private readonly CrystalEmbedding _embedding;

    internal EmbedCrystalsTransformer(PreparationOptions preparation, IEnumerable<string> inputs, CrystalEmbeddingOptions options)
    {
        Inputs = preparation.Descriptors is null ? [.. inputs] : [];
        Preparation = preparation;
        Options = options;
        _embedding = new CrystalEmbedding(preparation, Inputs, options);
    }

    /// <summary>Gets how rows are read.</summary>
    public CrystalEmbeddingOptions Options { get; }

    /// <summary>Gets how crystals are prepared.</summary>
    public PreparationOptions Preparation { get; }

    /// <summary>Gets the inputs of the contract that become columns; empty for descriptors.</summary>
    public ImmutableArray<string> Inputs { get; }

    /// <summary>Gets how many structures could not be read so far; a row counts each time that a cursor or an engine looks at it.</summary>
    public long BadStructures => _embedding.BadStructures;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => !_embedding.DropsRows;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new AddedColumns<EmbeddedCrystal>(_embedding, inputSchema).Schema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView<EmbeddedCrystal>(input, _embedding);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Rows may be left out.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return IsRowToRowMapper ? new CrystalRowMapper<EmbeddedCrystal>(_embedding, inputSchema) : throw DroppedRows.Fault();
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw UnsavedStep.Fault(this);

    internal SchemaShape GetOutputSchema(SchemaShape inputSchema) => AddedColumns<EmbeddedCrystal>.ShapeOf(_embedding, inputSchema);
}
