using System.Collections.Immutable;

namespace Faithful.Crystals.Descriptors;

/// <summary>Statistics of the elements' properties over the composition; elements without a value do not count.</summary>
internal sealed class PropertyStatisticsBlock() : DescriptorBlock(ElementProperties.All.SelectMany(List))
{
    private const int Statistics = 6;

    private readonly ImmutableArray<ElementProperty> properties = ElementProperties.All;

    /// <inheritdoc/>
    public override void Compute(DescriptorInput input, Span<float> values)
    {
        for (var index = 0; index < properties.Length; index++)
        {
            Summarize(input, properties[index], values.Slice(Statistics * index, Statistics));
        }
    }

    private static void Summarize(DescriptorInput input, ElementProperty property, Span<float> values)
    {
        var (atoms, sum) = (0, 0.0);
        var (least, greatest) = (double.PositiveInfinity, double.NegativeInfinity);
        var (commonest, mode) = (0, double.NaN);
        for (var index = 0; index < input.Species.Length; index++)
        {
            var (value, count) = (property[input.Species[index]], input.Counts[index]);
            if (double.IsNaN(value))
            {
                continue;
            }

            atoms += count;
            sum += count * value;
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            if (count > commonest) // of two that are as common, the lighter
            {
                (commonest, mode) = (count, value);
            }
        }

        if (atoms == 0)
        {
            values.Fill(float.NaN);
            return;
        }

        var mean = sum / atoms;
        var squares = 0.0;
        for (var index = 0; index < input.Species.Length; index++)
        {
            var value = property[input.Species[index]];
            if (!double.IsNaN(value))
            {
                squares += input.Counts[index] * (value - mean) * (value - mean);
            }
        }

        values[0] = (float)mean;
        values[1] = (float)least;
        values[2] = (float)greatest;
        values[3] = (float)(greatest - least);
        values[4] = (float)Math.Sqrt(squares / atoms);
        values[5] = (float)mode;
    }

    private static IEnumerable<DescriptorColumn> List(ElementProperty property) =>
    [
        new($"{property.Name}_mean", property.Unit, $"{property.Description}: mean over the atoms"),
        new($"{property.Name}_minimum", property.Unit, $"{property.Description}: least of the elements"),
        new($"{property.Name}_maximum", property.Unit, $"{property.Description}: greatest of the elements"),
        new($"{property.Name}_range", property.Unit, $"{property.Description}: greatest minus least of the elements"),
        new($"{property.Name}_deviation", property.Unit, $"{property.Description}: standard deviation over the atoms"),
        new($"{property.Name}_mode", property.Unit, $"{property.Description}: of the commonest element, of the lightest where several are"),
    ];
}
