using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The two columns that crystals are read from.</summary>
/// <param name="Structure">The name of the column of structures.</param>
/// <param name="Id">The name of the column of identifiers, which need not be there.</param>
internal sealed record CrystalInputColumns(string Structure, string Id)
{
    private const string Text = "String";

    /// <summary>Checks the shape of a schema.</summary>
    /// <param name="inputSchema">The shape.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no structures, or a column is not of text.</exception>
    public void Check(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in new[] { Structure, Id })
        {
            SchemaShape.Column column = inputSchema.FirstOrDefault(candidate => candidate.Name == name);
            bool isScalar = column.Kind == SchemaShape.Column.VectorKind.Scalar;
            string? fault = column.Name is null ? Missing(name)
                : isScalar && column.ItemType is TextDataViewType ? null
                : Wrong(name, $"{(isScalar ? "" : "a vector of ")}{column.ItemType}");
            if (fault is not null)
            {
                throw new ArgumentOutOfRangeException(nameof(inputSchema), fault);
            }
        }
    }

    /// <summary>Checks a schema.</summary>
    /// <param name="inputSchema">The schema.</param>
    /// <returns>The indices of the two columns; -1 where there are no identifiers.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are no structures, or a column is not of text.</exception>
    public (int Structure, int Id) Find(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in new[] { Structure, Id })
        {
            string? fault = inputSchema.GetColumnOrNull(name) is not DataViewSchema.Column column ? Missing(name)
                : column.Type is TextDataViewType ? null
                : Wrong(name, $"{column.Type}");
            if (fault is not null)
            {
                throw new ArgumentOutOfRangeException(nameof(inputSchema), fault);
            }
        }

        return (inputSchema[Structure].Index, inputSchema.GetColumnOrNull(Id)?.Index ?? -1);
    }

    /// <summary>Makes the function that reads the crystal of a row.</summary>
    /// <param name="row">The row, in which the columns are active.</param>
    /// <returns>Reads the crystal.</returns>
    public Func<CrystalRow> Reader(DataViewRow row)
    {
        (int structure, int id) = Find(row.Schema);
        ValueGetter<ReadOnlyMemory<char>> getStructure = row.GetGetter<ReadOnlyMemory<char>>(row.Schema[structure]);
        ValueGetter<ReadOnlyMemory<char>>? getId = id < 0 ? null : row.GetGetter<ReadOnlyMemory<char>>(row.Schema[id]);
        return () =>
        {
            ReadOnlyMemory<char> text = default, name = default;
            getStructure(ref text);
            getId?.Invoke(ref name);
            return name.IsEmpty
                ? new CrystalRow(Place(row.Position), text.ToString(), HasId: false)
                : new CrystalRow(name.ToString(), text.ToString(), HasId: true);
        };
    }

    /// <summary>Names the place of a row.</summary>
    /// <param name="position">The position, from 0.</param>
    /// <returns>The place, from 1.</returns>
    public static string Place(long position) => FormattableString.Invariant($"row {position + 1}");

    private string? Missing(string name) =>
        name == Structure ? $"Could not find input column '{name}': the crystals, a column of text." : null;

    private static string Wrong(string name, string found) => $"Schema mismatch for input column '{name}': expected {Text}, got {found}.";
}
