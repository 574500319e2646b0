namespace Microsoft.ML;

/// <summary>Fetches a value of the current row; the buffer that comes in may be reused.</summary>
public delegate void ValueGetter<TValue>(ref TValue value);
