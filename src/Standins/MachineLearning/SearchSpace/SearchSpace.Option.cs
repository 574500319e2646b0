namespace Microsoft.ML.SearchSpace.Option;

/// <summary>
/// The package has this older twin of <see cref="ML.SearchSpace.SearchSpace"/>. It stands here without members of its own only so
/// that a file which imports both namespaces and says <c>SearchSpace</c> is ambiguous here, as it is there.
/// </summary>
public sealed class SearchSpace : OptionBase
{
    private SearchSpace()
    {
    }

    public override int FeatureSpaceDim => throw Unsupported();

    public override int?[] Step => throw Unsupported();

    public override double[] MappingToFeatureSpace(Parameter value) => throw Unsupported();

    public override Parameter SampleFromFeatureSpace(double[] values) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("Use Microsoft.ML.SearchSpace.SearchSpace.");
}
