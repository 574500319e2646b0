using Microsoft.ML.AutoML;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>A trial whose loss is a function of its settings.</summary>
internal sealed class FunctionRunner(Func<TrialSettings, CancellationToken, Task<double>> loss) : ITrialRunner
{
    public FunctionRunner(Func<TrialSettings, double> loss)
        : this((settings, _) => Task.FromResult(loss(settings)))
    {
    }

    public List<TrialSettings> Trials { get; } = [];

    public int Disposed { get; private set; }

    public async Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct)
    {
        Trials.Add(settings);
        double value = await loss(settings, ct);
        return new TrialResult { TrialSettings = settings, Loss = value, Metric = -value, DurationInMilliseconds = 1 };
    }

    public void Dispose() => Disposed++;
}
