using Faithful.Networks;
using Faithful.Networks.Training;
using TorchSharp;

namespace Faithful.Pipelines;

/// <summary>Which network a trainer trains, and how.</summary>
public sealed record CrystalNetworkOptions
{
    /// <summary>Gets the name of the network: nnn, cgnn, cann or ccnn. The default is <c>cgnn</c>.</summary>
    public string Model { get; init; } = "cgnn";

    /// <summary>Gets the preset: best or paper. The default is <c>best</c>.</summary>
    public string Preset { get; init; } = "best";

    /// <summary>Gets the options of the network; null, the default, for those of the preset.</summary>
    public NetworkOptions? Network { get; init; }

    /// <summary>Gets the options of the training; null, the default, for those of the preset.</summary>
    public TrainingOptions? Training { get; init; }

    /// <summary>Gets where it is trained: auto, cpu or cuda. The default, <c>auto</c>, takes a GPU where there is one.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Lists what is wrong with these options.</summary>
    /// <returns>One sentence a fault; empty when they are valid.</returns>
    public IReadOnlyList<string> Validate() =>
    [
        .. Fault(NetworkPresets.Models.Contains(Model), $"Model must be one of {string.Join(", ", NetworkPresets.Models)}, found {Model ?? "null"}."),
        .. Fault(NetworkPresets.Presets.Contains(Preset), $"Preset must be one of {string.Join(", ", NetworkPresets.Presets)}, found {Preset ?? "null"}."),
        .. Fault(Device is "auto" or "cpu" or "cuda", $"Device must be auto, cpu or cuda, found {Device ?? "null"}."),
        .. Network?.Validate() ?? [],
        .. Training?.Validate() ?? [],
    ];

    /// <summary>Finds the device that <see cref="Device"/> asks for.</summary>
    internal static torch.Device FindDevice(string name)
    {
        bool hasCuda = name != "cpu" && torch.cuda.is_available();
        return name == "cuda" && !hasCuda
            ? throw new InvalidOperationException("Device is cuda, and libtorch finds no CUDA device on this machine.")
            : hasCuda ? torch.CUDA : torch.CPU;
    }

    private static string[] Fault(bool holds, string fault) => holds ? [] : [fault];
}
