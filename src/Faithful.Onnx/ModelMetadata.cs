using System.Globalization;
using Faithful.Crystals.Descriptors;
using Faithful.Models;

namespace Faithful.Onnx;

/// <summary>What the metadata of an ONNX file repeat of the card of its model.</summary>
internal static class ModelMetadata
{
    /// <summary>Lists the metadata.</summary>
    /// <param name="card">The card.</param>
    /// <param name="portable">Whether the file is the portable variant.</param>
    /// <returns>Keys, which begin with <c>faithful.</c>, and values.</returns>
    public static IEnumerable<KeyValuePair<string, string>> Of(ModelCard card, bool portable = false)
    {
        yield return Entry("format_version", Text(card.FormatVersion));
        yield return Entry("model", card.Model);
        yield return Entry("preset", card.Preset);
        yield return Entry("task", card.Task.Name);
        yield return Entry("kind", card.Task.Kind.ToString().ToLowerInvariant());
        yield return Entry("classes", string.Join(",", card.Task.Classes));
        yield return Entry("unit", card.Task.Unit ?? "");
        yield return Entry("cutoff", Text(card.Preparation.Cutoff));
        yield return Entry("max_atoms", Text(card.Preparation.MaxAtoms));
        yield return Entry("uses_symmetry", card.Preparation.UsesSymmetry ? "true" : "false");
        yield return Entry("cell", card.Preparation.Cell == CellChoice.Canonical ? "canonical" : "as_given");
        yield return Entry("max_species", Text(card.Preparation.MaxSpecies));
        yield return Entry("max_atoms_of_species", string.Join(",", card.Preparation.MaxAtomsOfSpecies));
        if (card.Preparation is { Descriptors: string name, DescriptorDigest: string digest })
        {
            yield return Entry("descriptors", name);
            yield return Entry("descriptor_digest", digest);
            yield return Entry("descriptor_columns", string.Join(",", DescriptorSet.Find(name).Names));
        }

        yield return Entry("fallback", card.Task.Kind == TaskKind.Classification
            ? card.Task.Classes[IndexOfLargest(card.Fallback.ClassFrequencies)]
            : Text(card.Fallback.Median ?? double.NaN));
        yield return Entry("weights", card.Weights.ToString().ToLowerInvariant());
        if (portable)
        {
            yield return Entry("variant", "portable");
        }

        yield return Entry("training_data", card.Training.Data);
        yield return Entry("training_data_sha256", card.Training.DataSha256);
        foreach ((string part, IReadOnlyDictionary<string, double> metrics) in card.Metrics)
        {
            foreach ((string metric, double value) in metrics)
            {
                yield return Entry($"metrics.{part}.{metric}", Text(value));
            }
        }

        static KeyValuePair<string, string> Entry(string key, string value) => new($"faithful.{key}", value);
        static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
    }

    private static int IndexOfLargest(IReadOnlyList<double> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Count; i++)
        {
            largest = values[i] > values[largest] ? i : largest;
        }

        return largest;
    }
}
