using Microsoft.ML;

namespace Faithful.Pipelines;

/// <summary>Hands out getters under the type that is asked for.</summary>
internal static class TypedGetter
{
    /// <summary>Gets a getter under its type.</summary>
    /// <typeparam name="TValue">The type asked for.</typeparam>
    /// <param name="getter">The getter; null for a column that is not active.</param>
    /// <param name="column">The column, for errors.</param>
    /// <returns>The getter.</returns>
    /// <exception cref="ArgumentException">The column is not active.</exception>
    /// <exception cref="InvalidOperationException">The column has another type.</exception>
    public static ValueGetter<TValue> Of<TValue>(Delegate? getter, DataViewSchema.Column column) => getter switch
    {
        ValueGetter<TValue> typed => typed,
        null => throw new ArgumentException($"requested column not active: {column.Name}", nameof(column)),
        _ => throw new InvalidOperationException(
            $"Invalid TValue in GetGetter for column '{column.Name}': '{typeof(TValue)}', expected type: '{column.Type.RawType}'."),
    };
}
