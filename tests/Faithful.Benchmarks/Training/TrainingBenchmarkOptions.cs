using System.Globalization;
using Faithful.Networks;

namespace Faithful.Benchmarks.Training;

/// <summary>What the benchmark of training is asked for.</summary>
internal sealed record TrainingBenchmarkOptions
{
    private const int DefaultStepsOnGpu = 100;
    private const int DefaultStepsOnProcessor = 20;

    private static readonly string[] Names = ["--data", "--task", "--device", "--models", "--presets", "--batch-size", "--steps"];

    /// <summary>Gets the labelled crystals; the sample of the project if not given.</summary>
    public string Data { get; init; } = BenchmarkData.Sample;

    /// <summary>Gets the task; null for the first one that the crystals have a label for.</summary>
    public string? Task { get; init; }

    /// <summary>Gets the device: <c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Gets the networks.</summary>
    public IReadOnlyList<string> Models { get; init; } = NetworkPresets.Models;

    /// <summary>Gets the presets.</summary>
    public IReadOnlyList<string> Presets { get; init; } = NetworkPresets.Presets;

    /// <summary>Gets the crystals in a batch, one measurement each, ascending; null for those of the device.</summary>
    public IReadOnlyList<int>? BatchSizes { get; init; }

    /// <summary>Gets the least number of timed steps; null for that of the device.</summary>
    public int? Steps { get; init; }

    /// <summary>Gets whether the parts of a step are timed too.</summary>
    public bool Phases { get; init; }

    /// <summary>Gets whether the result is to be JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">An option is unknown, lacks its value, or has a wrong one.</exception>
    public static TrainingBenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new TrainingBenchmarkOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (name is "--phases" or "--json")
            {
                options = name == "--phases" ? options with { Phases = true } : options with { Json = true };
                continue;
            }

            if (!Names.Contains(name))
            {
                throw new ArgumentException($"expected an option of {string.Join(", ", Names)}, --phases, --json; found '{name}'");
            }

            string value = ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--data" => options with { Data = value },
                "--task" => options with { Task = value },
                "--device" => options with { Device = Choices(name, value, ["auto", "cpu", "cuda"])[0] },
                "--models" => options with { Models = Choices(name, value, NetworkPresets.Models) },
                "--presets" => options with { Presets = Choices(name, value, NetworkPresets.Presets) },
                "--batch-size" => options with { BatchSizes = [.. value.Split(',').Select(part => Number(name, part, 65_536)).Order()] },
                _ => options with { Steps = Number(name, value, 1_000_000) },
            };
        }

        return options;
    }

    /// <summary>Gets the command line that gives these options for one network in one preset.</summary>
    /// <param name="model">The network.</param>
    /// <param name="preset">The preset.</param>
    /// <returns>The arguments.</returns>
    public IReadOnlyList<string> Arguments(string model, string preset) =>
    [
        "--data", Data, "--device", Device, "--models", model, "--presets", preset,
        .. Task is null ? (string[])[] : ["--task", Task],
        .. BatchSizes is null ? (string[])[] : ["--batch-size", string.Join(',', BatchSizes)],
        .. Steps is int steps ? (string[])["--steps", steps.ToString(CultureInfo.InvariantCulture)] : [],
        .. Phases ? (string[])["--phases"] : [],
    ];

    /// <summary>Gets the batch sizes to measure.</summary>
    /// <param name="isGpu">Whether the device is a GPU.</param>
    /// <returns>Crystals, ascending.</returns>
    public IReadOnlyList<int> BatchSizesOn(bool isGpu) => BatchSizes ?? (isGpu ? [256, 1024, 4096] : [128]);

    /// <summary>Gets the least number of timed steps.</summary>
    /// <param name="isGpu">Whether the device is a GPU.</param>
    /// <returns>Steps.</returns>
    public int StepsOn(bool isGpu) => Steps ?? (isGpu ? DefaultStepsOnGpu : DefaultStepsOnProcessor);

    private static string[] Choices(string name, string value, IReadOnlyList<string> choices)
    {
        string[] chosen = value.Split(',');
        return chosen.FirstOrDefault(part => !choices.Contains(part)) is string wrong
            ? throw new ArgumentException($"{name}: expected {string.Join(", ", choices)}; found '{wrong}'")
            : chosen;
    }

    private static int Number(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number
            : throw new ArgumentException($"{name}: expected a whole number in 1..{most}; found '{value}'");
}
