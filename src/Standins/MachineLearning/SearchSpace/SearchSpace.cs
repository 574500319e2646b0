using System.Collections;
using Microsoft.ML.SearchSpace.Option;

namespace Microsoft.ML.SearchSpace;

/// <summary>
/// Options by name. A search space is an option itself, so that spaces nest. The coordinates of its options follow each other
/// in the order of their names.
/// </summary>
public class SearchSpace : OptionBase, IDictionary<string, OptionBase>
{
    private readonly Dictionary<string, OptionBase> _options;
    private readonly Parameter _defaults;

    public SearchSpace() => _options = [];

    protected SearchSpace(Type typeInfo, Parameter defaultOption = null)
    {
        _options = AttributedOptions.Of(typeInfo);
        _defaults = defaultOption;
    }

    internal SearchSpace(Dictionary<string, OptionBase> options) => _options = options;

    public override double[] Default => [.. Ordered.SelectMany(pair => pair.Value.Default)];

    public override int FeatureSpaceDim => _options.Values.Sum(option => option.FeatureSpaceDim);

    public override int?[] Step => [.. Ordered.SelectMany(pair => pair.Value.Step)];

    public int Count => _options.Count;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => _options.Keys;

    public ICollection<OptionBase> Values => _options.Values;

    public OptionBase this[string key]
    {
        get => _options[key];
        set => _options[key] = value;
    }

    private IEnumerable<KeyValuePair<string, OptionBase>> Ordered => _options.OrderBy(pair => pair.Key);

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

        return _defaults is null ? sample : Merge(_defaults, sample);
    }

    public override double[] MappingToFeatureSpace(Parameter parameter) =>
        [.. Ordered.SelectMany(pair => pair.Value.MappingToFeatureSpace(parameter[pair.Key]))];

    public void Add(string key, OptionBase value) => _options.Add(key, value);

    public void Add(KeyValuePair<string, OptionBase> item) => _options.Add(item.Key, item.Value);

    public void Clear() => _options.Clear();

    public bool Contains(KeyValuePair<string, OptionBase> item) => _options.Contains(item);

    public bool ContainsKey(string key) => _options.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, OptionBase>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, OptionBase>>)_options).CopyTo(array, arrayIndex);

    public bool Remove(string key) => _options.Remove(key);

    public bool Remove(KeyValuePair<string, OptionBase> item) => ((ICollection<KeyValuePair<string, OptionBase>>)_options).Remove(item);

    public bool TryGetValue(string key, out OptionBase value) => _options.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, OptionBase>> GetEnumerator() => _options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _options.GetEnumerator();

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
