namespace Faithful.Crystals.Formats.Cif;

/// <summary>A group of operations that a data block may mean.</summary>
/// <param name="Group">The operations.</param>
/// <param name="Name">What in the file says so, for messages.</param>
internal sealed record CifCandidate(CifSpaceGroup Group, string Name)
{
    /// <summary>Gets the origin choice, 1 or 2, or 0 where there is but one.</summary>
    public int Origin { get; init; }
}
