using Faithful.Datasets;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>
/// Purifies a data set of crystals: large and implausible cells go, and of the crystals that are one material one stays, or none when
/// they contradict each other (<see cref="Faithful.Datasets.Purification.Purifier"/>; npj Comput. Mater. 2025, section "Topological
/// classification").
/// </summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ###  Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes; all crystals are in memory meanwhile |
/// | Input column data type | Text; the label, if one is named, text, Single, Double or key |
/// | Output column data type | No column is added; rows are left out |
/// | Required NuGet in addition to Microsoft.ML | Faithful.Pipelines |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class PurifyCrystalsEstimator : IEstimator<PurifyCrystalsTransformer>
{
    private readonly CrystalPurificationOptions _options;

    /// <summary>Makes an estimator.</summary>
    /// <param name="options">The rules and columns; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public PurifyCrystalsEstimator(CrystalPurificationOptions? options = null)
    {
        _options = options ?? new CrystalPurificationOptions();
        RowOptions.Check(_options.Validate(), nameof(options));
    }

    /// <summary>Applies the rules to all rows.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer, with a report.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="LabelException">A label is named, there are crystals, and none has one.</exception>
    /// <exception cref="Faithful.Crystals.Formats.CrystalFormatException">A structure cannot be read, and that ends the work.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">spglib is missing or unusable.</exception>
    public PurifyCrystalsTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        (LearnedRows rows, CrystalPurificationReport report) = new PurificationFit(_options).Run(input);
        return new PurifyCrystalsTransformer(rows, report, _options);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        new CrystalInputColumns(_options.StructureColumnName, _options.IdColumnName).Check(inputSchema);
        if (_options.Rules.Label is string label)
        {
            LabelText.Check(inputSchema, label);
        }

        return inputSchema;
    }
}
