using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.ML.SearchSpace;

/// <summary>
/// A value that a tuner chose: a number, a truth value, a text, a list, or an object of named parameters. It is written to JSON
/// as that value alone and is equal to another parameter when their JSON is.
/// </summary>
[JsonConverter(typeof(ParameterConverter))]
public sealed partial class Parameter : IDictionary<string, Parameter>, IEquatable<Parameter>, IEqualityComparer<Parameter>
{
    // Enumerations travel by name, as FromEnum writes them.
    private static readonly JsonSerializerOptions conversion = new()
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    private Parameter(object value, ParameterType type)
    {
        Value = value;
        ParameterType = type;
    }

    public ParameterType ParameterType { get; }

    internal object Value { get; }

    public int Count => ParameterType == ParameterType.Object ? Members.Count : 1;

    public bool IsReadOnly => false;

    public ICollection<string> Keys => Members.Keys;

    ICollection<Parameter> IDictionary<string, Parameter>.Values => Members.Values;

    public Parameter this[string key]
    {
        get => Members[key];
        set => Members[key] = value;
    }

    // The published member fails with this exception, without saying why.
    private Dictionary<string, Parameter> Members => Value as Dictionary<string, Parameter>
        ?? throw new NullReferenceException($"Only a parameter of type {ParameterType.Object} has members; this one is of type {ParameterType}.");

    /// <summary>The value itself where it is a <typeparamref name="T"/>, else what its JSON gives as one.</summary>
    public T AsType<T>() =>
        Value is T value ? value : JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(Value, conversion), conversion);

    public void Add(string key, Parameter value) => Members.Add(key, value);

    public void Add(KeyValuePair<string, Parameter> item) => Members.Add(item.Key, item.Value);

    public void Clear() => Members.Clear();

    public bool Contains(KeyValuePair<string, Parameter> item) => Members.Contains(item);

    public bool ContainsKey(string key) => Members.ContainsKey(key);

    public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex) =>
        ((ICollection<KeyValuePair<string, Parameter>>)Members).CopyTo(array, arrayIndex);

    public bool Remove(string key) => Members.Remove(key);

    public bool Remove(KeyValuePair<string, Parameter> item) => ((ICollection<KeyValuePair<string, Parameter>>)Members).Remove(item);

    public bool TryGetValue(string key, out Parameter value) => Members.TryGetValue(key, out value);

    IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator() => Members.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => Members.GetEnumerator();

    public bool Equals(Parameter other)
    {
        if (other is null || ReferenceEquals(this, other))
        {
            return other is not null;
        }

        // The usual cases without writing JSON: a tuner compares thousands of values with the choices of an option.
        return (Value, other.Value) switch
        {
            (string left, string right) => left == right,
            (int left, int right) => left == right,
            (bool left, bool right) => left == right,
            _ => ToString() == other.ToString(),
        };
    }

    public bool Equals(Parameter x, Parameter y) => x.Equals(y);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public int GetHashCode(Parameter obj) => obj.GetHashCode();

    /// <summary>The JSON of the value.</summary>
    public override string ToString() => JsonSerializer.Serialize(this);
}
