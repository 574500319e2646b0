using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Faithful.Crystals.Formats;

namespace Faithful.Datasets;

/// <summary>
/// A task as data: which label column it reads, which classes or unit it has, and how raw labels become targets. Immutable.
/// </summary>
/// <remarks>
/// The tasks of the project are in <see cref="LearningTaskTable"/>; any other label column becomes one through <see cref="FromColumn(string, IEnumerable{CrystalRecord})"/>.
/// </remarks>
public sealed class LearningTask
{
    private readonly FrozenDictionary<string, int> classOfLabel;

    private LearningTask(
        string name,
        string column,
        TargetKind kind,
        ImmutableArray<string> classes,
        IEnumerable<KeyValuePair<string, string>>? merged,
        string? unit,
        bool usesSymmetry,
        string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        Name = name;
        LabelColumn = column;
        Kind = kind;
        Classes = classes;
        Unit = unit;
        UsesSymmetry = usesSymmetry;
        Description = description;
        classOfLabel = (merged ?? classes.Select(label => KeyValuePair.Create(label, label)))
            .ToFrozenDictionary(pair => pair.Key, pair => classes.IndexOf(pair.Value), StringComparer.Ordinal);
        if (classOfLabel.Values.Any(index => index < 0) || classOfLabel.Values.Distinct().Count() != classes.Length)
        {
            throw new ArgumentException($"The raw labels of the task {name} must map onto all of its classes and no other.", nameof(merged));
        }
    }

    private LearningTask(LearningTask other)
    {
        (Name, LabelColumn, Kind, Classes) = (other.Name, other.LabelColumn, other.Kind, other.Classes);
        (Unit, UsesSymmetry, Description, AtomicLimit) = (other.Unit, other.UsesSymmetry, other.Description, other.AtomicLimit);
        classOfLabel = other.classOfLabel;
    }

    /// <summary>Gets the name, for example <c>tqc-basic</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the column of the labels that the task reads, for example <c>tqc</c>.</summary>
    public string LabelColumn { get; }

    /// <summary>Gets whether the task asks for a class or for a number.</summary>
    public TargetKind Kind { get; }

    /// <summary>Gets the classes in the order of the model's outputs; empty for a regression.</summary>
    public ImmutableArray<string> Classes { get; }

    /// <summary>Gets the unit of a regression, for example <c>eV/atom</c>; null for a classification and where it is unknown.</summary>
    public string? Unit { get; }

    /// <summary>
    /// Gets a value indicating whether a model of this task may get what the symmetry finder found (space group, primitive cell,
    /// standardised axes). False where that would give the answer away: space-group and point-group.
    /// </summary>
    public bool UsesSymmetry { get; }

    /// <summary>Gets what the task asks, in a sentence; empty for a task that a label column made.</summary>
    public string Description { get; }

    /// <summary>
    /// Gets the class of every crystal whose atoms are far apart: the atomic limit, in which nothing is left of bands. Null where the
    /// task does not say.
    /// </summary>
    public string? AtomicLimit { get; private init; }

    /// <summary>Gets the raw labels that the task accepts; empty for a regression, which accepts every finite number.</summary>
    public ImmutableArray<string> RawLabels => classOfLabel.Keys;

    /// <summary>Creates a classification whose raw labels are its classes.</summary>
    /// <param name="name">The name of the task.</param>
    /// <param name="column">The label column.</param>
    /// <param name="classes">The classes in the order of the model's outputs; at least one, no two equal.</param>
    /// <param name="usesSymmetry">Whether a model may see what the symmetry finder found.</param>
    /// <param name="description">What the task asks, in a sentence.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">A name is empty, there is no class, or a class occurs twice.</exception>
    public static LearningTask Classification(
        string name, string column, IEnumerable<string> classes, bool usesSymmetry = true, string description = "")
    {
        ImmutableArray<string> all = [.. classes];
        return all.IsEmpty || all.Distinct(StringComparer.Ordinal).Count() != all.Length
            ? throw new ArgumentException($"The classification {name} needs at least one class, each of them once.", nameof(classes))
            : new LearningTask(name, column, TargetKind.Classification, all, null, null, usesSymmetry, description);
    }

    /// <summary>Creates a classification whose classes merge several raw labels.</summary>
    /// <param name="name">The name of the task.</param>
    /// <param name="column">The label column.</param>
    /// <param name="classes">The classes in the order of the model's outputs.</param>
    /// <param name="classOfLabel">The class of each raw label that may occur.</param>
    /// <param name="usesSymmetry">Whether a model may see what the symmetry finder found.</param>
    /// <param name="description">What the task asks, in a sentence.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">A name is empty, or the raw labels do not map onto exactly these classes.</exception>
    public static LearningTask Merged(
        string name,
        string column,
        IEnumerable<string> classes,
        IReadOnlyDictionary<string, string> classOfLabel,
        bool usesSymmetry = true,
        string description = "")
    {
        ArgumentNullException.ThrowIfNull(classOfLabel);
        return new(name, column, TargetKind.Classification, [.. classes], classOfLabel, null, usesSymmetry, description);
    }

    /// <summary>Creates a regression.</summary>
    /// <param name="name">The name of the task.</param>
    /// <param name="column">The label column.</param>
    /// <param name="unit">The unit, for example <c>eV</c>; null where it is unknown.</param>
    /// <param name="usesSymmetry">Whether a model may see what the symmetry finder found.</param>
    /// <param name="description">What the task asks, in a sentence.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public static LearningTask Regression(string name, string column, string? unit, bool usesSymmetry = true, string description = "") =>
        new(name, column, TargetKind.Regression, [], [], unit, usesSymmetry, description);

    /// <summary>Makes the same task with an atomic limit.</summary>
    /// <param name="className">The class of crystals whose atoms are far apart.</param>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">The task has no such class.</exception>
    public LearningTask WithAtomicLimit(string className) => Classes.Contains(className)
        ? new LearningTask(this) { AtomicLimit = className }
        : throw new ArgumentException($"the atomic limit is one of the classes {string.Join(", ", Classes)}, and not \"{className}\"", nameof(className));

    /// <summary>
    /// Makes a task of any label column: a regression when every label of it is a number, a classification over the labels that
    /// occur (in ordinal order) when every one is text.
    /// </summary>
    /// <param name="column">The label column, which becomes the name of the task, too.</param>
    /// <param name="records">The records to take the labels from; those without the column do not count.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">No record has the column, it mixes numbers and text, or it has one class only.</exception>
    public static LearningTask FromColumn(string column, IEnumerable<CrystalRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return FromColumn(column, records.Select(record => new LabelRow(record.Id, record.Labels, record.Origin)));
    }

    /// <summary>Makes a task of any label column, as the overload for records, from labels alone.</summary>
    /// <param name="column">The label column, which becomes the name of the task, too.</param>
    /// <param name="rows">The rows to take the labels from; those without the column do not count.</param>
    /// <returns>The task.</returns>
    /// <exception cref="LabelException">No row has the column, it mixes numbers and text, or it has one class only.</exception>
    public static LearningTask FromColumn(string column, IEnumerable<LabelRow> rows)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(column);
        ArgumentNullException.ThrowIfNull(rows);
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        var columns = new SortedSet<string>(StringComparer.Ordinal);
        (LabelRow? number, LabelRow? text) = (null, null);
        var count = 0;
        foreach (var row in rows)
        {
            count++;
            if (!row.Labels.TryGetValue(column, out var label))
            {
                if (labels.Count == 0)
                {
                    columns.UnionWith(row.Labels.Keys); // for the message when there is no such column
                }

                continue;
            }

            labels.Add(label);
            _ = IsNumber(label, out _) ? number ??= row : text ??= row;
            if (number is not null && text is not null)
            {
                // Reading such a column as text would silently turn a regression with one typing error into a classification.
                throw new LabelException(
                    column,
                    $"either numbers only or text only ({number.Id} has the number {number.Labels[column]})",
                    $"the text \"{text.Labels[column]}\"",
                    text.Id,
                    text.Origin);
            }
        }

        return (number, text) switch
        {
            (null, null) => throw LabelException.NoLabel(column, count, columns),
            (null, _) when labels.Count == 1 => throw new LabelException(column, "at least two classes to tell apart", $"only \"{labels.Min}\""),
            (null, _) => Classification(column, column, labels),
            _ => Regression(column, column, null),
        };
    }

    /// <summary>Reads the target of a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="target">The target, when the record has a label.</param>
    /// <returns>Whether the record has a label for this task.</returns>
    /// <exception cref="LabelException">The label is neither a class of the task nor, in a regression, a finite number.</exception>
    public bool TryGetTarget(CrystalRecord record, out Target target)
    {
        ArgumentNullException.ThrowIfNull(record);
        return TryGetTarget(record.Id, record.Labels, record.Origin, out target);
    }

    /// <summary>Reads a target from labels alone.</summary>
    /// <param name="id">The name of the material, for the error message.</param>
    /// <param name="labels">The labels by column.</param>
    /// <param name="origin">The file and line, for the error message; null where they are not known.</param>
    /// <param name="target">The target, when there is a label.</param>
    /// <returns>Whether there is a label for this task.</returns>
    /// <exception cref="LabelException">The label is neither a class of the task nor, in a regression, a finite number.</exception>
    public bool TryGetTarget(string id, IReadOnlyDictionary<string, string> labels, string? origin, out Target target)
    {
        ArgumentNullException.ThrowIfNull(labels);
        target = default;
        if (!labels.TryGetValue(LabelColumn, out var label))
        {
            return false;
        }

        if (Kind == TargetKind.Regression)
        {
            target = IsNumber(label, out var value)
                ? Target.OfValue(value)
                : throw new LabelException(LabelColumn, "a finite number", $"\"{label}\"", id, origin);
        }
        else
        {
            target = classOfLabel.TryGetValue(label, out var index)
                ? Target.OfClass(index)
                : throw new LabelException(LabelColumn, $"one of {DescribeLabels()}", $"\"{label}\"", id, origin);
        }

        return true;
    }

    /// <summary>Gets the name of the task.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;

    private static bool IsNumber(string label, out double value) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private string DescribeLabels()
    {
        var labels = RawLabels.Sort(StringComparer.Ordinal);
        return labels.Length > 40 ? $"{labels.Length} labels such as {string.Join(", ", labels.Take(5))}" : string.Join(", ", labels);
    }
}
