namespace Faithful.Cli.Input;

/// <summary>There is no model to work with.</summary>
internal sealed class NoModelException(string message) : Exception(message);
