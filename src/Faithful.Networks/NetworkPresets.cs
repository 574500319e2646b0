using Faithful.Models;
using Faithful.Networks.Training;

namespace Faithful.Networks;

/// <summary>The networks by name and preset.</summary>
public static class NetworkPresets
{
    /// <summary>Gets the names of the networks.</summary>
    public static IReadOnlyList<string> Models { get; } = ["nnn", "cgnn", "cann", "ccnn"];

    /// <summary>Gets the names of the presets: the paper's code, faults included, and the best that is known.</summary>
    public static IReadOnlyList<string> Presets { get; } = ["best", "paper"];

    /// <summary>Finds the options of a network in a preset.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">There is no such network or preset; the message lists those there are.</exception>
    public static NetworkOptions Find(string model, string preset) => (model, preset) switch
    {
        ("nnn", "best") => new NnnOptions(),
        ("nnn", "paper") => NnnOptions.Paper,
        ("cgnn", "best") => new CgnnOptions(),
        ("cgnn", "paper") => CgnnOptions.Paper,
        ("cann", "best") => new CannOptions(),
        ("cann", "paper") => CannOptions.Paper,
        ("ccnn", "best") => new CcnnOptions(),
        ("ccnn", "paper") => CcnnOptions.Paper,
        _ when !Models.Contains(model) =>
            throw new ArgumentException($"expected a model of {string.Join(", ", Models)}; found '{model}'"),
        _ => throw new ArgumentException($"expected a preset of {string.Join(", ", Presets)}; found '{preset}'"),
    };

    /// <summary>Finds how a network is trained in a preset.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">What it is to predict.</param>
    /// <returns>The options of the training.</returns>
    /// <exception cref="ArgumentException">There is no such network or preset; the message lists those there are.</exception>
    public static TrainingOptions Training(string model, string preset, ModelTask task)
    {
        ArgumentNullException.ThrowIfNull(task);
        _ = Find(model, preset);
        return new TrainingOptions();
    }
}
