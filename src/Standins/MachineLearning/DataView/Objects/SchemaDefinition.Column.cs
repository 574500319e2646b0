namespace Microsoft.ML.Data;

public sealed partial class SchemaDefinition
{
    /// <summary>A member and the column that it makes or takes.</summary>
    public sealed class Column
    {
        private readonly Dictionary<string, (DataViewType Type, Delegate Getter)> annotations = [];

        internal Column(string memberName, DataViewType columnType, string columnName = null)
        {
            MemberName = memberName;
            ColumnName = columnName ?? memberName;
            ColumnType = columnType;
        }

        public string MemberName { get; }

        public string ColumnName { get; set; }

        public DataViewType ColumnType { get; set; }

        public DataViewSchema.Annotations Annotations
        {
            get
            {
                var builder = new DataViewSchema.Annotations.Builder();
                foreach (var (kind, (type, getter)) in annotations)
                {
                    builder.Add(kind, type, getter);
                }

                return builder.ToAnnotations();
            }
        }

        public void AddAnnotation<T>(string kind, T value, DataViewType annotationType)
        {
            Contracts.CheckValue(kind, nameof(kind));
            Contracts.CheckValue(annotationType, nameof(annotationType));
            Contracts.Check(!annotations.ContainsKey(kind), $"Column '{ColumnName}' has an annotation '{kind}' already.");
            var member = new ObjectMember(null, typeof(T));
            Contracts.Check(member.IsVector == annotationType is VectorDataViewType && member.ItemType == annotationType.ItemType().RawType,
                $"Annotation '{kind}' is a {typeof(T)}, but its type is {annotationType}.");
            annotations[kind] = (annotationType, ObjectGetters.Of<T, T>(annotationType, isKeyShifted: false, holder => holder, () => value));
        }

        internal void TakeAnnotationsFrom(DataViewSchema.Annotations annotations)
        {
            foreach (var column in annotations.Schema)
            {
                this.annotations[column.Name] = (column.Type, annotations.GetterAt(column.Index));
            }
        }
    }
}
