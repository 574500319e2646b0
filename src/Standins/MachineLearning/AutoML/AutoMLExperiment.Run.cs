using Microsoft.ML.SearchSpace;

namespace Microsoft.ML.AutoML;

public partial class AutoMLExperiment
{
    /// <summary>
    /// Runs trials until a budget is spent or <paramref name="ct"/> is cancelled, and returns the best of them. The trial under
    /// way is then asked to stop and waited for; when it completes all the same, it counts. A trial that fails is left behind,
    /// unless none has succeeded before it: then its exception ends the experiment.
    /// </summary>
    /// <exception cref="TimeoutException">No trial completed with a finite loss.</exception>
    public async Task<TrialResult> RunAsync(CancellationToken ct = default)
    {
        this.settings.CancellationToken = ct;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (trainingTimeInSeconds is { } seconds)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        IServiceProvider services = this.services.Build();
        var monitor = (IMonitor)services.GetService(typeof(IMonitor));
        // A runner that cannot be made shows here, before there is a trial to blame.
        services.GetService(typeof(ITrialRunner));
        var tuner = (ITuner)services.GetService(typeof(ITuner));

        int explored = 0;
        // A trial that is cancelled for its memory ends the experiment, as it does in the package.
        CancellationToken lastTrial = stop.Token;
        bool Stopped() => stop.IsCancellationRequested || lastTrial.IsCancellationRequested || explored >= maxModels;

        for (int trial = 0; !Stopped(); trial++)
        {
            // The published experiment fails with this exception too, without saying why.
            _ = tuner ?? throw new NullReferenceException("The experiment has no tuner: set one, for instance by SetCostFrugalTuner().");
            var settings = new TrialSettings
            {
                TrialId = trial,
                Parameter = Parameter.CreateNestedParameter(),
                StartedAtUtc = DateTime.UtcNow,
            };
            settings.Parameter = tuner.Propose(settings);
            monitor?.ReportRunningTrial(settings);

            using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
            lastTrial = cancellation.Token;
            try
            {
                using var usage = new ResourceUsage(this.settings.MaximumMemoryUsageInMegaByte, cancellation);
                using var runner = (ITrialRunner)services.GetService(typeof(ITrialRunner))
                    ?? throw new InvalidOperationException("The experiment has no trial runner: set one by SetTrialRunner.");
                TrialResult result = await runner.RunAsync(settings, cancellation.Token).ConfigureAwait(false);
                (result.PeakCpu, result.PeakMemoryInMegaByte) = usage.Stop();
                result.TrialSettings.EndedAtUtc = DateTime.UtcNow;
                monitor?.ReportCompletedTrial(result);
                tuner.Update(result);
                explored++;
                if (result.Loss < bestLoss)
                {
                    (best, bestLoss) = (result, result.Loss);
                    monitor?.ReportBestTrial(result);
                }
            }
            catch (Exception exception) when (!Stopped())
            {
                settings.EndedAtUtc = DateTime.UtcNow;
                monitor?.ReportFailTrial(settings, exception);
                tuner.Update(new TrialResult { TrialSettings = settings, Loss = double.MaxValue });
                explored++;
                if (best is null && exception is not (OperationCanceledException or OutOfMemoryException))
                {
                    throw;
                }
            }
            catch (Exception) when (Stopped())
            {
                break;
            }
        }

        return best ?? throw new TimeoutException("The experiment ended before a trial had completed with a loss that is a finite number.");
    }
}
