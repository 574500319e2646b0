using System.Text.Json.Serialization;

namespace Faithful.Datasets;

/// <summary>A task as it is written in a table of tasks.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)] // a misspelt field must not be passed over
internal sealed record LearningTaskEntry
{
    /// <summary>Gets the name of the task.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the label column.</summary>
    public required string Column { get; init; }

    /// <summary>Gets whether it is a class or a number.</summary>
    public required TargetKind Kind { get; init; }

    /// <summary>Gets the classes in the order of a model's outputs; null for a regression.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>Gets the raw labels of each class, where they are not the classes themselves.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Labels { get; init; }

    /// <summary>Gets the unit of a regression, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>Gets whether a model may see what the symmetry finder found.</summary>
    public bool UsesSymmetry { get; init; } = true;

    /// <summary>Gets the class of crystals whose atoms are far apart, or null.</summary>
    public string? AtomicLimit { get; init; }

    /// <summary>Gets what the task asks, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>Gets where the classes are defined, or null.</summary>
    public string? Source { get; init; }

    /// <summary>Makes the task.</summary>
    /// <returns>The task.</returns>
    /// <exception cref="ArgumentException">The fields do not fit together; the message says how.</exception>
    public LearningTask ToTask()
    {
        LearningTask task = Kind == TargetKind.Regression ? ToRegression() : ToClassification();
        return AtomicLimit is null ? task : task.WithAtomicLimit(AtomicLimit);
    }

    private LearningTask ToRegression() => Classes is null && Labels is null && AtomicLimit is null
        ? LearningTask.Regression(Name, Column, Unit, UsesSymmetry, Description)
        : throw new ArgumentException("a regression has neither classes nor labels nor an atomic limit");

    private LearningTask ToClassification()
    {
        if (Unit is not null)
        {
            throw new ArgumentException("a classification has no unit");
        }

        if (Classes is not { Count: >= 2 })
        {
            throw new ArgumentException("a classification has two classes or more");
        }

        if (Labels is null)
        {
            return LearningTask.Classification(Name, Column, Classes, UsesSymmetry, Description);
        }

        var classOfLabel = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, raw) in Labels)
        {
            foreach (var label in raw)
            {
                if (!classOfLabel.TryAdd(label, name))
                {
                    throw new ArgumentException($"the label \"{label}\" belongs to one class only");
                }
            }
        }

        return LearningTask.Merged(Name, Column, Classes, classOfLabel, UsesSymmetry, Description);
    }
}
