namespace Microsoft.ML.AutoML;

/// <summary>Carries out a trial. It is disposed after each one, also where the same runner is asked again for the next.</summary>
public interface ITrialRunner : IDisposable
{
    Task<TrialResult> RunAsync(TrialSettings settings, CancellationToken ct);
}
