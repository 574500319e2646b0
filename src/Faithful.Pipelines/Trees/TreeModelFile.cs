using System.Text.Json;
using System.Text.Json.Serialization;
using Faithful.Crystals.Descriptors;
using Faithful.Models;
using Faithful.Models.Trees;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Trees as a file of a run: the numbers of <see cref="TreeModel"/> in JSON, which reads back as the same model.</summary>
internal static class TreeModelFile
{
    private const int CurrentFormatVersion = 1;

    /// <summary>Writes a model.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, TreeModel model) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(
        stream,
        new Content
        {
            FormatVersion = CurrentFormatVersion,
            Descriptors = model.Descriptors.Name,
            DescriptorDigest = model.Descriptors.Digest,
            MissingValue = model.MissingValue,
            Relatives = model.Relatives is RelativeTable table ? new Relatives { Degrees = RelativeKeys.Names, Keys = table.Entries, Counts = table.Counts } : null,
            Outputs =
            [
                .. model.Ensembles.Select((ensemble, output) => new Output
                {
                    Bias = ensemble.Bias,
                    Slope = model.Kind == TaskKind.Classification ? model.Calibrations[output].Slope : null,
                    Offset = model.Kind == TaskKind.Classification ? model.Calibrations[output].Offset : null,
                    Weights = [.. ensemble.Weights],
                    Trees = [.. ensemble.Trees.Select(tree => new Tree
                    {
                        Left = [.. tree.LeftChildren],
                        Right = [.. tree.RightChildren],
                        Columns = [.. tree.SplitColumns],
                        Thresholds = [.. tree.Thresholds],
                        Leaves = [.. tree.LeafValues],
                    })],
                }),
            ],
        },
        RunJson.OneLine));

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The model.</returns>
    /// <exception cref="RunFolderException">The file is missing, damaged, of a newer format, or of other descriptors than this program has.</exception>
    public static TreeModel Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new RunFolderException(path, "the trees of a finished run", "no such file");
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            Content content = JsonSerializer.Deserialize<Content>(stream, RunJson.OneLine) ?? throw new JsonException("null");
            return content.FormatVersion == CurrentFormatVersion
                ? Model(path, content)
                : throw new RunFolderException(path, $"format version {CurrentFormatVersion}", $"version {content.FormatVersion}");
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new RunFolderException(path, "trees as a training wrote them", error.Message);
        }
    }

    private static TreeModel Model(string path, Content content)
    {
        var descriptors = DescriptorSet.Find(content.Descriptors);
        if (descriptors.Digest != content.DescriptorDigest)
        {
            throw new RunFolderException(
                path, $"trees on the columns that this program computes for the descriptors {descriptors} (digest {descriptors.Digest})", $"others ({content.DescriptorDigest})");
        }

        TreeEnsemble[] ensembles = [.. content.Outputs.Select(output => new TreeEnsemble(
            output.Trees.Select(tree => new DecisionTree(tree.Left, tree.Right, tree.Columns, tree.Thresholds, tree.Leaves)), output.Weights, output.Bias))];
        PlattScaling[] calibrations = [.. content.Outputs.Where(output => output.Slope is not null).Select(output => new PlattScaling(output.Slope!.Value, output.Offset ?? 0))];
        return calibrations.Length == 0 && ensembles is [TreeEnsemble only]
            ? TreeModel.Regression(descriptors, only, content.MissingValue)
            : TreeModel.OneVersusAll(descriptors, ensembles, calibrations, content.MissingValue, content.Relatives is Relatives table ? Table(descriptors, ensembles.Length, table) : null);
    }

    private static RelativeTable Table(DescriptorSet descriptors, int classes, Relatives table) => table.Degrees.SequenceEqual(RelativeKeys.Names)
        ? new RelativeTable(RelativeKeys.Of(descriptors), classes, table.Keys, table.Counts)
        : throw new JsonException($"relatives by {string.Join(", ", table.Degrees)} instead of {string.Join(", ", RelativeKeys.Names)}");

    private sealed record Content
    {
        public required int FormatVersion { get; init; }

        public required string Descriptors { get; init; }

        public required string DescriptorDigest { get; init; }

        public float? MissingValue { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public Relatives? Relatives { get; init; }

        public required IReadOnlyList<Output> Outputs { get; init; }
    }

    private sealed record Relatives
    {
        public required IReadOnlyList<string> Degrees { get; init; }

        public required IReadOnlyList<double> Keys { get; init; }

        public required IReadOnlyList<int> Counts { get; init; }
    }

    private sealed record Output
    {
        public required double Bias { get; init; }

        public double? Slope { get; init; }

        public double? Offset { get; init; }

        public required IReadOnlyList<double> Weights { get; init; }

        public required IReadOnlyList<Tree> Trees { get; init; }
    }

    private sealed record Tree
    {
        public required IReadOnlyList<int> Left { get; init; }

        public required IReadOnlyList<int> Right { get; init; }

        public required IReadOnlyList<int> Columns { get; init; }

        public required IReadOnlyList<float> Thresholds { get; init; }

        public required IReadOnlyList<double> Leaves { get; init; }
    }
}
