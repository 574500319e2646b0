namespace Faithful.Datasets;

/// <summary>What a task asks for: one class of several, or a number.</summary>
public enum TargetKind
{
    /// <summary>One class of a closed, ordered list.</summary>
    Classification,

    /// <summary>A number in the task's unit.</summary>
    Regression,
}
