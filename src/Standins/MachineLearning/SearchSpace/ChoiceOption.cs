#nullable enable // as in the package

namespace Microsoft.ML.SearchSpace.Option;

/// <summary>One of a few values; each takes an equal part of the coordinate. A single choice needs no coordinate.</summary>
public sealed class ChoiceOption : OptionBase
{
    private readonly UniformSingleOption position;

    public ChoiceOption(params object[] choices)
    {
        Choices = [.. choices.Distinct().Select(Parameter.FromObject)];
        position = new UniformSingleOption(0, Choices.Length);
        Default = new double[FeatureSpaceDim];
    }

    public ChoiceOption(object[] choices, object? defaultChoice)
        : this(choices)
    {
        if (defaultChoice is not null)
        {
            Default = MappingToFeatureSpace(Parameter.FromObject(defaultChoice));
        }
    }

    public Parameter[] Choices { get; }

    public override int FeatureSpaceDim => Choices.Length == 1 ? 0 : 1;

    public override int?[] Step => [Choices.Length];

    public override double[] MappingToFeatureSpace(Parameter param) =>
        FeatureSpaceDim == 0 ? [] : position.MappingToFeatureSpace(Parameter.FromFloat(Array.IndexOf(Choices, param)));

    public override Parameter SampleFromFeatureSpace(double[] values)
    {
        if (values.Length == 0)
        {
            return Choices[0];
        }

        int index = (int)MathF.Floor(position.SampleFromFeatureSpace(values).AsType<float>());
        return Choices[Math.Min(index, Choices.Length - 1)];
    }
}
