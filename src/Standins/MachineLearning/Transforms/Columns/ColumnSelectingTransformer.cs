using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>The columns kept in the order named, or all but the dropped ones.</summary>
public sealed class ColumnSelectingTransformer : ITransformer, ISavedStep
{
    internal const string Kind = "ColumnSelecting";

    private readonly string[] names;
    private readonly bool keeps;
    private readonly bool keepHidden;

    internal ColumnSelectingTransformer(string[] keepColumns, string[] dropColumns, bool keepHidden)
    {
        keeps = keepColumns is { Length: > 0 };
        names = keeps ? keepColumns : dropColumns;
        Contracts.Check(names is { Length: > 0 },
            $"Neither {nameof(keepColumns)} and {nameof(dropColumns)} is set. Exactly one must be specified.");
        this.keepHidden = keepHidden;
    }

    bool ITransformer.IsRowToRowMapper => true;

    string ISavedStep.Kind => Kind;

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return Select(new EmptyDataView(inputSchema), nameof(inputSchema)).OutputSchema;
    }

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return Select(input, nameof(input));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return Select(new EmptyDataView(inputSchema), nameof(inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.Write(this);

    void ISavedStep.Write(BinaryWriter writer)
    {
        writer.Write(keeps);
        writer.Write(keepHidden);
        writer.WriteStrings(names);
    }

    internal static ColumnSelectingTransformer Read(BinaryReader reader)
    {
        var (keeps, keepHidden, names) = (reader.ReadBoolean(), reader.ReadBoolean(), reader.ReadStrings());
        return new ColumnSelectingTransformer(keeps ? names : null, keeps ? null : names, keepHidden);
    }

    internal bool Keeps(string name) => Array.IndexOf(names, name) >= 0 == keeps;

    internal void CheckColumns(IEnumerable<string> columns, string parameter)
    {
        var missing = names.Except(columns).ToArray();
        if (missing.Length > 0)
        {
            throw Contracts.MissingColumn(parameter, "input", string.Join(",", missing));
        }
    }

    private SelectedColumnsDataView Select(IDataView input, string parameter)
    {
        CheckColumns(input.Schema.Select(column => column.Name), parameter);
        var selected = keeps
            ? names.SelectMany(name => input.Schema.Where(column => column.Name == name && (keepHidden || !column.IsHidden)))
            : input.Schema.Where(column => Keeps(column.Name));
        return new SelectedColumnsDataView(input, [.. selected.Select(column => column.Index)]);
    }
}
