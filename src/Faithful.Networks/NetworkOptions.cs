using System.Text.Json.Serialization;

namespace Faithful.Networks;

/// <summary>The options of a network; each network has its own record.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(CgnnOptions), "cgnn")]
[JsonDerivedType(typeof(CcnnOptions), "ccnn")]
public abstract record NetworkOptions
{
    /// <summary>Gets the radius of the neighbour graph in Å; 0 for a network without edges.</summary>
    [JsonIgnore]
    public abstract double GraphCutoff { get; }

    /// <summary>Builds the network.</summary>
    /// <param name="specification">What it is to predict.</param>
    /// <returns>A network with these options.</returns>
    /// <exception cref="ArgumentException">An option is out of range; the message lists all faults.</exception>
    public abstract Network Build(NetworkSpecification specification);

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public abstract IReadOnlyList<string> Validate();

    /// <summary>Throws when an option is out of range.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message lists all faults.</exception>
    protected void ThrowIfInvalid()
    {
        if (Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(" ", faults));
        }
    }
}
