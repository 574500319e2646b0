using Faithful.Cli.Output;
using TorchSharp;

namespace Faithful.Cli.Composition;

/// <summary>Chooses the device to train on.</summary>
internal static class TrainingDevice
{
    /// <summary>Finds the device that a user asks for.</summary>
    /// <param name="name"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <returns>The device; with <c>auto</c> a GPU when libtorch can use one.</returns>
    /// <exception cref="UsageException">CUDA is asked for and libtorch has no device for it.</exception>
    public static torch.Device Find(string name)
    {
        bool hasCuda = name != "cpu" && torch.cuda.is_available();
        if (name == "cuda" && !hasCuda)
        {
            throw new UsageException("--device cuda: libtorch finds no CUDA device on this machine; see 'faithful doctor'");
        }

        return hasCuda ? torch.CUDA : torch.CPU;
    }
}
