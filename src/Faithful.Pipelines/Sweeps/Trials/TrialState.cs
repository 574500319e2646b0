namespace Faithful.Pipelines;

/// <summary>How far a trial of a sweep is.</summary>
public enum TrialState
{
    /// <summary>Begun. A sweep that was interrupted goes on with it.</summary>
    Running,

    /// <summary>Trained to its end.</summary>
    Complete,

    /// <summary>Ended early, because others were better at the same stage.</summary>
    Stopped,

    /// <summary>Could not be trained with these options; the note says why.</summary>
    Failed,
}
