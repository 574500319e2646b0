using Faithful.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>
/// Scores crystals by one folder of a model or of an ensemble, or by several of one task (the plain mean of their probabilities or values).
/// Every model of the project gives this transformer: trees, networks and ensembles alike.
/// </summary>
/// <remarks>
/// <para>
/// It adds, for a classification, <c>PredictedLabel</c> (key with the classes as key values) and <c>Score</c> (probabilities with
/// the classes as slot names), for a regression <c>Score</c> (Single), which ML.NET's <c>Evaluate</c> reads; and for both kinds the
/// columns of <see cref="CrystalPrediction"/>: <c>Class</c>, <c>Value</c>, <c>Probabilities</c>, <c>Confidence</c>,
/// <c>HalfWidth</c>, <c>Disagreement</c>, <c>IsFallback</c> and <c>Note</c>. Scores are computed when a cursor asks for one of them, by each cursor anew: put
/// <c>mlContext.Data.Cache</c> behind it where several passes are made.
/// </para>
/// <para>
/// Everything but <see cref="Dispose"/> may be called from several threads at once; views and engines that were made with it fail
/// after it was disposed of.
/// </para>
/// </remarks>
public sealed class CrystalScoringTransformer : ITransformer, IDisposable
{
    private readonly ModelSet _models;
    private readonly CrystalModels _opened;
    private readonly OwnedFolder? _owned;

    /// <summary>Opens models.</summary>
    /// <param name="modelFolders">The folders of models or ensembles: one, or several of one task; the first one's order of classes counts.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no folder, the models are not of one task, or an option is out of range.</exception>
    /// <exception cref="ModelFolderException">A folder is not that of a model, or its files were altered.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public CrystalScoringTransformer(IEnumerable<string> modelFolders, CrystalScoringOptions? options = null)
        : this(ModelSet.Read(modelFolders), options ?? new CrystalScoringOptions(), null)
    {
    }

    private CrystalScoringTransformer(ModelSet models, CrystalScoringOptions options, OwnedFolder? owned)
    {
        RowOptions.Check(options.Validate(), nameof(options));
        _models = models;
        _owned = owned;
        Options = options;
        _opened = new CrystalModels(models, options);
    }

    /// <summary>Gets how crystals are scored.</summary>
    public CrystalScoringOptions Options { get; }

    /// <summary>Gets the folders of the models and ensembles.</summary>
    public IReadOnlyList<string> ModelFolders => _models.Folders;

    /// <summary>Gets the cards of the models, those of the members of ensembles among them.</summary>
    public IReadOnlyList<ModelCard> Cards => _models.Cards;

    /// <summary>Gets the task, with the classes in the order of the columns.</summary>
    public ModelTask Task => _models.Task;

    /// <summary>
    /// Gets how many structures could not be read so far, whatever became of their rows. A row counts each time that a cursor or an
    /// engine looks at it.
    /// </summary>
    public long BadStructures => _opened.BadStructures;

    /// <inheritdoc/>
    /// <remarks>True unless rows may be left out.</remarks>
    public bool IsRowToRowMapper => !_opened.DropsRows;

    /// <summary>Opens models that lie in a temporary folder, which is deleted when the transformer is disposed of or collected.</summary>
    /// <param name="temporaryFolder">The folder that the transformer owns from now on, also when this method fails.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <param name="modelFolders">The model folders within it; null when it is itself the folder of the one model.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentException">The models are not of one task, or an option is out of range.</exception>
    /// <exception cref="ModelFolderException">A folder is not that of a model, or its files were altered.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public static CrystalScoringTransformer TakeOwnership(
        string temporaryFolder, CrystalScoringOptions? options = null, IReadOnlyList<string>? modelFolders = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(temporaryFolder);
        var owned = new OwnedFolder(temporaryFolder);
        try
        {
            return TakeOwnership(owned, modelFolders ?? [temporaryFolder], options ?? new CrystalScoringOptions());
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return new AddedColumns<CrystalScore>(_opened, inputSchema).Schema;
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new MappedView<CrystalScore>(input, _opened);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Rows may be left out.</exception>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return IsRowToRowMapper ? new CrystalRowMapper<CrystalScore>(_opened, inputSchema) : throw DroppedRows.Fault();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _opened.Dispose();
        _owned?.Dispose();
    }

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) => throw UnsavedStep.Fault(this);

    internal static CrystalScoringTransformer TakeOwnership(OwnedFolder owned, IReadOnlyList<string> modelFolders, CrystalScoringOptions options) =>
        new(ModelSet.Read(modelFolders), options, owned);
}
