namespace Microsoft.ML.AutoML;

/// <summary>Is told how an experiment goes on: each trial starts, then completes or fails; a completed one may be the best so far.</summary>
public interface IMonitor
{
    void ReportCompletedTrial(TrialResult result);

    void ReportBestTrial(TrialResult result);

    void ReportFailTrial(TrialSettings settings, Exception exception = null);

    void ReportRunningTrial(TrialSettings settings);
}
