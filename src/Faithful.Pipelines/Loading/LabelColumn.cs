using System.Globalization;
using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>A column of labels: numbers, NaN where there is none, or texts, empty where there is none.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsNumber">Whether it holds numbers.</param>
internal sealed record LabelColumn(string Name, bool IsNumber)
{
    /// <summary>Gets the type of the column.</summary>
    public DataViewType Type => IsNumber ? NumberDataViewType.Single : TextDataViewType.Instance;

    /// <summary>Makes the getter of the column.</summary>
    /// <param name="current">Gets the crystal of the row.</param>
    /// <returns>A <see cref="ValueGetter{TValue}"/>.</returns>
    public Delegate Getter(Func<CrystalRecord> current) => IsNumber
        ? (ValueGetter<float>)((ref float value) => value = Number(current()))
        : (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
            value = current().Labels.TryGetValue(Name, out string? label) ? label.AsMemory() : default);

    /// <summary>Says whether a label is a number.</summary>
    /// <param name="label">The label.</param>
    /// <param name="value">The number.</param>
    /// <returns>Whether it is one, and finite.</returns>
    public static bool IsFinite(string label, out double value) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private float Number(CrystalRecord record) =>
        !record.Labels.TryGetValue(Name, out string? label) ? float.NaN
        : IsFinite(label, out double value) ? (float)value
        : throw new LabelException(Name, "a number", $"\"{label}\"", record.Id, record.Origin);
}
