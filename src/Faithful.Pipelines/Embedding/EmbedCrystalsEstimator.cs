using Faithful.Models;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Embeds crystals. See <see cref="EmbedCrystalsTransformer"/> for the columns.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// ###  Estimator Characteristics
/// |  |  |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | No |
/// | Input column data type | Text |
/// | Output column data type | Vector of Single with slot names (descriptors), or vectors of Int64 and Single (arrays of the ONNX contract) |
/// | Required NuGet in addition to Microsoft.ML | Faithful.Pipelines |
/// | Exportable to ONNX | No |
/// ]]></format>
/// </remarks>
public sealed class EmbedCrystalsEstimator : IEstimator<EmbedCrystalsTransformer>
{
    private readonly EmbedCrystalsTransformer _transformer;

    /// <summary>Makes an estimator.</summary>
    /// <param name="preparation">How crystals are prepared; with descriptors they become the one column.</param>
    /// <param name="inputs">The inputs of the contract that become columns otherwise; null for all.</param>
    /// <param name="options">How rows are read; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range, or an input is unknown.</exception>
    public EmbedCrystalsEstimator(PreparationOptions preparation, IEnumerable<string>? inputs = null, CrystalEmbeddingOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(preparation);
        _transformer = new EmbedCrystalsTransformer(
            preparation, inputs ?? ModelInput.All.Select(input => input.Name), options ?? new CrystalEmbeddingOptions());
    }

    /// <summary>Checks the schema of the data, which are not read.</summary>
    /// <param name="input">The data.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The data lack the column of structures, or a column is not of text.</exception>
    public EmbedCrystalsTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _transformer.GetOutputSchema(input.Schema);
        return _transformer;
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _transformer.GetOutputSchema(inputSchema);
}
