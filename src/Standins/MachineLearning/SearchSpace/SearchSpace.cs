using System.Collections;
using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.SearchSpace;

/// <summary>
/// Options by name. A search space is an option itself, so that spaces nest. The coordinates of its options follow each other
/// in the order of their names.
/// </summary>
public class SearchSpace : OptionBase, IDictionary<string, OptionBase>
{
    private readonly Dictionary<string, OptionBase> options;
    private readonly Parameter defaults;

    public SearchSpace() => options = [];

    protected SearchSpace(Type typeInfo, Parameter defaultOption = null)
    {
        options = AttributedOptions.Of(typeInfo);
        defaults = defaultOption;
    }

    internal SearchSpace(Dictionary<string, OptionBase> options) => this.options = options;

    public override double[] Default => [.. Ordered.SelectMany(pair => pair.Value.Default)];

    public override int FeatureSpaceDim => options.Values.Sum(option => option.FeatureSpaceDim);

    public override int?[] Step => [.. Ordered.SelectMany(pair => pair.Value.Step)];

    public int Count => options.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => options.Keys;

    public ICollection<OptionBase> Values => options.Values;

    public OptionBase this[string key]
    {
        get => options[key];
        set => options[key] = value;
    }

    private IEnumerable<KeyValuePair<string, OptionBase>> Ordered => options.OrderBy(pair => pair.Key);

    /// <summary>The parameters at a point; what no option sets comes from the defaults that the space was made with.</summary>
    public override Parameter SampleFromFeatureSpace(double[] feature)
    {
        Parameter sample = Parameter.CreateNestedParameter();
        int start = 0;
        foreach ((string key, OptionBase option) in Ordered)
        {
            int end = start + option.FeatureSpaceDim;
            sample[key] = option.SampleFromFeatureSpace(feature[start..end]);
            start = end;
        }

        return defaults is null ? sample : Merge(defaults, sample);
    }

    public override double[] MappingToFeatureSpace(Parameter parameter) =>
        [.. Ordered.SelectMany(pair => pair.Value.MappingToFeatureSpace(parameter[pair.Key]))];

    public void Add(string key, OptionBase value) => options.Add(key, value);

    public void Add(KeyValuePair<string, OptionBase> item) => options.Add(item.Key, item.Value);

    public void Clear() => options.Clear();

    public bool Contains(KeyValuePair<string, OptionBase> item) => options.Contains(item);

    public bool ContainsKey(string key) => options.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, OptionBase>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, OptionBase>>)options).CopyTo(array, arrayIndex);

    public bool Remove(string key) => options.Remove(key);

    public bool Remove(KeyValuePair<string, OptionBase> item) => ((ICollection<KeyValuePair<string, OptionBase>>)options).Remove(item);

    public bool TryGetValue(string key, out OptionBase value) => options.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => options.GetEnumerator();

    private static Parameter Merge(Parameter defaults, Parameter sample)
    {
        if (defaults.ParameterType != ParameterType.Object || sample.ParameterType != ParameterType.Object)
        {
            return sample;
        }

        Parameter merged = Parameter.CreateNestedParameter([.. defaults]);
        foreach ((string key, Parameter value) in sample)
        {
            merged[key] = defaults.TryGetValue(key, out Parameter present) ? Merge(present, value) : value;
        }

        return merged;
    }
}
