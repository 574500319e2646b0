using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Values as keys, counted from 1; a missing value and one that was not learned are 0.</summary>
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    internal const string Kind = "ValueToKeyMapping";

    private readonly KeyMap[] maps;

    internal ValueToKeyMappingTransformer((string outputColumnName, string inputColumnName)[] columns, KeyMap[] maps)
        : base(columns) =>
        this.maps = maps;

    private protected override string SavedKind => Kind;

    internal static ValueToKeyMappingTransformer Read(BinaryReader reader)
    {
        var columns = reader.ReadPairs();
        return new ValueToKeyMappingTransformer(columns, Array.ConvertAll(columns, _ => KeyMap.Read(reader)));
    }

    private protected override void WriteOptions(BinaryWriter writer)
    {
        foreach (var map in maps)
        {
            map.Write(writer);
        }
    }

    private protected override MappedColumn Map(int index, DataViewSchema.Column input)
    {
        var map = maps[index];
        var (output, name) = ColumnPairs[index];
        Contracts.Check(input.Type.ItemType().Equals(map.ItemType),
            $"Could not apply a map over type '{map.ItemType}' to column '{name}' since it has type '{input.Type.ItemType()}'");
        var annotations = new DataViewSchema.Annotations.Builder();
        map.AddKeyValues(annotations);
        annotations.Add(input.Annotations, kind => kind == AnnotationKinds.SlotNames);
        DataViewType type = input.Type is VectorDataViewType vector ? new VectorDataViewType(map.OutputType, vector.Dimensions) : map.OutputType;
        return new MappedColumn(new DataViewSchema.DetachedColumn(output, type, annotations.ToAnnotations()), [input.Index],
            row => map.CreateGetter(row, input));
    }
}
