using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    /// <summary>Collects columns and makes a schema of them.</summary>
    public sealed class Builder
    {
        private readonly List<DetachedColumn> added = [];

        public void AddColumn(string name, DataViewType type, Annotations annotations = null) =>
            added.Add(new DetachedColumn(name, type, annotations));

        public void AddColumns(IEnumerable<Column> source)
        {
            foreach (var column in source)
            {
                AddColumn(column.Name, column.Type, column.Annotations);
            }
        }

        public void AddColumns(IEnumerable<DetachedColumn> source)
        {
            foreach (var column in source)
            {
                AddColumn(column.Name, column.Type, column.Annotations);
            }
        }

        public DataViewSchema ToSchema()
        {
            var indexByName = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < added.Count; i++)
            {
                indexByName[added[i].Name] = i;
            }

            var columns = new Column[added.Count];
            for (var i = 0; i < columns.Length; i++)
            {
                var column = added[i];
                columns[i] = new Column(column.Name, i, indexByName[column.Name] != i, column.Type, column.Annotations);
            }

            return new DataViewSchema(columns, indexByName);
        }
    }
}
