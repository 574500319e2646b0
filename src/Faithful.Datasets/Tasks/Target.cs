namespace Faithful.Datasets;

/// <summary>What a model shall answer for one crystal.</summary>
/// <param name="ClassIndex">The zero-based index into <see cref="LearningTask.Classes"/>; −1 in a regression.</param>
/// <param name="Value">The number in the unit of the task; NaN in a classification.</param>
public readonly record struct Target(int ClassIndex, double Value)
{
    /// <summary>Creates the target of a classification.</summary>
    /// <param name="classIndex">The zero-based index of the class.</param>
    /// <returns>The target.</returns>
    public static Target OfClass(int classIndex) => new(classIndex, double.NaN);

    /// <summary>Creates the target of a regression.</summary>
    /// <param name="value">The number in the unit of the task.</param>
    /// <returns>The target.</returns>
    public static Target OfValue(double value) => new(-1, value);
}
