namespace Microsoft.ML.Data.Text;

/// <summary>Reads a value from a field that is not empty.</summary>
/// <returns>Whether the field could be read; the value is then the missing one of its type.</returns>
internal delegate bool TextValue<T>(ReadOnlyMemory<char> text, out T value);
