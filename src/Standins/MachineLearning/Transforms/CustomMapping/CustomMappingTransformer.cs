using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Maps rows by the user's own code, a row at most once for all its columns.</summary>
public sealed class CustomMappingTransformer<TSrc, TDst> : ITransformer, ISavedStep
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> mapAction;
    private readonly string contractName;

    internal CustomMappingTransformer(
        Action<TSrc, TDst> mapAction, string contractName, SchemaDefinition inputSchemaDefinition, SchemaDefinition outputSchemaDefinition)
    {
        Contracts.CheckValue(mapAction, nameof(mapAction));
        this.mapAction = mapAction;
        this.contractName = contractName;
        InputSchemaDefinition = inputSchemaDefinition;
        Added = ObjectColumn.OfType(typeof(TDst), outputSchemaDefinition, SchemaDefinition.Direction.Write);
    }

    bool ITransformer.IsRowToRowMapper => true;

    internal SchemaDefinition InputSchemaDefinition { get; }

    internal ObjectColumn[] Added { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return new ColumnBindings(inputSchema, new Mapper(this, inputSchema).GetOutputColumns()).Schema;
    }

    public IDataView Transform(IDataView input)
    {
        Contracts.CheckValue(input, nameof(input));
        return new RowMappedDataView(input, new Mapper(this, input.Schema));
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema)
    {
        Contracts.CheckValue(inputSchema, nameof(inputSchema));
        return new RowMappedDataView(new EmptyDataView(inputSchema), new Mapper(this, inputSchema));
    }

    void ICanSaveModel.Save(ModelSaveContext ctx) => ctx.Write(this);

    string ISavedStep.Kind => SavedSteps.CustomMapping;

    void ISavedStep.Write(BinaryWriter writer)
    {
        Contracts.Check(contractName is not null, "A custom mapping without a contract name cannot be saved.");
        writer.Write(contractName);
        writer.Write(mapAction.Method.DeclaringType.Assembly.FullName);
    }

    private sealed class Mapper(CustomMappingTransformer<TSrc, TDst> parent, DataViewSchema schema) : IRowMapper
    {
        private readonly ObjectReader<TSrc> reader = new(schema, ignoresMissingColumns: false, parent.InputSchemaDefinition);

        public DataViewSchema.DetachedColumn[] GetOutputColumns() =>
            [.. parent.Added.Select(column => new DataViewSchema.DetachedColumn(column.Name, column.Type, column.Annotations))];

        public Func<int, bool> GetDependencies(Func<int, bool> activeOutput)
        {
            if (!Enumerable.Range(0, parent.Added.Length).Any(activeOutput))
            {
                return _ => false;
            }

            var needed = reader.Columns.Select(column => column.Index).ToHashSet();
            return needed.Contains;
        }

        public Delegate[] CreateGetters(DataViewRow input, Func<int, bool> activeOutput)
        {
            var getters = new Delegate[parent.Added.Length];
            if (!Enumerable.Range(0, getters.Length).Any(activeOutput))
            {
                return getters;
            }

            var (source, result) = (new TSrc(), new TDst());
            var fill = reader.Bind(input);
            var lastPosition = -1L;
            TDst Current()
            {
                if (lastPosition != input.Position)
                {
                    fill(source);
                    parent.mapAction(source, result);
                    lastPosition = input.Position;
                }

                return result;
            }

            return ObjectGetters.Of(parent.Added, activeOutput, Current);
        }
    }
}
