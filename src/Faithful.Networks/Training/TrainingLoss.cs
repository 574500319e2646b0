using Faithful.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>What training minimises, and the plain loss by which validation compares epochs.</summary>
public sealed class TrainingLoss : IDisposable
{
    private readonly TaskKind _kind;
    private readonly float _scale;
    private readonly TrainingOptions _options;
    private readonly Tensor? _classWeights;

    /// <summary>Initialises the loss.</summary>
    /// <param name="specification">What the network predicts.</param>
    /// <param name="options">The training options.</param>
    /// <param name="training">The training part: its classes decide the weights.</param>
    public TrainingLoss(NetworkSpecification specification, TrainingOptions options, ResidentDataset training)
    {
        ArgumentNullException.ThrowIfNull(specification);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(training);
        _kind = specification.Task.Kind;
        _scale = (float)specification.TargetScale;
        _options = options;
        if (_kind == TaskKind.Classification && options.ClassWeights != ClassWeighting.None)
        {
            var counts = new int[specification.Task.OutputWidth];
            foreach (double target in training.TargetValues)
            {
                counts[(int)target]++;
            }

            _classWeights = torch.tensor(ClassWeights(counts, options.ClassWeights), device: training.Device).DetachFromDisposeScope();
        }
    }

    /// <summary>Gets the weight of a crystal of each class.</summary>
    /// <param name="counts">The crystals of each class in the training part.</param>
    /// <param name="weighting">How they are weighted.</param>
    /// <returns>A weight for each class, 1 for one that does not occur; their mean over the crystals is 1.</returns>
    public static float[] ClassWeights(IReadOnlyList<int> counts, ClassWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(counts);
        double power = weighting switch { ClassWeighting.Balanced => 1, ClassWeighting.SquareRoot => 0.5, _ => 0 };
        double[] weights = [.. counts.Select(count => count == 0 ? 0 : Math.Pow(count, -power))];
        double mean = weights.Zip(counts, (weight, count) => weight * count).Sum() / counts.Sum();
        return [.. weights.Select(weight => weight == 0 ? 1 : (float)(weight / mean))];
    }

    /// <summary>Gets the loss that training minimises.</summary>
    /// <param name="output">Logits, shape (crystals, classes), or values in the task's unit, shape (crystals).</param>
    /// <param name="targets">Classes or values, shape (crystals), or probabilities of the classes, shape (crystals, classes).</param>
    /// <param name="crystals">The crystals of the whole batch, of which these may be a part.</param>
    /// <returns>The sum over the crystals divided by <paramref name="crystals"/>, shape (): parts of a batch add up.</returns>
    public Tensor OfTraining(Tensor output, Tensor targets, int crystals)
    {
        ArgumentNullException.ThrowIfNull(output);
        Tensor sum = _kind == TaskKind.Classification
            ? nn.functional.cross_entropy(output, targets, _classWeights, reduction: nn.Reduction.Sum, label_smoothing: _options.LabelSmoothing)
            : _options.RegressionLoss == RegressionLoss.Huber
                ? nn.functional.huber_loss(output / _scale, targets / _scale, 1, nn.Reduction.Sum)
                : nn.functional.l1_loss(output, targets, nn.Reduction.Sum);
        return sum / (_kind == TaskKind.Regression && _options.RegressionLoss == RegressionLoss.L1 ? crystals * _scale : crystals);
    }

    /// <summary>Gets the plain loss: cross entropy in nat, or the loss of the regression; no weights, no smoothing.</summary>
    /// <param name="output">Logits, shape (crystals, classes), or values in the task's unit, shape (crystals).</param>
    /// <param name="targets">Classes or values, shape (crystals).</param>
    /// <returns>The sum over the crystals, shape ().</returns>
    public Tensor OfValidation(Tensor output, Tensor targets) => _kind == TaskKind.Classification
        ? nn.functional.cross_entropy(output, targets, reduction: nn.Reduction.Sum)
        : OfTraining(output, targets, 1);

    /// <inheritdoc/>
    public void Dispose() => _classWeights?.Dispose();
}
