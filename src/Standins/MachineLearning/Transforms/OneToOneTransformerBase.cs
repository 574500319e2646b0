namespace Microsoft.ML.Data;

/// <summary>A transformer that makes each of its columns from one column.</summary>
public abstract class OneToOneTransformerBase : RowToRowTransformerBase, ISavedStep
{
    private protected readonly (string outputColumnName, string inputColumnName)[] ColumnPairs;

    private protected OneToOneTransformerBase(params (string outputColumnName, string inputColumnName)[] columns)
    {
        Contracts.CheckValue(columns, nameof(columns));
        Contracts.CheckParam(columns.Length > 0, nameof(columns), $"{nameof(columns)} cannot be null or empty");
        foreach (var (output, input) in columns)
        {
            Contracts.CheckNonEmpty(output, nameof(columns));
            Contracts.CheckNonEmpty(input, nameof(columns));
            Contracts.CheckParam(columns.Count(column => column.outputColumnName == output) == 1, nameof(columns),
                $"Output column '{output}' specified multiple times");
        }

        ColumnPairs = columns;
    }

    string ISavedStep.Kind => SavedKind;

    private protected abstract string SavedKind { get; }

    void ISavedStep.Write(BinaryWriter writer)
    {
        writer.WritePairs(ColumnPairs);
        WriteOptions(writer);
    }

    private protected sealed override void SaveModel(ModelSaveContext ctx) => ctx.Write(this);

    private protected sealed override IRowMapper MakeRowMapper(DataViewSchema schema)
    {
        var columns = new MappedColumn[ColumnPairs.Length];
        for (var i = 0; i < columns.Length; i++)
        {
            var input = schema.GetColumnOrNull(ColumnPairs[i].inputColumnName)
                ?? throw Contracts.MissingColumn("inputSchema", "input", ColumnPairs[i].inputColumnName);
            columns[i] = Map(i, input);
        }

        return new ColumnMapper(columns);
    }

    /// <summary>The column made by pair <paramref name="index"/>; throws where the input does not fit.</summary>
    private protected abstract MappedColumn Map(int index, DataViewSchema.Column input);

    private protected virtual void WriteOptions(BinaryWriter writer)
    {
    }
}
