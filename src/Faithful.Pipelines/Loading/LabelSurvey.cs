using System.Collections.Immutable;
using Faithful.Crystals.Formats;
using Faithful.Datasets;

namespace Faithful.Pipelines;

/// <summary>Finds out, in one pass, which labels crystals have and which of these are numbers.</summary>
/// <param name="tasks">The tasks whose columns have a type that is known.</param>
internal sealed class LabelSurvey(LearningTaskTable tasks)
{
    private readonly Dictionary<string, (LabelRow? Number, LabelRow? Text)> _examples = new(StringComparer.Ordinal);

    /// <summary>Gets the number of crystals.</summary>
    public int Crystals { get; private set; }

    /// <summary>Looks at a crystal.</summary>
    /// <param name="record">The crystal.</param>
    public void Add(CrystalRecord record)
    {
        Crystals++;
        foreach ((string name, string label) in record.Labels)
        {
            (LabelRow? number, LabelRow? text) = _examples.GetValueOrDefault(name);
            bool isNumber = LabelColumn.IsFinite(label, out _);
            if ((isNumber ? number : text) is null)
            {
                var row = new LabelRow(record.Id, record.Labels, record.Origin);
                _examples[name] = isNumber ? (row, text) : (number, row);
            }
        }
    }

    /// <summary>Decides on the columns.</summary>
    /// <param name="names">The columns that are asked for; null for all, in ordinal order.</param>
    /// <returns>The columns.</returns>
    /// <exception cref="LabelException">A column that is asked for has no label, or mixes numbers and text.</exception>
    /// <exception cref="ArgumentException">A column has the name of another one.</exception>
    public ImmutableArray<LabelColumn> Columns(IEnumerable<string>? names)
    {
        string[] asked = [.. names ?? _examples.Keys.Order(StringComparer.Ordinal)];
        string? twice = asked.Append(CrystalColumns.Id).Append(CrystalColumns.Structure).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        return twice is null
            ? [.. asked.Select(name => new LabelColumn(name, IsNumber(name, isAsked: names is not null)))]
            : throw new ArgumentException(
                $"Expected every column once, and none called {CrystalColumns.Id} or {CrystalColumns.Structure} besides the two there are; found {twice} again.",
                nameof(names));
    }

    private bool IsNumber(string name, bool isAsked)
    {
        if (!_examples.TryGetValue(name, out (LabelRow? Number, LabelRow? Text) examples))
        {
            throw LabelException.NoLabel(name, Crystals, _examples.Keys.Order(StringComparer.Ordinal));
        }

        TargetKind? known = tasks.Tasks.FirstOrDefault(task => task.LabelColumn == name)?.Kind;
        bool isMixed = examples is { Number: not null, Text: not null };
        if (known != TargetKind.Classification && isMixed && (isAsked || known == TargetKind.Regression))
        {
            // As text, one typing error would silently turn a regression into a classification.
            LabelRow text = examples.Text!;
            throw new LabelException(
                name,
                $"either numbers only or text only ({examples.Number!.Id} has the number {examples.Number.Labels[name]})",
                $"the text \"{text.Labels[name]}\"",
                text.Id,
                text.Origin);
        }

        return known != TargetKind.Classification && examples.Text is null;
    }
}
