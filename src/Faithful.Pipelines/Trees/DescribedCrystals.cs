using Faithful.Crystals.Descriptors;
using Faithful.Networks.Training;

namespace Faithful.Pipelines;

/// <summary>Crystals as trees see them: the descriptors of each, and what a model shall answer.</summary>
public sealed class DescribedCrystals
{
    /// <summary>Puts descriptors and targets together.</summary>
    /// <param name="descriptors">What the numbers are.</param>
    /// <param name="rows">The descriptors of each crystal, NaN where a value does not exist; shape (crystals, columns).</param>
    /// <param name="targets">The class number or the value of each crystal.</param>
    /// <exception cref="ArgumentException">There is no crystal, another number of targets, or a row has another number of columns.</exception>
    public DescribedCrystals(DescriptorSet descriptors, IReadOnlyList<float[]> rows, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(targets);
        if (rows.Count == 0 || rows.Count != targets.Count)
        {
            throw new ArgumentException($"expected as many targets as crystals, and at least one; found {targets.Count} for {rows.Count}");
        }

        if (rows.FirstOrDefault(row => row.Length != descriptors.Count) is float[] wrong)
        {
            throw new ArgumentException($"expected the {descriptors.Count} columns of the descriptors {descriptors}, found a row of {wrong.Length}");
        }

        (Descriptors, Rows, Targets) = (descriptors, rows, targets);
    }

    /// <summary>Gets what the numbers are.</summary>
    public DescriptorSet Descriptors { get; }

    /// <summary>Gets the descriptors of each crystal; shape (crystals, columns).</summary>
    public IReadOnlyList<float[]> Rows { get; }

    /// <summary>Gets the class number or the value of each crystal.</summary>
    public IReadOnlyList<double> Targets { get; }

    /// <summary>
    /// Gets how many of the last crystals are expanded copies of others, with the class of the atomic limit: relatives of nobody, because no
    /// number that makes relatives tells a copy from its crystal. The default is 0.
    /// </summary>
    public int Expanded { get; init; }

    /// <summary>Gets the crystals of the same part that have no descriptors; null for none.</summary>
    public FallbackCrystals? Fallbacks { get; init; }
}
