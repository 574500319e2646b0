namespace Faithful.Datasets.Samples;

/// <summary>Options of <see cref="SampleGenerator"/>.</summary>
public sealed record SampleOptions
{
    /// <summary>The most crystals of one prototype: beyond it the supply of distinct compositions would run dry.</summary>
    public const int MaximumPerPrototype = 50;

    /// <summary>Gets the number of crystals, 1 to 50 times the number of prototypes. The default value is 2000.</summary>
    public int Count { get; init; } = 2000;

    /// <summary>Gets the seed. The default value is 0, the seed of the sample in the folder datasets.</summary>
    public int Seed { get; init; }

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside its range.</exception>
    public void Validate()
    {
        var most = MaximumPerPrototype * StructurePrototypes.All.Length;
        if (Count < 1 || Count > most)
        {
            throw new ArgumentOutOfRangeException(nameof(Count), Count, $"The number of crystals must lie between 1 and {most}.");
        }
    }
}
