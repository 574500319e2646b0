using System.Collections.Immutable;

namespace Faithful.Crystals.Descriptors;

/// <summary>A property that elements have a number for. Immutable.</summary>
public sealed class ElementProperty
{
    private readonly ImmutableArray<double> values;

    internal ElementProperty(string name, string unit, string description, string source, ImmutableArray<double> values)
    {
        Name = name;
        Unit = unit;
        Description = description;
        Source = source;
        this.values = values;
    }

    /// <summary>Gets the name, for example <c>electronegativity</c>.</summary>
    public string Name { get; }

    /// <summary>Gets the unit, <c>1</c> for a pure number.</summary>
    public string Unit { get; }

    /// <summary>Gets what the property is, one sentence without a full stop.</summary>
    public string Description { get; }

    /// <summary>Gets where the values come from.</summary>
    public string Source { get; }

    /// <summary>Gets the value of an element.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The value, or NaN where the source has none.</returns>
    public double this[Element element]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(element);
            return values[element.AtomicNumber - 1];
        }
    }

    /// <summary>Gets the name of the property.</summary>
    /// <returns>For example <c>electronegativity</c>.</returns>
    public override string ToString() => Name;
}
