using Microsoft.ML;

namespace Faithful.Standins.Tests.MachineLearning;

/// <summary>The context: its catalogs are there from the start.</summary>
public sealed class ContextTests
{
    [Fact]
    public void A_context_has_its_catalogs()
    {
        var context = new MLContext();
        Assert.NotNull(context.Data);
        Assert.NotNull(context.Model);
        Assert.NotNull(context.Transforms.Conversion);
        Assert.NotNull(context.Regression.Trainers);
        Assert.NotNull(context.BinaryClassification.Trainers);
        Assert.NotNull(context.MulticlassClassification.Trainers);
        Assert.NotNull(context.ComponentCatalog);
    }

    [Fact]
    public void A_context_says_which_device_its_components_use()
    {
        var context = new MLContext(seed: 0);
        Assert.Null(context.GpuDeviceId);
        context.GpuDeviceId = 1;
        Assert.Equal(1, context.GpuDeviceId);
        context.FallbackToCpu = false;
        Assert.False(context.FallbackToCpu);
    }
}
