using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Where every pipeline starts: the catalogs, and the seed of all that is random.</summary>
public sealed class MLContext : IHostEnvironment
{
    private readonly LocalEnvironment environment;

    public MLContext(int? seed = null)
    {
        environment = new LocalEnvironment(seed);
        BinaryClassification = new BinaryClassificationCatalog(environment);
        MulticlassClassification = new MulticlassClassificationCatalog(environment);
        Regression = new RegressionCatalog(environment);
        Transforms = new TransformsCatalog(environment);
        Model = new ModelOperationsCatalog(environment);
        Data = new DataOperationsCatalog(environment);
    }

    public BinaryClassificationCatalog BinaryClassification { get; }

    public MulticlassClassificationCatalog MulticlassClassification { get; }

    public RegressionCatalog Regression { get; }

    public TransformsCatalog Transforms { get; }

    public ModelOperationsCatalog Model { get; }

    public DataOperationsCatalog Data { get; }

    public ComponentCatalog ComponentCatalog => environment.ComponentCatalog;

    /// <summary>The GPU that components which can use one are to use.</summary>
    public int? GpuDeviceId
    {
        get => environment.GpuDeviceId;
        set => environment.GpuDeviceId = value;
    }

    /// <summary>Whether components that find no GPU go on without.</summary>
    public bool FallbackToCpu
    {
        get => environment.FallbackToCpu;
        set => environment.FallbackToCpu = value;
    }

    internal LocalEnvironment Environment => environment;
}
