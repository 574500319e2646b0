using System.IO.Compression;
using Faithful.Models;
using Faithful.Serving;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>
/// Adds the saving of pipelines with this package's transformers to ML.NET's catalogs: ML.NET's own model files can hold only ML.NET's.
/// </summary>
public static class CrystalSavingCatalog
{
    /// <summary>
    /// Saves a transformer or a chain of them, ours and ML.NET's, as one zip archive: everything that scoring needs, model files
    /// included. The file appears only when it is complete.
    /// </summary>
    /// <param name="catalog">The model operations of a context.</param>
    /// <param name="transformer">The transformer.</param>
    /// <param name="inputSchema">The schema of the data that it was fitted on; null to do without.</param>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="IOException">The file cannot be written, or a model folder not read.</exception>
    /// <exception cref="InvalidOperationException">A step of ML.NET cannot be saved, for example a mapping without a contract.</exception>
    public static void SaveCrystals(this ModelOperationsCatalog catalog, ITransformer transformer, DataViewSchema? inputSchema, string path)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream =>
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
            new PipelineWriter(catalog, archive).Write(transformer, inputSchema);
        });
    }

    /// <summary>Loads what <see cref="SaveCrystals"/> saved.</summary>
    /// <param name="catalog">The model operations of a context.</param>
    /// <param name="path">The file, which is not needed any more afterwards.</param>
    /// <param name="inputSchema">The schema of the data that the transformer was fitted on; null when it was saved without.</param>
    /// <param name="serving">Where and how models compute on this machine; null for what was saved.</param>
    /// <returns>The transformer, which scores as it did; dispose it.</returns>
    /// <exception cref="IOException">The file does not exist or cannot be read.</exception>
    /// <exception cref="ModelFolderException">The file is no such pipeline, was made by a newer version, or is damaged.</exception>
    /// <exception cref="Faithful.Crystals.Symmetry.MissingNativeLibraryException">ONNX Runtime is not installed.</exception>
    public static ITransformer LoadCrystals(
        this ModelOperationsCatalog catalog, string path, out DataViewSchema? inputSchema, ServingOptions? serving = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        using ZipArchive archive = Open(stream, path);
        return new PipelineReader(catalog, archive, path, serving).Read(out inputSchema);
    }

    private static ZipArchive Open(FileStream stream, string path)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (InvalidDataException error)
        {
            throw new ModelFolderException(path, "a pipeline saved by SaveCrystals, a zip archive", error.Message);
        }
    }
}
