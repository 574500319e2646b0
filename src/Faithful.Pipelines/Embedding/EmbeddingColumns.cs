using System.Collections.Immutable;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>The columns of an embedding: descriptors, or the arrays of the model contract of one crystal.</summary>
internal static class EmbeddingColumns
{
    /// <summary>Makes the column of descriptors.</summary>
    /// <param name="set">The descriptors.</param>
    /// <returns>The columns.</returns>
    public static ImmutableArray<OutputColumn<EmbeddedCrystal>> Of(DescriptorSet set)
    {
        float[] missing = [.. Enumerable.Repeat(float.NaN, set.Count)];
        return
        [
            OutputColumn<EmbeddedCrystal>.Vector(
                CrystalColumns.Descriptors,
                NumberDataViewType.Single,
                set.Count,
                crystal => crystal.Descriptors is { Length: > 0 } values ? values : missing,
                NameAnnotations.Slots(set.Names)),
            Note(),
        ];
    }

    /// <summary>Makes the columns of inputs of the contract. Numbers a crystal are scalars or vectors of known size, the others vary.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <returns>The columns.</returns>
    public static ImmutableArray<OutputColumn<EmbeddedCrystal>> Of(IEnumerable<ModelInput> inputs) => [.. inputs.Select(Of), Note()];

    private static OutputColumn<EmbeddedCrystal> Of(ModelInput input)
    {
        int rowSize = input.RowShape.Aggregate(1, (size, length) => size * length);
        int size = input.Rows == ModelInputRows.Crystals ? rowSize : 0;
        return (input.Rows, input.IsInteger, rowSize) switch
        {
            (ModelInputRows.Crystals, true, 1) =>
                OutputColumn<EmbeddedCrystal>.Scalar(input.Name, NumberDataViewType.Int64, crystal => Values<long>(crystal, input, 1)[0]),
            (_, true, _) =>
                OutputColumn<EmbeddedCrystal>.Vector(input.Name, NumberDataViewType.Int64, size, crystal => Values<long>(crystal, input, size)),
            _ => OutputColumn<EmbeddedCrystal>.Vector(input.Name, NumberDataViewType.Single, size, crystal => Values<float>(crystal, input, size)),
        };
    }

    private static T[] Values<T>(EmbeddedCrystal crystal, ModelInput input, int size) => (T[]?)crystal.Arrays?.Values(input) ?? new T[size];

    private static OutputColumn<EmbeddedCrystal> Note() => OutputColumn<EmbeddedCrystal>.Text(CrystalColumns.Note, crystal => crystal.Note);
}
