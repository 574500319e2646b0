using Faithful.Models;

namespace Faithful.Service.Batching;

/// <summary>One crystal that waits for one model.</summary>
internal sealed class PredictionJob
{
    private readonly TaskCompletionSource<Prediction> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Initialises the job.</summary>
    /// <param name="crystal">The crystal, prepared for the model.</param>
    /// <param name="cancellation">Takes the job out of the queue.</param>
    public PredictionJob(ServedCrystal crystal, CancellationToken cancellation)
    {
        Crystal = crystal;
        _registration = cancellation.UnsafeRegister(
            static (state, token) => ((TaskCompletionSource<Prediction>)state!).TrySetCanceled(token), _completion);
    }

    /// <summary>Gets the crystal.</summary>
    public ServedCrystal Crystal { get; }

    /// <summary>Gets the prediction, or what went wrong.</summary>
    public Task<Prediction> Prediction => _completion.Task;

    /// <summary>Answers the job; does nothing when it was cancelled.</summary>
    /// <param name="prediction">The prediction.</param>
    public void Answer(Prediction prediction)
    {
        _registration.Unregister();
        _completion.TrySetResult(prediction);
    }

    /// <summary>Ends the job without a prediction.</summary>
    /// <param name="error">Why.</param>
    public void Fail(Exception error)
    {
        _registration.Unregister();
        _completion.TrySetException(error);
        _ = _completion.Task.Exception; // whoever asked may have gone
    }
}
