using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Estimators of transformers hang on it as extension methods.</summary>
public sealed class TransformsCatalog : IInternalCatalog
{
    private readonly LocalEnvironment _environment;

    internal TransformsCatalog(LocalEnvironment environment)
    {
        _environment = environment;
        Conversion = new ConversionTransforms(this);
    }

    LocalEnvironment IInternalCatalog.Environment => _environment;

    public ConversionTransforms Conversion { get; }

    /// <summary>Estimators that change types hang on it as extension methods.</summary>
    public sealed class ConversionTransforms : IInternalCatalog
    {
        private readonly LocalEnvironment _environment;

        internal ConversionTransforms(TransformsCatalog owner) => _environment = owner._environment;

        LocalEnvironment IInternalCatalog.Environment => _environment;
    }
}
