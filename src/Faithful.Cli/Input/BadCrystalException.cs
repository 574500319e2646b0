namespace Faithful.Cli.Input;

/// <summary>A crystal has a fault, and the user asked that this ends the command.</summary>
internal sealed class BadCrystalException(string message) : Exception(message);
