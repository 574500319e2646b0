using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>The schema that the columns of a mapping make of an input's: they stand behind it and hide columns of the same name.</summary>
/// <typeparam name="TResult">The result of a row.</typeparam>
internal sealed class AddedColumns<TResult>
    where TResult : class
{
    private readonly ICrystalMapping<TResult> _mapping;
    private readonly int _structure;
    private readonly int _id;

    /// <summary>Binds a mapping to a schema.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="input">The schema.</param>
    /// <exception cref="ArgumentOutOfRangeException">The schema lacks what the mapping reads.</exception>
    public AddedColumns(ICrystalMapping<TResult> mapping, DataViewSchema input)
    {
        _mapping = mapping;
        (_structure, _id) = mapping.Inputs.Find(input);
        InputSchema = input;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(input);
        builder.AddColumns(mapping.Columns.Select(column => column.Detached));
        Schema = mapping.Columns.IsEmpty ? input : builder.ToSchema();
    }

    /// <summary>Gets the schema of the input.</summary>
    public DataViewSchema InputSchema { get; }

    /// <summary>Gets the schema of the output.</summary>
    public DataViewSchema Schema { get; }

    /// <summary>Gets the shape that a mapping makes of an input's.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="input">The shape of the input.</param>
    /// <returns>The shape of the output.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The input lacks what the mapping reads.</exception>
    public static SchemaShape ShapeOf(ICrystalMapping<TResult> mapping, SchemaShape input)
    {
        mapping.Inputs.Check(input);
        return SchemaShapes.With(input, mapping.Columns.Select(column => column.Detached));
    }

    /// <summary>Marks columns of the output.</summary>
    /// <param name="columns">The columns.</param>
    /// <returns>One flag a column.</returns>
    public bool[] Active(IEnumerable<DataViewSchema.Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columns)
        {
            active[Checked(column)] = true;
        }

        return active;
    }

    /// <summary>Says whether one of the added columns is asked for.</summary>
    /// <param name="active">The active columns of the output.</param>
    /// <returns>Whether there is one.</returns>
    public bool WantsResults(bool[] active) => active.AsSpan(InputSchema.Count).Contains(true);

    /// <summary>Gets the columns of the input that active columns of the output need.</summary>
    /// <param name="active">The active columns of the output.</param>
    /// <param name="readsCrystals">Whether the crystals are needed.</param>
    /// <returns>The columns.</returns>
    public IEnumerable<DataViewSchema.Column> Needed(bool[] active, bool readsCrystals) =>
        InputSchema.Where(column => active[column.Index] || (readsCrystals && (column.Index == _structure || column.Index == _id)));

    /// <summary>Makes the getters of the active added columns.</summary>
    /// <param name="active">The active columns of the output.</param>
    /// <param name="current">Gets the result of the current row.</param>
    /// <returns>One getter an added column, null for those that are not active.</returns>
    public Delegate?[] Getters(bool[] active, Func<TResult> current) =>
        [.. _mapping.Columns.Select((column, index) => active[InputSchema.Count + index] ? column.Getter(current) : null)];

    /// <summary>Checks that a column is one of the output's.</summary>
    /// <param name="column">The column.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="ArgumentException">It is not.</exception>
    public int Checked(DataViewSchema.Column column) => column.Index < Schema.Count
        ? column.Index
        : throw new ArgumentException($"The schema has {Schema.Count} columns, so there is no column {column.Index}.", nameof(column));
}
