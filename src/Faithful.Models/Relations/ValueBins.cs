namespace Faithful.Models.Relations;

/// <summary>Numbers as classes of about equal size, by which information can be measured.</summary>
public static class ValueBins
{
    /// <summary>The number of classes.</summary>
    public const int Count = 10;

    /// <summary>Finds the class of each number. Equal numbers are in one class, so a class may be larger than a tenth, and others empty.</summary>
    /// <param name="values">The numbers.</param>
    /// <returns>A class from 0, rising with the number.</returns>
    public static int[] Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double[] sorted = [.. values.Order()];
        double[] bounds = [.. Enumerable.Range(1, Count - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / Count)])];
        return [.. values.Select(value => bounds.Count(bound => value >= bound))];
    }
}
