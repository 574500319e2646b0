using Faithful.Models;
using Faithful.Models.Metrics;
using Faithful.Networks.Operations;
using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Networks.Training;

/// <summary>Measures a network on the part that chooses the epoch. Crystals that the network cannot take count with their fallback.</summary>
internal sealed class Validation : IDisposable
{
    private readonly Network _network;
    private readonly ResidentDataset _data;
    private readonly TrainingLoss _loss;
    private readonly EagerMode _mode;
    private readonly BatchParts _parts;
    private readonly BatchPlan _plan;
    private readonly ResidentOrder _order;
    private readonly double[] _truth; // in the order of the plan, fallbacks last

    public Validation(Network network, ResidentDataset data, TrainingOptions options, TrainingLoss loss, BatchParts parts)
    {
        _network = network;
        _data = data;
        _loss = loss;
        _mode = new EagerMode { Precision = options.Precision };
        _parts = parts;
        _plan = BatchPlan.BySize(data, options);
        _order = data.Arrange(_plan.Order, network.Inputs);
        _truth = [.. _plan.Order.Select(crystal => data.TargetValues[crystal]), .. data.Fallbacks?.Targets ?? []];
    }

    /// <summary>Measures the network with some weights.</summary>
    /// <returns>The mean loss of the crystals that the network takes; accuracy or mean absolute error, and macro F1 (NaN for a regression), of all.</returns>
    /// <exception cref="NonFiniteLossException">The loss of a batch is infinite or NaN.</exception>
    public (double Loss, double Metric, double MacroF1) Measure(NetworkState weights, int epoch)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        Tensor losses = torch.zeros(_plan.Batches.Count, device: _data.Device); // sums
        Tensor answers = torch.zeros(_data.Count, device: _data.Device); // classes or values; no class number is too large for float32
        for (int batch = 0; batch < _plan.Batches.Count; batch++)
        {
            using DisposeScope batchScope = torch.NewDisposeScope();
            Tensor sum = losses.narrow(0, batch, 1);
            _parts.Run(
                _plan.Batches[batch],
                part =>
                {
                    using DisposeScope partScope = torch.NewDisposeScope();
                    ResidentBatch inputs = _order.Batch(part);
                    Tensor output = Trainer.Forward(_network, weights, inputs.Inputs, _mode with { LargestCrystal = inputs.LargestCrystal });
                    sum.add_(_loss.OfValidation(output, inputs.Targets));
                    answers.narrow(0, part.Start, part.Count).copy_(
                        _network.Specification.Task.Kind == TaskKind.Classification ? output.argmax(1) : output);
                },
                undo: () => sum.zero_());
        }

        float[] sums = losses.cpu().data<float>().ToArray();
        CheckFinite(sums, epoch);
        double loss = sums.Sum(sum => (double)sum) / _data.Count;
        IEnumerable<double> fallbacks = Enumerable.Repeat(_data.Fallbacks?.Answer ?? 0, _truth.Length - _data.Count);
        double[] predicted = [.. answers.cpu().data<float>().ToArray().Select(answer => (double)answer), .. fallbacks];
        if (_network.Specification.Task.Kind == TaskKind.Regression)
        {
            return (loss, new RegressionMetrics(_truth, predicted).MeanAbsoluteError, double.NaN);
        }

        var metrics = new ClassificationMetrics(
            Array.ConvertAll(_truth, target => (int)target), Array.ConvertAll(predicted, answer => (int)answer), _network.Specification.Task.OutputWidth);
        return (loss, metrics.Accuracy, metrics.MacroF1);
    }

    /// <summary>Learns how far the network can be trusted; crystals that it cannot take do not count.</summary>
    /// <param name="weights">The weights that are kept.</param>
    /// <returns>The calibration; null where there are too few crystals for one.</returns>
    public ModelCalibration? Calibrate(NetworkState weights)
    {
        ModelTask task = _network.Specification.Task;
        var outputs = new double[_data.Count][];
        using IDisposable noGradient = torch.no_grad();
        foreach (BatchRange batch in _plan.Batches)
        {
            _parts.Run(
                batch,
                part =>
                {
                    using DisposeScope partScope = torch.NewDisposeScope();
                    ResidentBatch inputs = _order.Batch(part);
                    Tensor output = Trainer.Forward(_network, weights, inputs.Inputs, _mode with { LargestCrystal = inputs.LargestCrystal }).to(ScalarType.Float64);
                    double[] numbers = (task.Kind == TaskKind.Classification ? output.softmax(1) : output).cpu().data<double>().ToArray();
                    for (int crystal = 0; crystal < part.Count; crystal++)
                    {
                        outputs[part.Start + crystal] = numbers[(crystal * task.OutputWidth)..((crystal + 1) * task.OutputWidth)];
                    }
                },
                undo: () => { });
        }

        return CalibrationFitting.TryOf(task, outputs, _truth[.._data.Count], "validation");
    }

    public void Dispose() => _order.Dispose();

    private void CheckFinite(float[] sums, int epoch)
    {
        int bad = Array.FindIndex(sums, sum => !float.IsFinite(sum));
        if (bad >= 0)
        {
            BatchRange range = _plan.Batches[bad];
            throw new NonFiniteLossException(
                epoch, 0, sums[bad], double.NaN, [.. Enumerable.Range(range.Start, range.Count).Select(place => _data.IdOf(_plan.Order[place]))]);
        }
    }
}
