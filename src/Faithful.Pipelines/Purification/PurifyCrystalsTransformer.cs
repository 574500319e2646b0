using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>
/// Leaves out rows. Those that were there when it was fitted stay or go as was decided then, among all of them; others are judged by
/// the rules for single crystals alone, whatever rows stand beside them. The text of the crystals stays as it is.
/// </summary>
/// <remarks>
/// Rows are recognised by identifier and structure, not by their place. It maps no single rows: append it to a pipeline with
/// <c>TransformerScope.TrainTest</c> where the model is to be used in a prediction engine. Thread-safe.
/// </remarks>
public sealed class PurifyCrystalsTransformer : ITransformer
{
    private readonly RowPurification _filter;

    internal PurifyCrystalsTransformer(LearnedRows learned, CrystalPurificationReport report, CrystalPurificationOptions options)
    {
        Learned = learned;
        Report = report;
        Options = options;
        _filter = new RowPurification(learned, options);
    }

    /// <summary>Gets the options.</summary>
    public CrystalPurificationOptions Options { get; }

    /// <summary>Gets what was found in the data that it was fitted on.</summary>
    public CrystalPurificationReport Report { get; }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => false;

    /// <summary>Gets the rows that were seen.</summary>
    internal LearnedRows Learned { get; }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new AddedColumns<object>(_filter, inputSchema).Schema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView<object>(input, _filter);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Always: rows are left out.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw DroppedRows.Fault();

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw UnsavedStep.Fault(this);
}
