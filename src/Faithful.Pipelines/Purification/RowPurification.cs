using System.Collections.Immutable;
using Faithful.Crystals.Formats;
using Faithful.Datasets.Purification;

namespace Faithful.Pipelines;

/// <summary>Filters rows by what was learned; rows that were never seen are judged by the rules for single crystals.</summary>
internal sealed class RowPurification : ICrystalMapping<object>
{
    private static readonly object Kept = new();

    private readonly LearnedRows _learned;
    private readonly ImmutableArray<CrystalRule> _rules;
    private readonly StructureReading _reading;
    private readonly bool _dropsUnreadable;
    private readonly Dictionary<UInt128, int> _seen = []; // of one pass

    /// <summary>Makes a filter.</summary>
    /// <param name="learned">The rows that were seen.</param>
    /// <param name="options">The options.</param>
    public RowPurification(LearnedRows learned, CrystalPurificationOptions options)
    {
        _learned = learned;
        _rules = [.. Purifier.Rules(options.Rules).OfType<CrystalRule>()];
        _reading = new StructureReading(options.OnBadStructure);
        _dropsUnreadable = options.OnBadStructure == BadStructure.Drop;
        Inputs = new CrystalInputColumns(options.StructureColumnName, options.IdColumnName);
        ReadAhead = options.ReadAhead;
    }

    private RowPurification(RowPurification filter)
    {
        (_learned, _rules, _reading, _dropsUnreadable) = (filter._learned, filter._rules, filter._reading, filter._dropsUnreadable);
        (Inputs, ReadAhead) = (filter.Inputs, filter.ReadAhead);
    }

    /// <inheritdoc/>
    public CrystalInputColumns Inputs { get; }

    /// <inheritdoc/>
    public ImmutableArray<OutputColumn<object>> Columns => [];

    /// <inheritdoc/>
    public int ReadAhead { get; }

    /// <inheritdoc/>
    public bool DropsRows => true;

    /// <inheritdoc/>
    public ICrystalMapping<object> BeginPass() => new RowPurification(this);

    /// <inheritdoc/>
    public IReadOnlyList<object?> Map(IReadOnlyList<CrystalRow> rows, bool wantsResults)
    {
        var results = new object?[rows.Count];
        List<int> unseen = [];
        for (int index = 0; index < results.Length; index++)
        {
            UInt128 key = RowKey.Of(rows[index]);
            int occurrence = _seen.GetValueOrDefault(key);
            _seen[key] = occurrence + 1;
            bool? isKept = _learned.Find(key, occurrence);
            results[index] = isKept == true ? Kept : null;
            if (isKept is null)
            {
                unseen.Add(index);
            }
        }

        CrystalReadResult[] read = _reading.Read([.. unseen.Select(index => rows[index])]);
        StructureReading.InParallel(read.Length, index => results[unseen[index]] =
            (read[index].IsSuccess ? IsPure(read[index].Record!) : !_dropsUnreadable) ? Kept : null);
        return results;
    }

    private bool IsPure(CrystalRecord record)
    {
        var crystal = new ExaminedCrystal(0, record);
        foreach (CrystalRule rule in _rules)
        {
            if (rule.Judge(crystal).Crystal is not ExaminedCrystal next)
            {
                return false;
            }

            crystal = next;
        }

        return true;
    }
}
