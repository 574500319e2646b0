using Faithful.Models;
using Faithful.Networks.Operations;

namespace Faithful.Networks;

/// <summary>
/// A network: its parameters, the inputs that it declares, and one forward pass over the tensor operations. Training, export
/// and checks all go through this class; a new network needs nothing else.
/// </summary>
public abstract class Network
{
    private readonly ConstantReference? _targetScale;
    private readonly ConstantReference? _targetMean;

    /// <summary>Initialises the parts that all networks share.</summary>
    /// <param name="options">The network's options.</param>
    /// <param name="specification">What the network is to predict, and in which scale.</param>
    protected Network(NetworkOptions options, NetworkSpecification specification)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(specification);
        Options = options;
        Specification = specification;
        if (specification.Task.Kind == TaskKind.Regression)
        {
            _targetScale = Layout.AddConstant("target.scale", [(float)specification.TargetScale], 1);
            _targetMean = Layout.AddConstant("target.mean", [(float)specification.TargetMean], 1);
        }
    }

    /// <summary>Gets the network's name, for example <c>cgnn</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Gets the inputs that the forward pass reads.</summary>
    public abstract IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>Gets the network's options.</summary>
    public NetworkOptions Options { get; }

    /// <summary>Gets how crystals are to be prepared for the network.</summary>
    public PreparationOptions Preparation => Options.Preparation(Specification.Task.UsesSymmetry);

    /// <summary>Gets what the network predicts.</summary>
    public NetworkSpecification Specification { get; }

    /// <summary>Gets the parameters and constants.</summary>
    public ParameterLayout Layout { get; } = new();

    /// <summary>Runs the network.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Logits, shape (crystals, classes), or values in the task's unit, shape (crystals, 1).</returns>
    public TensorValue Forward(TensorOperations operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        TensorValue output = Compute(operations);
        return _targetScale is null
            ? output
            : output * operations.Constant(_targetScale) + operations.Constant(_targetMean!);
    }

    /// <summary>Runs the network up to its last layer.</summary>
    /// <param name="operations">The interpreter.</param>
    /// <returns>Shape (crystals, outputs): logits, or values in units of the target's deviation from its mean.</returns>
    protected abstract TensorValue Compute(TensorOperations operations);
}
