using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Faithful.Models;
using Faithful.Models.Ensembles;
using Faithful.Serving;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Faithful.Pipelines;

/// <summary>Reads what <see cref="PipelineWriter"/> wrote.</summary>
/// <param name="catalog">The model operations of a context.</param>
/// <param name="archive">The archive.</param>
/// <param name="path">Its path, for errors.</param>
/// <param name="serving">How models are served; null for what was saved.</param>
internal sealed class PipelineReader(ModelOperationsCatalog catalog, ZipArchive archive, string path, ServingOptions? serving)
{
    /// <summary>Reads a pipeline.</summary>
    /// <param name="schema">The schema of its data; null when it was saved without.</param>
    /// <returns>The transformer.</returns>
    /// <exception cref="ModelFolderException">The archive holds no pipeline, one of a newer format, or a damaged one.</exception>
    public ITransformer Read(out DataViewSchema? schema)
    {
        SavedPipeline pipeline = ReadContents();
        schema = null;
        if (archive.GetEntry(SavedPipeline.SchemaName) is not null)
        {
            ReadModel(SavedPipeline.SchemaName, out schema);
        }

        return ReadStep(pipeline.Transformer ?? throw Damaged(SavedPipeline.FileName, "a transformer", "none"));
    }

    private SavedPipeline ReadContents()
    {
        if (archive.GetEntry(SavedPipeline.FileName) is null)
        {
            throw new ModelFolderException(
                path, $"a pipeline saved by SaveCrystals, with {SavedPipeline.FileName} in it", "none; models of mlContext.Model.Save are loaded by Load");
        }

        // The version alone first: a newer format may look different in all else.
        using JsonDocument contents = ReadEntry(SavedPipeline.FileName, stream => JsonDocument.Parse(stream));
        int version = contents.RootElement.ValueKind == JsonValueKind.Object
            && contents.RootElement.TryGetProperty("format_version", out JsonElement element) && element.TryGetInt32(out int number)
            ? number
            : throw Damaged(SavedPipeline.FileName, "a format version", "none");
        if (version != SavedPipeline.CurrentFormatVersion)
        {
            throw new ModelFolderException(
                path,
                $"format version {SavedPipeline.CurrentFormatVersion}",
                $"version {version}{(version > SavedPipeline.CurrentFormatVersion ? ", made by a newer version of this program" : "")}");
        }

        return Parse<SavedPipeline>(contents.RootElement, SavedPipeline.FileName);
    }

    private ITransformer ReadStep(SavedStep step) => step.Kind switch
    {
        SavedStep.Chain => ReadChain(step),
        SavedStep.MachineLearning => ReadModel($"{step.Folder}/{SavedPipeline.StepName}", out _),
        SavedStep.Score => ReadModels(step),
        SavedStep.Embed => Make(() => new EmbedCrystalsTransformer(
            Parse<PreparationOptions>(step.Preparation, "preparation"), step.Inputs, Parse<CrystalEmbeddingOptions>(step.Options, "options"))),
        SavedStep.Purify => ReadPurification(step),
        _ => throw Damaged(SavedPipeline.FileName, "a kind of step", $"'{step.Kind}'"),
    };

    private TransformerChain<ITransformer> ReadChain(SavedStep chain)
    {
        List<ITransformer> transformers = [];
        try
        {
            foreach (SavedStep step in chain.Steps)
            {
                transformers.Add(ReadStep(step));
            }

            return new TransformerChain<ITransformer>(transformers, [.. chain.Steps.Select(step => step.Scope)]);
        }
        catch
        {
            foreach (IDisposable transformer in transformers.OfType<IDisposable>())
            {
                transformer.Dispose();
            }

            throw;
        }
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "The transformer that is returned owns the folder.")]
    private CrystalScoringTransformer ReadModels(SavedStep step)
    {
        CrystalScoringOptions options = Parse<CrystalScoringOptions>(step.Options, "options");
        string folder = Directory.CreateTempSubdirectory("faithful-models-").FullName;
        var owned = new OwnedFolder(folder);
        try
        {
            List<string> models = [];
            for (int model = 0; model < step.Models; model++)
            {
                // Where files go is ours to say and not the archive's.
                string target = Directory.CreateDirectory(Path.Combine(folder, FormattableString.Invariant($"{model}"))).FullName;
                string entry = ModelFolderFiles.FolderOf(step.Folder, model);
                int members = model < step.Members.Count ? step.Members[model] : 0;
                if (members > 0)
                {
                    Extract($"{entry}/{EnsembleCard.FileName}", Path.Combine(target, EnsembleCard.FileName));
                }

                foreach (string part in members > 0 ? Enumerable.Range(0, members).Select(member => $"/{ModelFolderFiles.MemberFolder(member)}") : [""])
                {
                    string place = Directory.CreateDirectory(target + part).FullName;
                    foreach (string name in ModelFolderFiles.Names)
                    {
                        Extract($"{entry}{part}/{name}", Path.Combine(place, name));
                    }
                }

                models.Add(target);
            }

            return Make(() => CrystalScoringTransformer.TakeOwnership(owned, models, serving is null ? options : options with { Serving = serving }));
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    private PurifyCrystalsTransformer ReadPurification(SavedStep step)
    {
        string name = $"{step.Folder}/{SavedPipeline.RowsName}";
        LearnedRows rows = ReadEntry(name, stream =>
        {
            using MemoryStream content = Copy(stream);
            if (Convert.ToHexStringLower(SHA256.HashData(content)) != step.RowsSha256)
            {
                throw Damaged(name, "the rows that were saved", "others");
            }

            content.Position = 0;
            using var reader = new BinaryReader(content);
            return LearnedRows.Read(reader);
        });
        string report = $"{step.Folder}/{SavedPipeline.ReportName}";
        using JsonDocument json = ReadEntry(report, stream => JsonDocument.Parse(stream));
        return Make(() => new PurifyCrystalsTransformer(
            rows, Parse<CrystalPurificationReport>(json.RootElement, report), Parse<CrystalPurificationOptions>(step.Options, "options")));
    }

    private ITransformer ReadModel(string name, out DataViewSchema? schema)
    {
        using MemoryStream content = ReadEntry(name, Copy); // ML.NET wants a stream that can seek
        return catalog.Load(content, out schema);
    }

    private void Extract(string name, string target) => ReadEntry(name, stream =>
    {
        using FileStream file = File.Create(target);
        stream.CopyTo(file);
        return true;
    });

    private static MemoryStream Copy(Stream stream)
    {
        var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    private TResult ReadEntry<TResult>(string name, Func<Stream, TResult> read)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw Damaged(name, "an entry of this name", "none");
        try
        {
            using Stream stream = entry.Open();
            return read(stream);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or JsonException)
        {
            throw Damaged(name, "what was saved", error.Message);
        }
    }

    private T Parse<T>(JsonElement? json, string what)
        where T : class
    {
        try
        {
            return json?.Deserialize<T>(SavedPipeline.Json) ?? throw Damaged(what, "a JSON object", "none");
        }
        catch (JsonException error)
        {
            throw Damaged(what, "what was saved", error.Message);
        }
    }

    private T Make<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            throw Damaged(SavedPipeline.FileName, "valid options", error.Message);
        }
    }

    private ModelFolderException Damaged(string part, string expected, string found) => new($"{path}!{part}", expected, found);
}
