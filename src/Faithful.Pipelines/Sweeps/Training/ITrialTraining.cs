namespace Faithful.Pipelines;

/// <summary>Trains one kind of model in a trial.</summary>
internal interface ITrialTraining
{
    /// <summary>Prepares the crystals, where no trial before it has.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellation">Stops the work.</param>
    void Load(SweptModel model, CancellationToken cancellation);

    /// <summary>Trains.</summary>
    /// <param name="model">The model.</param>
    /// <param name="folder">The run folder, which may hold the beginning of this trial.</param>
    /// <param name="track">Follows the validation curve, and says when to end.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The trial as it ended: complete or stopped.</returns>
    /// <exception cref="OperationCanceledException">The work was stopped; what is in the folder can be gone on with.</exception>
    SweepTrial Train(SweptModel model, string folder, TrialTrack track, CancellationToken cancellation);
}
