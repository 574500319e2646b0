using Faithful.Networks.Training;

namespace Faithful.Networks;

/// <summary>The networks by name and preset.</summary>
public static class NetworkPresets
{
    private static readonly string[] Regressions = ["formation-energy", "band-gap"];
    private static readonly string[] SmallData = ["tqc", "tqc-basic"];

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

    /// <summary>Finds the options of a network in a preset for a task.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">The task's name, for example <c>formation-energy</c>.</param>
    /// <returns>The options: those of the preset, in <c>best</c> fitted to the task.</returns>
    /// <exception cref="ArgumentException">There is no such network or preset; the message lists those there are.</exception>
    public static NetworkOptions Find(string model, string preset, string task)
    {
        NetworkOptions options = Find(model, preset);
        if (preset != "best" || !Regressions.Contains(task))
        {
            return options;
        }

        // An energy is a sum over atoms: dropping hidden values adds noise to it, and it needs more rounds of messages.
        return options switch
        {
            CgnnOptions cgnn => cgnn with { Dropout = 0, Blocks = 4 },
            _ => options with { Dropout = 0 },
        };
    }

    /// <summary>Finds how a network is trained in a preset.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">The task's name, for example <c>tqc</c>.</param>
    /// <returns>The options of the training.</returns>
    /// <exception cref="ArgumentException">There is no such network or preset; the message lists those there are.</exception>
    public static TrainingOptions Training(string model, string preset, string task)
    {
        _ = Find(model, preset);
        if (preset == "paper")
        {
            return new TrainingOptions { Epochs = 40, BatchSize = 256, LearningRate = 3e-4, WeightDecay = 0, WarmupFraction = 0 };
        }

        var options = new TrainingOptions
        {
            Epochs = 30,
            BatchSize = 512,
            LearningRate = model == "ccnn" ? 1e-3 : 2e-3, // convolutions diverge at the rate of the others
            WeightDecay = 0.05,
            WeightAverage = 0.998,
        };
        return task switch
        {
            _ when SmallData.Contains(task) => options with { Epochs = 15, BatchSize = 256 },
            _ when Regressions.Contains(task) => options with { Epochs = 100, WeightDecay = 0.01, WeightAverage = 0.999 },
            _ => options,
        };
    }
}
