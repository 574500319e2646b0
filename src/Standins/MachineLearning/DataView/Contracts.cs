using System.Runtime.CompilerServices;

namespace Microsoft.ML;

/// <summary>The exceptions that the published package throws for each kind of fault.</summary>
internal static class Contracts
{
    public static void CheckValue(object value, string name)
    {
        if (value is null)
        {
            throw new ArgumentNullException(name);
        }
    }

    public static void CheckNonEmpty(string value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentOutOfRangeException(name, $"{name} cannot be null or empty");
        }
    }

    public static void CheckParam(bool holds, string name, string message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, message);
        }
    }

    public static void CheckParam(bool holds, string name, [InterpolatedStringHandlerArgument(nameof(holds))] ref FaultMessage message)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, message.ToStringAndClear());
        }
    }

    public static void Check(bool holds, [InterpolatedStringHandlerArgument(nameof(holds))] ref FaultMessage message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message.ToStringAndClear());
        }
    }

    public static void Check(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }

    public static Exception MissingColumn(string name, string role, string column) =>
        new ArgumentOutOfRangeException(name, $"Could not find {role} column '{column}'");

    public static Exception SchemaMismatch(string name, string role, string column, string expected, string actual) =>
        new ArgumentOutOfRangeException(name, $"Schema mismatch for {role} column '{column}': expected {expected}, got {actual}");
}
