using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>Estimators of transformers hang on it as extension methods.</summary>
public sealed class TransformsCatalog : IInternalCatalog
{
    private readonly LocalEnvironment environment;

    internal TransformsCatalog(LocalEnvironment environment)
    {
        this.environment = environment;
        Conversion = new ConversionTransforms(this);
    }

    LocalEnvironment IInternalCatalog.Environment => environment;

    public ConversionTransforms Conversion { get; }

    /// <summary>Estimators that change types hang on it as extension methods.</summary>
    public sealed class ConversionTransforms : IInternalCatalog
    {
        private readonly LocalEnvironment environment;

        internal ConversionTransforms(TransformsCatalog owner) => environment = owner.environment;

        LocalEnvironment IInternalCatalog.Environment => environment;
    }
}
