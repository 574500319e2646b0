using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>The catalog of a kind of task: trainers, evaluation, cross-validation.</summary>
public abstract partial class TrainCatalogBase : IInternalCatalog
{
    private protected TrainCatalogBase(LocalEnvironment environment) => Environment = environment;

    LocalEnvironment IInternalCatalog.Environment => Environment;

    private protected LocalEnvironment Environment { get; }

    /// <summary>A catalog within: extension methods hang on it.</summary>
    public abstract class CatalogInstantiatorBase : IInternalCatalog
    {
        private protected CatalogInstantiatorBase(TrainCatalogBase catalog) => Owner = catalog;

        LocalEnvironment IInternalCatalog.Environment => Owner.Environment;

        internal TrainCatalogBase Owner { get; }
    }
}
