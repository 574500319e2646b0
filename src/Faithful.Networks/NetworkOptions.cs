using System.Text.Json.Serialization;
using Faithful.Models;
using Faithful.Networks.Embeddings;

namespace Faithful.Networks;

/// <summary>The options of a network; each network has its own record.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "network")]
[JsonDerivedType(typeof(CgnnOptions), "cgnn")]
[JsonDerivedType(typeof(NnnOptions), "nnn")]
[JsonDerivedType(typeof(CannOptions), "cann")]
[JsonDerivedType(typeof(CcnnOptions), "ccnn")]
public abstract record NetworkOptions
{
    /// <summary>Gets what an element is to the network. The default is <see cref="ElementEncoding.Properties"/>.</summary>
    public ElementEncoding Elements { get; init; } = ElementEncoding.Properties;

    /// <summary>Gets what the global vector is made of. The default is <see cref="GlobalEncoding.Invariant"/>.</summary>
    public GlobalEncoding Global { get; init; } = GlobalEncoding.Invariant;

    /// <summary>Gets whether space group and site symmetry are read. The default is where the task allows it.</summary>
    public SymmetryUse Symmetry { get; init; }

    /// <summary>Gets the share of hidden values that training drops. Range 0..0.9; the default is 0.2.</summary>
    public double Dropout { get; init; } = 0.2;

    /// <summary>Builds the network.</summary>
    /// <param name="specification">What it is to predict.</param>
    /// <returns>A network with these options.</returns>
    /// <exception cref="ArgumentException">An option is out of range, or the task must not be given the symmetry.</exception>
    public abstract Network Build(NetworkSpecification specification);

    /// <summary>Gets how crystals are prepared for the network.</summary>
    /// <param name="taskUsesSymmetry">Whether the task may be given the symmetry.</param>
    /// <returns>The preparation.</returns>
    /// <exception cref="ArgumentException">The options ask for the symmetry and the task must not be given it.</exception>
    public abstract PreparationOptions Preparation(bool taskUsesSymmetry);

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public virtual IReadOnlyList<string> Validate() => Dropout is >= 0 and <= 0.9
        ? []
        : [FormattableString.Invariant($"Dropout must lie in 0..0.9, found {Dropout}.")];

    /// <summary>Tells whether a network for a task reads space group and site symmetry.</summary>
    /// <param name="taskUsesSymmetry">Whether the task may be given the symmetry.</param>
    /// <returns>Whether it does.</returns>
    /// <exception cref="ArgumentException">The options ask for the symmetry and the task must not be given it.</exception>
    public bool ReadsSymmetry(bool taskUsesSymmetry) => (Symmetry, taskUsesSymmetry) switch
    {
        (SymmetryUse.Required, false) => throw new ArgumentException(
            "symmetry: a task that is to find the symmetry must not be given it; expected 'allowed' or 'none', found 'required'"),
        (SymmetryUse.None, _) => false,
        _ => taskUsesSymmetry,
    };

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
