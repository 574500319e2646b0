using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Columns under second names, with their annotations.</summary>
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "ColumnCopying";

    internal ColumnCopyingTransformer(params (string outputColumnName, string inputColumnName)[] columns)
        : base(columns)
    {
    }

    private protected override string SavedKind => Kind;

    internal static ColumnCopyingTransformer Read(BinaryReader reader) => new(reader.ReadPairs());

    private protected override MappedColumn Map(int index, DataViewSchema.Column input) => new(
        new DataViewSchema.DetachedColumn(ColumnPairs[index].outputColumnName, input.Type, input.Annotations),
        [input.Index],
        row => RawTypes.Call<Delegate>(typeof(ColumnCopyingTransformer), nameof(Getter), input.Type.RawType, row, input.Index));

    private static ValueGetter<T> Getter<T>(DataViewRow row, int index) => row.GetGetter<T>(row.Schema[index]);
}
