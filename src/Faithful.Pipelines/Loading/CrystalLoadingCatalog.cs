using Faithful.Crystals.Formats;
using Faithful.Datasets;
using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Adds the reading of crystals to ML.NET's catalogs.</summary>
public static class CrystalLoadingCatalog
{
    /// <summary>
    /// Makes a data view of a source of crystals. The source is read once now, to learn which labels there are; the file of labels
    /// stays in memory, the crystals do not.
    /// </summary>
    /// <param name="catalog">The data operations of a context.</param>
    /// <param name="source">A file, folder or archive, as <see cref="CrystalSource"/> reads it.</param>
    /// <param name="labels">The label columns; null for all that occur, of which those that mix numbers and text become text.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>The view.</returns>
    /// <exception cref="CrystalFormatException">
    /// The source does not exist, the file of labels is bad or fits no crystal, or options are strict and a crystal is bad.
    /// </exception>
    /// <exception cref="LabelException">A column that is named has no label, or mixes numbers and text.</exception>
    /// <exception cref="ArgumentException">A column is named twice, or as one of the two others.</exception>
    public static CrystalDataView LoadCrystals(
        this DataOperationsCatalog catalog, string source, IEnumerable<string>? labels = null, CrystalLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentException.ThrowIfNullOrEmpty(source);
        options ??= new CrystalLoadOptions();
        if (!File.Exists(source) && !Directory.Exists(source))
        {
            throw new CrystalFormatException(source, 0, "an existing file or folder", "nothing of this name");
        }

        LabelTable? table = options.LabelFile is null ? LabelFile.Read(source) : LabelTable.Read(options.LabelFile);
        return new CrystalDataView(() => Read(source, table), labels, options);
    }

    /// <summary>Makes a data view of crystals in memory.</summary>
    /// <param name="catalog">The data operations of a context.</param>
    /// <param name="records">The crystals, which every cursor enumerates again.</param>
    /// <param name="labels">The label columns; null for all that occur, of which those that mix numbers and text become text.</param>
    /// <param name="options">How to read; null for the defaults. A file of labels plays no part.</param>
    /// <returns>The view.</returns>
    /// <exception cref="LabelException">A column that is named has no label, or mixes numbers and text.</exception>
    /// <exception cref="ArgumentException">A column is named twice, or as one of the two others.</exception>
    public static CrystalDataView LoadCrystals(
        this DataOperationsCatalog catalog,
        IEnumerable<CrystalRecord> records,
        IEnumerable<string>? labels = null,
        CrystalLoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(records);
        return new CrystalDataView(() => records.Select(CrystalReadResult.Success), labels, options ?? new CrystalLoadOptions());
    }

    private static IEnumerable<CrystalReadResult> Read(string source, LabelTable? table)
    {
        var join = table is null ? null : new LabelJoin(table);
        foreach (CrystalReadResult result in CrystalSource.Read(source))
        {
            yield return result.IsSuccess && join is not null ? join.Apply(result.Record) : result;
        }

        join?.Report().RequireMatch();
    }
}
