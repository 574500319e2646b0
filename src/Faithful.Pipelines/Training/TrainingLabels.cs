using System.Globalization;
using Faithful.Datasets;
using Faithful.Models;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The label column of a trainer: a key whose values name the classes, or numbers.</summary>
/// <param name="name">The name of the column.</param>
/// <param name="kind">What is trained.</param>
internal sealed class TrainingLabels(string name, TaskKind kind)
{
    private string Expected => kind == TaskKind.Classification ? "a key (MapValueToKey makes one)" : "Single";

    /// <summary>Checks the shape of a schema.</summary>
    /// <param name="inputSchema">The shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is of another type.</exception>
    public void Check(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column column = inputSchema.FirstOrDefault(candidate => candidate.Name == name);
        bool fits = column.Name is not null && column.Kind == SchemaShape.Column.VectorKind.Scalar
            && (kind == TaskKind.Classification ? column.IsKey : !column.IsKey && column.ItemType == NumberDataViewType.Single);
        if (!fits)
        {
            throw new ArgumentOutOfRangeException(
                nameof(inputSchema), column.Name is null ? Missing() : Wrong($"{(column.Kind == SchemaShape.Column.VectorKind.Scalar ? "" : "a vector of ")}{(column.IsKey ? "key of " : "")}{column.ItemType}"));
        }
    }

    /// <summary>Tells what a column of labels is for.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="name">The name of the column.</param>
    /// <returns>A classification for a key, a regression for anything else that there is.</returns>
    public static TaskKind KindOf(DataViewSchema schema, string name) =>
        schema.GetColumnOrNull(name)?.Type is KeyDataViewType ? TaskKind.Classification : TaskKind.Regression;

    /// <summary>Finds the column.</summary>
    /// <param name="schema">The schema.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column, or it is of another type.</exception>
    public DataViewSchema.Column Find(DataViewSchema schema)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(schema), Missing());
        return (kind == TaskKind.Classification ? column.Type is KeyDataViewType : column.Type is NumberDataViewType && column.Type.RawType == typeof(float))
            ? column
            : throw new ArgumentOutOfRangeException(nameof(schema), Wrong($"{column.Type}"));
    }

    /// <summary>Gets the names of the classes.</summary>
    /// <param name="column">The column.</param>
    /// <returns>One name a key value; the numbers from 1 where the key has no values. Empty for a regression.</returns>
    /// <exception cref="LabelException">There are fewer than two.</exception>
    public IReadOnlyList<string> Classes(DataViewSchema.Column column)
    {
        if (column.Type is not KeyDataViewType key)
        {
            return [];
        }

        string[] classes = column.Annotations.Schema.GetColumnOrNull("KeyValues")?.Type is VectorDataViewType { Size: > 0 } values
            ? values.ItemType.RawType == typeof(ReadOnlyMemory<char>) ? Names<ReadOnlyMemory<char>>(column, text => text.ToString())
                : values.ItemType.RawType == typeof(float) ? Names<float>(column, Text)
                : values.ItemType.RawType == typeof(double) ? Names<double>(column, Text)
                : values.ItemType.RawType == typeof(int) ? Names<int>(column, Text)
                : values.ItemType.RawType == typeof(bool) ? Names<bool>(column, value => value ? "true" : "false")
                : throw new LabelException(name, "key values of text, Single, Double, Int32 or Boolean", $"{values.ItemType}")
            : [.. Enumerable.Range(1, checked((int)key.Count)).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        return classes.Length >= 2
            ? classes
            : throw new LabelException(name, "at least two classes to tell apart", classes.Length == 0 ? "none" : $"only \"{classes[0]}\"");
    }

    /// <summary>Makes the function that reads the target of a row.</summary>
    /// <param name="row">The row, in which the column is active.</param>
    /// <param name="column">The column.</param>
    /// <returns>Reads the class number from 0, or the value; null where there is none.</returns>
    public Func<double?> Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (kind == TaskKind.Classification)
        {
            return column.Type.RawType switch
            {
                Type type when type == typeof(byte) => Key<byte>(value => value),
                Type type when type == typeof(ushort) => Key<ushort>(value => value),
                Type type when type == typeof(uint) => Key<uint>(value => value),
                _ => Key<ulong>(value => checked((uint)value)),
            };
        }

        ValueGetter<float> get = row.GetGetter<float>(column);
        float number = 0;
        return () =>
        {
            get(ref number);
            return float.IsNaN(number) ? null
                : float.IsFinite(number) ? number
                : throw new LabelException(name, "a finite number", number.ToString(CultureInfo.InvariantCulture));
        };

        Func<double?> Key<T>(Func<T, uint> toNumber)
        {
            ValueGetter<T> getKey = row.GetGetter<T>(column);
            T value = default!;
            return () =>
            {
                getKey(ref value);
                return toNumber(value) is > 0 and uint key ? key - 1 : null;
            };
        }
    }

    private static string[] Names<T>(DataViewSchema.Column column, Func<T, string> text)
    {
        VBuffer<T> values = default;
        column.GetKeyValues(ref values);
        return [.. values.DenseValues().Select(text)];
    }

    private static string Text<T>(T value)
        where T : IFormattable => value.ToString(null, CultureInfo.InvariantCulture);

    private string Missing() => $"Could not find label column '{name}': {Expected}.";

    private string Wrong(string found) => $"Schema mismatch for label column '{name}': expected {Expected}, got {found}.";
}
