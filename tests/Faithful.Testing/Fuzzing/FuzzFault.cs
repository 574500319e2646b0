namespace Faithful.Testing.Fuzzing;

/// <summary>What a reader did wrong with an input.</summary>
/// <param name="Format">The name of the format.</param>
/// <param name="Input">Which input: the number of the mutation, which makes the same bytes again.</param>
/// <param name="Reason">What happened.</param>
/// <param name="File">Where the input was saved.</param>
public sealed record FuzzFault(string Format, string Input, string Reason, string File)
{
    /// <summary>Writes the fault in one line or, with a stack trace, several.</summary>
    public override string ToString() => $"{Format}, input {Input} ({File}): {Reason}";
}
