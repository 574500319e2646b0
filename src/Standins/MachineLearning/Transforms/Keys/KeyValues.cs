namespace Microsoft.ML.Transforms;

/// <summary>How values that become keys are told apart, ordered and found missing: text by its characters.</summary>
internal static class KeyValues<T>
{
    public static IEqualityComparer<T> Equality { get; } = (IEqualityComparer<T>)(TextOrder as object ?? EqualityComparer<T>.Default);

    public static IComparer<T> Order { get; } = (IComparer<T>)(TextOrder as object ?? Comparer<T>.Default);

    private static TextComparer TextOrder => typeof(T) == typeof(ReadOnlyMemory<char>) ? TextComparer.Instance : null;

    public static bool IsMissing(T value) => value switch
    {
        ReadOnlyMemory<char> text => text.IsEmpty,
        float number => float.IsNaN(number),
        double number => double.IsNaN(number),
        _ => false,
    };
}
