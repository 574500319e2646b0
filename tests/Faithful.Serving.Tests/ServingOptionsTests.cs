namespace Faithful.Serving.Tests;

public class ServingOptionsTests
{
    [Fact]
    public void Defaults_are_as_documented()
    {
        var options = new ServingOptions();
        Assert.Equal(ServingDevice.Auto, options.Device);
        Assert.Equal(0, options.IntraOpThreads);
        Assert.Equal(4096, options.MaxAtomsPerBatch);
        Assert.Equal(32_768, options.MaxEdgesPerBatch);
        Assert.Empty(options.Validate());
    }

    [Fact]
    public void All_faults_are_said_at_once() => Assert.Equal(
        [
            "Device must be Auto, Cpu or Cuda, found 9.",
            "IntraOpThreads must lie in 0..1024, found -1.",
            "MaxAtomsPerBatch must be at least 1, found 0.",
            "MaxEdgesPerBatch must be at least 1, found -3.",
        ],
        new ServingOptions { Device = (ServingDevice)9, IntraOpThreads = -1, MaxAtomsPerBatch = 0, MaxEdgesPerBatch = -3 }.Validate());

    [Fact]
    public void Options_that_are_not_valid_open_nothing() =>
        Assert.Throws<ArgumentException>(() => CrystalPredictor.Open("nowhere", new ServingOptions { MaxAtomsPerBatch = 0 }));
}
