using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Scores crystals by models that are trained already. See <see cref="CrystalScoringTransformer"/> for the columns.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ###  Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Text |
/// | Output column data type | Key and vector of Single (classification) or Single (regression), and the columns of CrystalPrediction |
/// | Required NuGet in addition to Microsoft.ML | Faithful.Pipelines |
/// | Exportable to ONNX | The models are ONNX files |
/// ]]></format>
/// </remarks>
public sealed class CrystalScoringEstimator : IEstimator<CrystalScoringTransformer>
{
    private readonly ModelSet _models;
    private readonly CrystalScoringOptions _options;

    /// <summary>Reads the cards of models; they are opened by <see cref="Fit"/>.</summary>
    /// <param name="modelFolders">The model folders: one, or several of one task.</param>
    /// <param name="options">How to score; null for the defaults.</param>
    /// <exception cref="ArgumentException">There is no folder, the models are not of one task, or an option is out of range.</exception>
    /// <exception cref="Faithful.Models.ModelFolderException">A folder is not that of a model.</exception>
    public CrystalScoringEstimator(IEnumerable<string> modelFolders, CrystalScoringOptions? options = null)
    {
        _options = options ?? new CrystalScoringOptions();
        RowOptions.Check(_options.Validate(), nameof(options));
        _models = ModelSet.Read(modelFolders);
    }

    /// <summary>Opens the models. The data are not read, only their schema is checked.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer; dispose it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The data lack the column of structures, or a column is not of text.</exception>
    /// <exception cref="Faithful.Models.ModelFolderException">The files of a model were altered.</exception>
    public CrystalScoringTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Inputs.Find(input.Schema);
        return new CrystalScoringTransformer(_models.Folders, _options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Inputs.Check(inputSchema);
        return SchemaShapes.With(inputSchema, CrystalScoreColumns.Of(_models.Task).Select(column => column.Detached));
    }

    private CrystalInputColumns Inputs => new(_options.StructureColumnName, _options.IdColumnName);
}
