using System.Globalization;
using Faithful.Networks;

namespace Faithful.Benchmarks.Predicting;

/// <summary>What the benchmark of prediction is asked for.</summary>
internal sealed record PredictionBenchmarkOptions
{
    private static readonly string[] Names = ["--data", "--models", "--batch-size", "--threads", "--crystals", "--seconds"];

    /// <summary>Gets the crystals; the sample of the project if not given.</summary>
    public string Data { get; init; } = BenchmarkData.Sample;

    /// <summary>Gets the networks that are compared.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["cgnn"];

    /// <summary>Gets the crystals in a batch, one measurement each.</summary>
    public IReadOnlyList<int> BatchSizes { get; init; } = [1, 8, 32, 128];

    /// <summary>Gets the threads that both libraries compute with.</summary>
    public int Threads { get; init; } = Math.Min(2, Environment.ProcessorCount);

    /// <summary>Gets how many different crystals are predicted.</summary>
    public int Crystals { get; init; } = 512;

    /// <summary>Gets the least time of one measurement.</summary>
    public int Seconds { get; init; } = 5;

    /// <summary>Gets whether the result is to be JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The arguments after the command's name.</param>
    /// <returns>The options.</returns>
    /// <exception cref="ArgumentException">An option is unknown, lacks its value, or has a wrong one.</exception>
    public static PredictionBenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new PredictionBenchmarkOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            if (name == "--json")
            {
                options = options with { Json = true };
                continue;
            }

            if (!Names.Contains(name))
            {
                throw new ArgumentException($"expected an option of {string.Join(", ", Names)}, --json; found '{name}'");
            }

            string value = ++i < arguments.Count ? arguments[i] : throw new ArgumentException($"{name} needs a value");
            options = name switch
            {
                "--data" => options with { Data = value },
                "--models" => options with { Models = Choices(name, value) },
                "--batch-size" => options with { BatchSizes = [.. value.Split(',').Select(part => Number(name, part, 65_536))] },
                "--threads" => options with { Threads = Number(name, value, 1024) },
                "--crystals" => options with { Crystals = Number(name, value, 1_000_000) },
                _ => options with { Seconds = Number(name, value, 3600) },
            };
        }

        return options;
    }

    private static string[] Choices(string name, string value)
    {
        string[] chosen = value.Split(',');
        return chosen.FirstOrDefault(part => !NetworkPresets.Models.Contains(part)) is string wrong
            ? throw new ArgumentException($"{name}: expected {string.Join(", ", NetworkPresets.Models)}; found '{wrong}'")
            : chosen;
    }

    private static int Number(string name, string value, int most) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= most
            ? number
            : throw new ArgumentException($"{name}: expected a whole number in 1..{most}; found '{value}'");
}
