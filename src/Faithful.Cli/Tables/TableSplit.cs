namespace Faithful.Cli.Tables;

/// <summary>A split on which cells are measured.</summary>
/// <param name="Name">Its name: its kind, or <c>given</c> where the file does not say one.</param>
/// <param name="FilePath">The file that holds it.</param>
/// <param name="Sha256">The SHA-256 of its parts.</param>
/// <param name="IsMade">Whether the tables made the file.</param>
internal sealed record TableSplit(string Name, string FilePath, string Sha256, bool IsMade);
