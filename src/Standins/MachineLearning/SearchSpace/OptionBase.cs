#nullable enable // in the package too: users are warned that there may be no default

namespace Microsoft.ML.SearchSpace.Option;

/// <summary>
/// One thing to choose, seen as coordinates between 0 and 1: its feature space, in which all tuners search. Like the published
/// option this one does not check that coordinates or values lie inside.
/// </summary>
public abstract class OptionBase
{
    public abstract double[] MappingToFeatureSpace(Parameter value);

    public abstract Parameter SampleFromFeatureSpace(double[] values);

    /// <summary>The number of coordinates.</summary>
    public abstract int FeatureSpaceDim { get; }

    /// <summary>The coordinates of the default.</summary>
    public virtual double[]? Default { get; protected set; }

    /// <summary>The number of values along a coordinate, null where they are continuous.</summary>
    public abstract int?[] Step { get; }
}
