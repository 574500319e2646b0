using TorchSharp;

namespace Faithful.Cli.Output;

/// <summary>What TorchSharp finds on this machine. In a class of its own, so that only commands that ask load TorchSharp.</summary>
/// <param name="Version">The version of libtorch, or null when it is missing.</param>
/// <param name="Devices">The devices: <c>cpu</c>, then <c>cuda:0</c>, <c>cuda:1</c> and so on.</param>
/// <param name="Problem">What is missing and what to do, or null.</param>
internal sealed record TorchReport(string? Version, IReadOnlyList<string> Devices, string? Problem)
{
    /// <summary>Looks.</summary>
    /// <returns>The report; never throws.</returns>
    public static TorchReport Make()
    {
        TextWriter output = Console.Out;
        try
        {
            Console.SetOut(TextWriter.Null); // TorchSharp prints a page when it finds no libtorch; results must stay readable
            return Ask();
        }
        catch (Exception error)
        {
            (int code, string message) = FaultReport.Describe(error);
            return new TorchReport(null, ["cpu"], code == ExitCodes.Missing ? message : $"libtorch: {message}; run ./faithful setup");
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    private static TorchReport Ask()
    {
        using (torch.zeros(1))
        {
            // The first tensor loads the native library; the version alone may not.
        }

        int gpus = torch.cuda.is_available() ? torch.cuda.device_count() : 0;
        return new TorchReport(torch.__version__, ["cpu", .. Enumerable.Range(0, gpus).Select(index => $"cuda:{index}")], null);
    }
}
