using Faithful.Networks.Training;

namespace Faithful.Benchmarks.Training;

/// <summary>Listens to the trainer, takes the times of its epochs after a warm-up, and ends the run when there are enough.</summary>
/// <param name="crystals">The crystals of an epoch.</param>
/// <param name="stepsAnEpoch">The steps of an epoch.</param>
/// <param name="steps">The least number of timed steps.</param>
/// <param name="seconds">The least timed seconds.</param>
/// <param name="stop">Ends the run.</param>
internal sealed class EpochClock(int crystals, int stepsAnEpoch, int steps, double seconds, CancellationTokenSource stop) : IProgress<TrainingProgress>
{
    private readonly List<double> _rates = [];
    private readonly List<double> _wholeRates = [];
    private readonly List<(DateTime Start, DateTime End)> _stretches = [];
    private DateTime _begin;
    private int _epochs;

    /// <summary>Gets when the timed epochs trained, local time; what the trainer does between epochs is left out.</summary>
    public IReadOnlyList<(DateTime Start, DateTime End)> Stretches => _stretches;

    /// <summary>Gets the timed steps.</summary>
    public long Steps => (long)_rates.Count * stepsAnEpoch;

    /// <summary>Gets the crystals trained a second: the median of the timed epochs.</summary>
    public double StructuresPerSecond => Median(_rates);

    /// <summary>Gets the same from epoch to epoch: with planning, a short validation and the checkpoint.</summary>
    public double WholeStructuresPerSecond => Median(_wholeRates);

    /// <summary>Gets the mean time of a step at that speed, ms.</summary>
    public double StepMilliseconds => 1000.0 * crystals / StructuresPerSecond / stepsAnEpoch;

    /// <summary>Gets whether the device's memory did not hold a batch: the trainer goes on in parts, and their times say nothing about the batch.</summary>
    public bool HasRunOutOfMemory { get; private set; }

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (value.Halvings > 0)
        {
            HasRunOutOfMemory = true;
            stop.Cancel();
            return;
        }

        if (value.Finished is not EpochMeasurement epoch)
        {
            return;
        }

        // The first epochs warm up: kernels are loaded and chosen, memory is taken, and the code is compiled.
        if (_epochs * (long)stepsAnEpoch >= Math.Max(1, steps / 2))
        {
            _rates.Add(epoch.StructuresPerSecond);
            _wholeRates.Add(crystals / (DateTime.Now - _begin).TotalSeconds);
            _stretches.Add((_begin, _begin.AddSeconds(crystals / epoch.StructuresPerSecond)));
            if (Steps >= steps && _stretches.Sum(stretch => (stretch.End - stretch.Start).TotalSeconds) >= seconds)
            {
                stop.Cancel();
            }
        }

        _epochs++;
        _begin = DateTime.Now;
    }

    private static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);
}
