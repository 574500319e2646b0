using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Writes a transformer into an archive: ours as options and model folders, others as ML.NET saves them.</summary>
/// <param name="catalog">The model operations of a context.</param>
/// <param name="archive">The archive.</param>
internal sealed class PipelineWriter(ModelOperationsCatalog catalog, ZipArchive archive)
{
    // A model that is the same is the same file.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a pipeline.</summary>
    /// <param name="transformer">The transformer.</param>
    /// <param name="schema">The schema of its data, or null.</param>
    public void Write(ITransformer transformer, DataViewSchema? schema)
    {
        var pipeline = new SavedPipeline { Transformer = WriteStep(transformer, TransformerScope.Everything, "steps") };
        WriteEntry(SavedPipeline.FileName, stream => JsonSerializer.Serialize(stream, pipeline, SavedPipeline.Json));
        if (schema is not null)
        {
            WriteModel(SavedPipeline.SchemaName, new TransformerChain<ITransformer>(), schema);
        }
    }

    private SavedStep WriteStep(ITransformer transformer, TransformerScope scope, string folder) => transformer switch
    {
        CrystalScoringTransformer scoring => WriteModels(scoring, folder) with { Scope = scope },
        EmbedCrystalsTransformer embedding => new SavedStep
        {
            Kind = SavedStep.Embed,
            Scope = scope,
            Options = JsonSerializer.SerializeToElement(embedding.Options, SavedPipeline.Json),
            Preparation = JsonSerializer.SerializeToElement(embedding.Preparation, SavedPipeline.Json),
            Inputs = embedding.Inputs,
        },
        PurifyCrystalsTransformer purification => WritePurification(purification, folder) with { Scope = scope },
        _ when HoldsOurs(transformer) => new SavedStep
        {
            Kind = SavedStep.Chain,
            Scope = scope,
            Steps =
            [
                .. ChainSteps.Of(transformer)!.Select((step, index) =>
                    WriteStep(step.Transformer, step.Scope, FormattableString.Invariant($"{folder}/{index}"))),
            ],
        },
        _ => WriteOther(transformer, folder) with { Scope = scope },
    };

    private static bool HoldsOurs(ITransformer transformer) =>
        transformer is CrystalScoringTransformer or EmbedCrystalsTransformer or PurifyCrystalsTransformer
        || ChainSteps.Of(transformer) is { } steps && steps.Any(step => HoldsOurs(step.Transformer));

    private SavedStep WriteModels(CrystalScoringTransformer scoring, string folder)
    {
        List<int> members = [];
        for (int model = 0; model < scoring.ModelFolders.Count; model++)
        {
            (string source, string target) = (scoring.ModelFolders[model], ModelFolderFiles.FolderOf(folder, model));
            members.Add(EnsembleCard.IsIn(source) ? WriteEnsemble(source, target) : WriteModelFolder(source, target));
        }

        return new SavedStep
        {
            Kind = SavedStep.Score,
            Folder = folder,
            Models = scoring.ModelFolders.Count,
            Members = members.Any(count => count > 0) ? members : [],
            Options = JsonSerializer.SerializeToElement(scoring.Options, SavedPipeline.Json),
        };
    }

    /// <summary>Writes an ensemble with its members below it, and their names changed to that.</summary>
    private int WriteEnsemble(string source, string target)
    {
        (EnsembleCard ensemble, IReadOnlyList<(string Folder, ModelCard Card)> members) = EnsembleFolder.Read(source);
        ensemble = ensemble with { Members = [.. ensemble.Members.Select((member, index) => member with { Folder = ModelFolderFiles.MemberFolder(index) })] };
        WriteEntry($"{target}/{EnsembleCard.FileName}", stream => stream.Write(Encoding.UTF8.GetBytes(ensemble.ToJson())));
        for (int member = 0; member < members.Count; member++)
        {
            WriteModelFolder(members[member].Folder, $"{target}/{ModelFolderFiles.MemberFolder(member)}");
        }

        return members.Count;
    }

    private int WriteModelFolder(string source, string target)
    {
        foreach (string name in ModelFolderFiles.Names)
        {
            WriteEntry($"{target}/{name}", stream =>
            {
                using FileStream file = File.OpenRead(Path.Combine(source, name));
                file.CopyTo(stream);
            });
        }

        return 0;
    }

    private SavedStep WritePurification(PurifyCrystalsTransformer purification, string folder)
    {
        WriteEntry($"{folder}/{SavedPipeline.ReportName}", stream => JsonSerializer.Serialize(stream, purification.Report, SavedPipeline.Json));
        using var rows = new MemoryStream();
        using var writer = new BinaryWriter(rows);
        purification.Learned.Write(writer);
        writer.Flush();
        WriteEntry($"{folder}/{SavedPipeline.RowsName}", rows.WriteTo);
        return new SavedStep
        {
            Kind = SavedStep.Purify,
            Folder = folder,
            RowsSha256 = Convert.ToHexStringLower(SHA256.HashData(rows.GetBuffer().AsSpan(0, (int)rows.Length))),
            Options = JsonSerializer.SerializeToElement(purification.Options, SavedPipeline.Json),
        };
    }

    private SavedStep WriteOther(ITransformer transformer, string folder)
    {
        WriteModel($"{folder}/{SavedPipeline.StepName}", transformer, null);
        return new SavedStep { Kind = SavedStep.MachineLearning, Folder = folder };
    }

    private void WriteModel(string name, ITransformer transformer, DataViewSchema? schema)
    {
        using var content = new MemoryStream(); // ML.NET wants a stream that can seek
        catalog.Save(transformer, schema, content);
        WriteEntry(name, content.WriteTo);
    }

    private void WriteEntry(string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.Fastest); // numbers hardly shrink
        entry.LastWriteTime = Time;
        using Stream stream = entry.Open();
        write(stream);
    }
}
