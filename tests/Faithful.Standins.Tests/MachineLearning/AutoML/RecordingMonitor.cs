using Microsoft.ML.AutoML;

namespace Faithful.Standins.Tests.MachineLearning.AutoML;

/// <summary>Writes down what it is told, one word and the trial's number.</summary>
internal sealed class RecordingMonitor : IMonitor
{
    public List<string> Calls { get; } = [];

    public Action<TrialResult> Completed { get; set; } = _ => { };

    public void ReportRunningTrial(TrialSettings settings) => Calls.Add($"running {settings.TrialId}");

    public void ReportCompletedTrial(TrialResult result)
    {
        Calls.Add($"completed {result.TrialSettings.TrialId}");
        Completed(result);
    }

    public void ReportBestTrial(TrialResult result) => Calls.Add($"best {result.TrialSettings.TrialId}");

    public void ReportFailTrial(TrialSettings settings, Exception? exception = null) =>
        Calls.Add($"failed {settings.TrialId}: {exception!.Message}");
}
