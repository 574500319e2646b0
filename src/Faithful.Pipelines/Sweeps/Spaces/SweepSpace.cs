using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Faithful.Models;
using Faithful.Networks.Training;
using Microsoft.ML.SearchSpace;
using Microsoft.ML.SearchSpace.Option;
using SearchSpace = Microsoft.ML.SearchSpace.SearchSpace;

namespace Faithful.Pipelines;

/// <summary>
/// What may be chosen of a model, and how a choice becomes options. The ranges are those that attributes declare, widened where
/// the options to begin with lie outside: their values are the defaults.
/// </summary>
internal sealed class SweepSpace
{
    private const int Digits = 4; // of a number that is drawn: a table is easier to read, and no model feels the fifth

    private readonly SweptModel _start;
    private readonly HashSet<string> _whole = [];

    /// <summary>Declares the space of a model.</summary>
    /// <param name="start">The model with the options to begin with.</param>
    /// <param name="kind">What it is trained for.</param>
    /// <exception cref="ArgumentException">All that could be chosen is fixed.</exception>
    public SweepSpace(SweptModel start, TaskKind kind)
    {
        _start = start;
        foreach (PropertyInfo property in Declaration(start.Model).GetProperties())
        {
            string name = RunJson.OneLine.PropertyNamingPolicy!.ConvertName(property.Name);
            bool isSearched = !start.Fixed.Contains(name) && (kind == TaskKind.Classification || property.Name != nameof(NetworkSweepOptions.LabelSmoothing));
            if (isSearched && start.Get(name) is JsonValue value && Option(property, value) is OptionBase option)
            {
                Options.Add(name, option);
                if (property.PropertyType == typeof(int))
                {
                    _whole.Add(name);
                }

                Defaults.Add(name, value.DeepClone());
            }
        }

        if (Options.FeatureSpaceDim == 0)
        {
            throw new ArgumentException($"{start.Model}: expected at least one option to choose, found all of them fixed");
        }
    }

    /// <summary>Gets the options by the names that <c>options.json</c> has.</summary>
    public SearchSpace Options { get; } = [];

    /// <summary>Gets the values to begin with.</summary>
    public JsonObject Defaults { get; } = [];

    /// <summary>Gets the model's name.</summary>
    public string Model => _start.Model;

    /// <summary>Gets the values at a point.</summary>
    /// <param name="point">Coordinates in [0, 1], one an option.</param>
    /// <returns>The values by name, numbers rounded to few digits.</returns>
    public JsonObject Values(double[] point)
    {
        JsonObject values = JsonSerializer.SerializeToNode(Options.SampleFromFeatureSpace(point))!.AsObject();
        foreach ((string name, OptionBase option) in Options)
        {
            if (option is UniformDoubleOption range)
            {
                double value = values[name].Deserialize<double>();
                values[name] = _whole.Contains(name) ? (int)Math.Round(value) : Math.Clamp(Rounded(value), range.Min, range.Max);
            }
        }

        return values;
    }

    /// <summary>Gets the point of values; those outside of a range, which only the options to begin with can have, are at its end.</summary>
    /// <param name="values">The values by name.</param>
    /// <returns>Coordinates in [0, 1].</returns>
    public double[] Point(JsonObject values) =>
    [
        .. Options.MappingToFeatureSpace(values.Deserialize<Parameter>()!).Select(x => double.IsNaN(x) ? 0 : Math.Clamp(x, 0, 1)),
    ];

    /// <summary>
    /// Moves the coordinates of choices, which lie where the part of a choice begins, to the middle of it: as far from either
    /// neighbour.
    /// </summary>
    /// <param name="point">The point of values.</param>
    /// <returns>Coordinates that give the same values.</returns>
    public double[] Middle(double[] point) => [.. point.Zip(Options.Step, (x, choices) => choices is int count ? Math.Min(x + (0.5 / count), 1) : x)];

    /// <summary>Gets the model with values.</summary>
    /// <param name="values">The values by name.</param>
    /// <returns>The model.</returns>
    public SweptModel Apply(JsonObject values) => _start.With(values);

    private static Type Declaration(string model) => model switch
    {
        "nnn" => typeof(NnnSweepOptions),
        "cgnn" => typeof(CgnnSweepOptions),
        "cann" => typeof(CannSweepOptions),
        "ccnn" => typeof(CcnnSweepOptions),
        _ => typeof(CrystalTreesOptions),
    };

    private static OptionBase? Option(PropertyInfo property, JsonValue value)
    {
        if (property.GetCustomAttribute<RangeAttribute>() is RangeAttribute range)
        {
            // Nothing is 0 times a factor: the smallest number of a logarithmic range stays. Whole numbers are rounded afterwards,
            // because ML.NET rounds down, and 400 does not always come back as 400.
            double number = value.Deserialize<double>();
            bool widens = !range.LogBase || number > 0;
            return new UniformDoubleOption(
                widens ? Math.Min(Number(range.Min), number) : Number(range.Min),
                Math.Max(Number(range.Max), number),
                range.LogBase,
                widens ? number : null);
        }

        if (property.GetCustomAttribute<ChoiceAttribute>() is ChoiceAttribute choice)
        {
            object own = choice.Candidates[0] is int ? (object)value.Deserialize<int>() : value.Deserialize<double>();
            return new ChoiceOption([.. choice.Candidates.Append(own).Distinct().Order()], own);
        }

        return null;
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString($"G{Digits}", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Number(object bound) => Convert.ToDouble(bound, CultureInfo.InvariantCulture);
}
