namespace Microsoft.ML.SearchSpace.Option;

/// <summary>A number between two bounds. Without a default it starts at the lower one.</summary>
public abstract class UniformNumericOption : OptionBase
{
    public UniformNumericOption(double min, double max, bool logBase = false)
    {
        Min = min;
        Max = max;
        LogBase = logBase;
        Default = [0];
    }

    public double Min { get; }

    public double Max { get; }

    public bool LogBase { get; }

    public override int FeatureSpaceDim => 1;

    public override int?[] Step => [null];

    // Both terms are divided apart, as the package does it: whether a whole number survives the way there and back hangs on
    // the last bit.
    public override double[] MappingToFeatureSpace(Parameter param)
    {
        double value = param.AsType<double>();
        if (!LogBase)
        {
            return [(value / (Max - Min)) - (Min / (Max - Min))];
        }

        double lower = Math.Log(Min);
        double width = Math.Log(Max) - lower;
        return [(Math.Log(value) / width) - (lower / width)];
    }

    public override Parameter SampleFromFeatureSpace(double[] values) =>
        Parameter.FromDouble(LogBase ? Min * Math.Pow(Max / Min, values[0]) : Min + ((Max - Min) * values[0]));
}
