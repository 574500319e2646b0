using System.Globalization;
using Faithful.Cli.Evaluation;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Crystals.Formats;
using Faithful.Crystals.Symmetry;
using Faithful.Datasets;
using Faithful.Models;
using Faithful.Models.Packing;
using Faithful.Serving;

namespace Faithful.Cli.Composition;

/// <summary>Labelled crystals of one source, packed once for each preparation that a model asks for.</summary>
internal sealed class LabelledData : IDisposable
{
    private readonly CommandContext _context;
    private readonly string _source;
    private readonly PackedRowsOptions _labels;
    private readonly Dictionary<PreparationOptions, PackedSource> _sources = [];
    private readonly Dictionary<(string Task, PreparationOptions Preparation), PackedRows> _rows = [];

    /// <summary>Reads the file of labels that goes with a source; its crystals are read when they are asked for.</summary>
    /// <param name="context">The command, which has the options for labels, tasks, cache and strictness.</param>
    /// <param name="source">A file or a folder.</param>
    /// <exception cref="CrystalFormatException">The file of labels is no table of labels.</exception>
    public LabelledData(CommandContext context, string source)
    {
        (_context, _source) = (context, source);
        _labels = PackedRowsOptions.Read(source, context.Arguments.GetValue<string?>(CommonOptions.LabelsName), CommonOptions.TaskTable(context));
    }

    /// <summary>Gets whether an entry of the source holds no crystal, or labels of the source and of the file contradict each other.</summary>
    public bool HasFaults =>
        _sources.Values.Any(source => source.Data.RejectedCount > 0) || _rows.Values.Any(rows => rows.LabelReport is { Conflicts.IsEmpty: false });

    /// <summary>Gets the rows of a task.</summary>
    /// <param name="task">The name of a task or of a label column.</param>
    /// <param name="preparation">How the crystals are prepared.</param>
    /// <returns>At least one row.</returns>
    /// <exception cref="LabelException">No crystal has a label, or one has a wrong label.</exception>
    public PackedRows Rows(string task, PreparationOptions preparation)
    {
        if (!_rows.TryGetValue((task, preparation), out PackedRows? rows))
        {
            PackedDataset data = Open(preparation).Data;
            rows = PackedRows.Create(data, task, _labels);
            LogLabels(rows);
            _rows.Add((task, preparation), rows);
        }

        return rows;
    }

    /// <summary>Gets rows as predictors take them.</summary>
    /// <param name="rows">Rows of any preparation.</param>
    /// <returns>The crystals, in the order of the rows.</returns>
    public PredictionInputs Inputs(IReadOnlyList<PackedRow> rows) => new(rows.Count, preparation =>
    {
        PackedDataset data = Open(preparation).Data;
        return
        [
            .. rows.Select(row => data.Id(row.Index) == row.Labels.Id
                ? new PredictionInput(row.Labels.Id, data[row.Index], data.Composition(row.Index), data.VolumePerAtom(row.Index))
                : throw new InvalidOperationException($"expected crystal {row.Labels.Id} at place {row.Index} of {data.FilePath}, found {data.Id(row.Index)}")),
        ];
    });

    /// <summary>Gets what is known of crystals beside their labels.</summary>
    /// <param name="rows">Rows of any preparation.</param>
    /// <param name="preparation">The preparation whose symmetry finder stands in for a space group that the data does not name.</param>
    /// <returns>The facts, in the order of the rows.</returns>
    public IReadOnlyList<CrystalFacts> Facts(IReadOnlyList<PackedRow> rows, PreparationOptions preparation)
    {
        PackedDataset data = Open(preparation).Data;
        return
        [
            .. rows.Select(row => new CrystalFacts(
                row.Labels.Id, data.ReducedFormula(row.Index), [.. data.Composition(row.Index).Distinct()], System(data, row), data.CellAtoms(row.Index))),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PackedSource source in _sources.Values)
        {
            source.Dispose();
        }
    }

    private PackedSource Open(PreparationOptions preparation)
    {
        if (_sources.TryGetValue(preparation, out PackedSource? known))
        {
            return known;
        }

        PackedSource source = new PackedCache(_context).Open(
            _source, preparation, new PackedSourceOptions { Strict = CommonOptions.IsStrict(_context), Keep = CommonOptions.UsesCache(_context) });
        if (_sources.Count == 0 && source.Data.RejectedCount > 0)
        {
            foreach (RejectedEntry entry in source.Data.Rejected)
            {
                _context.LogError(entry.ToString());
            }

            _context.Log($"left out {source.Data.RejectedCount} of {source.Data.RejectedCount + source.Data.Count} rows, which have an error");
        }

        _sources.Add(preparation, source);
        return source;
    }

    private static CrystalSystem? System(PackedDataset data, PackedRow row)
    {
        if (!row.Labels.Labels.TryGetValue(PackedRows.SpaceGroupColumn, out string? label) || !int.TryParse(label, CultureInfo.InvariantCulture, out int group))
        {
            using PackedCrystal crystal = data.View(row.Index);
            group = crystal.SpaceGroup;
        }

        return group is >= 1 and <= 230 ? SpaceGroups.CrystalSystem(group) : null;
    }

    private void LogLabels(PackedRows rows)
    {
        if (_rows.Count > 0 || rows.LabelReport is not LabelJoinReport report)
        {
            return;
        }

        _context.Log($"labels of {report}");
        foreach (CrystalFormatException conflict in report.Conflicts)
        {
            _context.LogError(CommonOptions.IsStrict(_context) ? throw new BadCrystalException(conflict.Message) : conflict.Message);
        }
    }
}
