namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>What is known of a column besides its type, as named values: slot names, key values, ….</summary>
    public sealed partial class Annotations
    {
        private readonly Delegate[] getters;

        internal Annotations(DataViewSchema schema, Delegate[] getters)
        {
            Schema = schema;
            this.getters = getters;
        }

        public static Annotations Empty { get; } = new(new DataViewSchema.Builder().ToSchema(), []);

        public DataViewSchema Schema { get; }

        public ValueGetter<TValue> GetGetter<TValue>(Column column)
        {
            if (column.Index >= getters.Length)
            {
                throw new ArgumentException($"There are {getters.Length} annotations, but column {column.Index} was asked for.", nameof(column));
            }

            return getters[column.Index] as ValueGetter<TValue>
                ?? throw new InvalidOperationException(
                    $"Invalid call to '{nameof(GetGetter)}': annotation '{column.Name}' holds {column.Type}, not {typeof(TValue)}.");
        }

        public void GetValue<TValue>(string kind, ref TValue value)
        {
            var column = Schema.GetColumnOrNull(kind)
                ?? throw new InvalidOperationException($"Invalid call to '{nameof(GetValue)}': there is no annotation '{kind}'.");
            GetGetter<TValue>(column)(ref value);
        }

        public override string ToString() => string.Join(", ", Schema.Select(column => column.Name));

        internal Delegate GetterAt(int index) => getters[index];
    }
}
