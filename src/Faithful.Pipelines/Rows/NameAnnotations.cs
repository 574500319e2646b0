using System.Collections.Immutable;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The annotations that give names to the slots of a vector or to the values of a key.</summary>
internal static class NameAnnotations
{
    /// <summary>Names the slots of a vector.</summary>
    /// <param name="names">One name a slot.</param>
    /// <returns>The annotations.</returns>
    public static DataViewSchema.Annotations Slots(IEnumerable<string> names) => Of("SlotNames", names);

    /// <summary>Names the values of a key.</summary>
    /// <param name="names">One name a value, that of 1 first.</param>
    /// <returns>The annotations.</returns>
    public static DataViewSchema.Annotations Keys(IEnumerable<string> names) => Of("KeyValues", names);

    private static DataViewSchema.Annotations Of(string kind, IEnumerable<string> names)
    {
        ImmutableArray<ReadOnlyMemory<char>> texts = [.. names.Select(name => name.AsMemory())];
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(
            kind,
            new VectorDataViewType(TextDataViewType.Instance, texts.Length),
            (ref VBuffer<ReadOnlyMemory<char>> target) =>
            {
                VBufferEditor<ReadOnlyMemory<char>> editor = VBufferEditor.Create(ref target, texts.Length);
                texts.CopyTo(editor.Values);
                target = editor.Commit();
            });
        return builder.ToAnnotations();
    }
}
