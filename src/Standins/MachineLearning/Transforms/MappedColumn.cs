namespace Microsoft.ML.Data;

/// <summary>A column made from others of a row.</summary>
/// <param name="Output">What it looks like.</param>
/// <param name="Inputs">The indexes of the columns that it is made from.</param>
/// <param name="CreateGetter">Its getter in a row.</param>
internal sealed record MappedColumn(DataViewSchema.DetachedColumn Output, int[] Inputs, Func<DataViewRow, Delegate> CreateGetter);
