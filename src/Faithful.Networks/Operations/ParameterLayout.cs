namespace Faithful.Networks.Operations;

/// <summary>
/// The parameters and constants of one network, in the order in which its constructor declared them. All parameters lie one
/// after the other in one flat buffer, so that an optimizer step is a handful of launches however many layers there are.
/// </summary>
public sealed class ParameterLayout
{
    private readonly List<ParameterReference> _parameters = [];
    private readonly List<ConstantReference> _constants = [];
    private readonly HashSet<string> _names = [];

    /// <summary>Gets the parameters, in the order of the flat buffer.</summary>
    public IReadOnlyList<ParameterReference> Parameters => _parameters;

    /// <summary>Gets the constants.</summary>
    public IReadOnlyList<ConstantReference> Constants => _constants;

    /// <summary>Gets the number of trained numbers.</summary>
    public long Count => _parameters.Sum(parameter => parameter.Count);

    /// <summary>Declares a parameter.</summary>
    /// <param name="name">A name that the network has not used yet.</param>
    /// <param name="initialization">How it starts.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The reference by which the forward pass names it.</returns>
    /// <exception cref="ArgumentException">The name is used already.</exception>
    public ParameterReference Add(string name, ParameterInitialization initialization, params long[] shape)
    {
        CheckName(name);
        var parameter = new ParameterReference(name, [.. shape], _parameters.Count, initialization);
        _parameters.Add(parameter);
        return parameter;
    }

    /// <summary>Declares a constant table.</summary>
    /// <param name="name">A name that the network has not used yet.</param>
    /// <param name="values">The values in row-major order.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>The reference by which the forward pass names it.</returns>
    /// <exception cref="ArgumentException">The name is used already, or the shape does not fit the values.</exception>
    public ConstantReference AddConstant(string name, float[] values, params long[] shape)
    {
        CheckName(name);
        if (shape.Aggregate(1L, (product, size) => product * size) != values.Length)
        {
            throw new ArgumentException($"constant {name}: shape ({string.Join(", ", shape)}) does not fit {values.Length} values");
        }

        var constant = new ConstantReference(name, [.. shape], [.. values]);
        _constants.Add(constant);
        return constant;
    }

    /// <summary>Draws the starting values of all parameters.</summary>
    /// <param name="seed">The seed; the same seed gives the same values on every machine.</param>
    /// <returns>The flat buffer.</returns>
    public float[] Initialize(int seed)
    {
        var random = new Random(seed);
        var flat = new float[Count];
        int offset = 0;
        foreach (ParameterReference parameter in _parameters)
        {
            Span<float> values = flat.AsSpan(offset, checked((int)parameter.Count));
            Fill(values, parameter, random);
            offset += values.Length;
        }

        return flat;
    }

    private static void Fill(Span<float> values, ParameterReference parameter, Random random)
    {
        switch (parameter.Initialization)
        {
            case ParameterInitialization.Ones:
                values.Fill(1);
                break;
            case ParameterInitialization.UniformFanIn:
                double bound = Math.Sqrt(3.0 * parameter.Shape[0] / parameter.Count);
                foreach (ref float value in values)
                {
                    value = (float)((2 * random.NextDouble() - 1) * bound);
                }

                break;
            case ParameterInitialization.Normal:
                foreach (ref float value in values)
                {
                    // Box and Muller 1958, DOI 10.1214/aoms/1177706645
                    double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                    value = (float)(radius * Math.Cos(2 * Math.PI * random.NextDouble()));
                }

                break;
            default:
                values.Clear();
                break;
        }
    }

    private void CheckName(string name)
    {
        if (!_names.Add(name))
        {
            throw new ArgumentException($"the network declares '{name}' twice");
        }
    }
}
