namespace Microsoft.ML.Data;

/// <summary>The fields of a text file that the member is read from, counted from 0.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property, AllowMultiple = false, Inherited = true)]
public sealed class LoadColumnAttribute : Attribute
{
    public LoadColumnAttribute(int fieldIndex) => Sources = [(fieldIndex, fieldIndex)];

    public LoadColumnAttribute(int start, int end) => Sources = [(start, end)];

    public LoadColumnAttribute(int[] columnIndexes) => Sources = [.. columnIndexes.Select(index => (index, index))];

    /// <summary>First and last field of each range, both included.</summary>
    internal IReadOnlyList<(int First, int Last)> Sources { get; }
}
