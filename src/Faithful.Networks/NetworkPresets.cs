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

    /// <summary>Finds the options of a network in a preset for a task.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="preset">The preset's name.</param>
    /// <param name="task">The task's name, for example <c>formation-energy</c>.</param>
    /// <returns>The options: those of the preset, in <c>best</c> fitted to the task.</returns>
    /// <exception cref="ArgumentException">There is no such network or preset; the message lists those there are.</exception>
    public static NetworkOptions Find(string model, string preset, string task)
    {
        NetworkOptions options = Find(model, preset);
        if (preset != "best")
        {
            return options;
        }

        // Chosen on validation parts. A regression's noise is what dropping adds; 25,000 crystals are learned by heart without it.
        double dropout = (options, Kind(task)) switch
        {
            (NnnOptions, TaskSize.Regression) => 0.1,
            (_, TaskSize.Regression) => 0,
            (NnnOptions, TaskSize.SmallClassification) => 0.5,
            (_, TaskSize.SmallClassification) => 0.3,
            _ => options.Dropout,
        };
        options = options with { Dropout = dropout };
        return options is CgnnOptions cgnn && Kind(task) == TaskSize.Regression ? cgnn with { Blocks = 4 } : options;
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

        (int epochs, int parts) = (model, Kind(task)) switch
        {
            ("nnn", TaskSize.SmallClassification) => (30, 1),
            ("nnn", TaskSize.Regression) => (40, 1),
            ("nnn", _) => (25, 1),
            ("cgnn", TaskSize.SmallClassification) => (15, 1),
            ("cgnn", TaskSize.Regression) => (130, 1),
            ("cgnn", _) => (20, 1),
            ("cann", TaskSize.SmallClassification) => (15, 1),
            ("cann", TaskSize.Regression) => (40, 3), // parts: attention pads each to its own largest crystal
            ("cann", _) => (12, 3),
            (_, TaskSize.SmallClassification) => (10, 1),
            (_, TaskSize.Regression) => (5, 2),
            _ => (3, 2),
        };
        return new TrainingOptions
        {
            Epochs = epochs,
            BatchSize = Kind(task) == TaskSize.SmallClassification ? 256 : 512,
            BatchParts = parts,
            LearningRate = model == "ccnn" ? 1e-3 : 2e-3, // convolutions diverge at the rate of the others
            WeightDecay = Kind(task) == TaskSize.Regression ? 0.01 : 0.05,
            WeightAverage = Kind(task) == TaskSize.Regression ? 0.999 : 0.998,
        };
    }

    private static TaskSize Kind(string task) => task switch
    {
        "formation-energy" or "band-gap" => TaskSize.Regression,
        "tqc" or "tqc-basic" => TaskSize.SmallClassification,
        _ => TaskSize.Classification,
    };

    /// <summary>What decides how a network is best trained.</summary>
    private enum TaskSize
    {
        Classification,
        SmallClassification,
        Regression,
    }
}
