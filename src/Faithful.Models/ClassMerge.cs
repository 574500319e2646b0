namespace Faithful.Models;

/// <summary>The finer classes that a model was trained to tell apart, and which of them make each class that it answers with.</summary>
public sealed record ClassMerge
{
    /// <summary>Gets the name of the task that the model was trained for, for example <c>tqc</c>.</summary>
    public required string Task { get; init; }

    /// <summary>Gets the classes of that task, in the order of what was trained.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Gets the place of the class, among those that the model answers with, to which each of <see cref="Classes"/> belongs.</summary>
    public required IReadOnlyList<int> Places { get; init; }

    /// <summary>Adds up numbers of the finer classes.</summary>
    /// <param name="numbers">A probability or a frequency for each of <see cref="Classes"/>.</param>
    /// <returns>One for each class that the model answers with.</returns>
    /// <exception cref="ArgumentException">There are more or fewer numbers than classes.</exception>
    public double[] Sum(IReadOnlyList<double> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        if (numbers.Count != Places.Count)
        {
            throw new ArgumentException($"expected {Places.Count} numbers, found {numbers.Count}", nameof(numbers));
        }

        var sums = new double[Places.Max() + 1];
        for (int i = 0; i < numbers.Count; i++)
        {
            sums[Places[i]] += numbers[i];
        }

        return sums;
    }

    /// <summary>Gets the sums as a matrix product.</summary>
    /// <returns>1 where a finer class (row) belongs to a class (column), else 0; row by row.</returns>
    public float[] Matrix()
    {
        int columns = Places.Max() + 1;
        var matrix = new float[Places.Count * columns];
        for (int row = 0; row < Places.Count; row++)
        {
            matrix[row * columns + Places[row]] = 1;
        }

        return matrix;
    }

    /// <summary>Checks that the classes are those of a task, taken together.</summary>
    /// <param name="task">The task that the model answers.</param>
    /// <param name="origin">The folder or file named in errors.</param>
    /// <exception cref="ModelFolderException">Classes are missing, have no place, or leave a place empty.</exception>
    internal void Check(ModelTask task, string origin)
    {
        if (Classes.Count != Places.Count || !Places.Distinct().Order().SequenceEqual(Enumerable.Range(0, task.Classes.Count)))
        {
            throw new ModelFolderException(
                origin,
                $"a place among the {task.Classes.Count} classes for each of those that were trained, and none of them empty",
                $"{Classes.Count} classes with the places {string.Join(", ", Places)}");
        }
    }
}
