namespace Faithful.Models;

/// <summary>What a model predicts: one class of several, or a number.</summary>
public enum TaskKind
{
    /// <summary>One class of a closed list; outputs <c>logits</c> and <c>probabilities</c>.</summary>
    Classification,

    /// <summary>A number in the task's unit; output <c>value</c>.</summary>
    Regression,
}
