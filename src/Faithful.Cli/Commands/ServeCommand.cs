using System.CommandLine;
using System.Globalization;
using System.Net;
using Faithful.Cli.Input;
using Faithful.Cli.Output;
using Faithful.Service;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>serve</c>: predictions over HTTP, and a page for people.</summary>
internal static class ServeCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var defaults = new ServiceOptions();
        Option<int> port = NumberOption.Create(
            "--port", "Port to listen at; 0 takes a free one", "port", defaults.Port, value => value is >= 0 and <= 65_535, "lie in 0..65535");
        Option<string> host = new("--host")
        {
            Description = "Address to listen at: localhost, an IP address of this machine, or 0.0.0.0 for all of them",
            HelpName = "address",
            DefaultValueFactory = _ => "localhost",
        };
        Option<double> body = NumberOption.Create(
            "--max-body", "Longest body of a request, in MiB", "MiB", defaults.MaxBodyBytes / 1048576.0, value => value is >= 0.001 and <= 1024, "lie in 0.001..1024");
        Option<double> timeout = NumberOption.Create(
            "--timeout", "Longest time for a request, in seconds", "s", defaults.Timeout.TotalSeconds, value => value is >= 0.1 and <= 3600, "lie in 0.1..3600");
        Option<int> batch = NumberOption.Create(
            "--max-batch", "Most crystals of one run of a model", "n", defaults.MaxBatch, value => value is >= 1 and <= 65_536, "lie in 1..65536");
        Option<int> queue = NumberOption.Create(
            "--queue", "Most crystals in the service at once; requests beyond get status 503", "n", defaults.QueueLength,
            value => value is >= 1 and <= 1_000_000, "lie in 1..1000000");
        Option<int> atoms = NumberOption.Create(
            "--max-atoms", "Most atoms of one cell", "n", defaults.MaxAtoms, value => value >= 1, "be at least 1");
        var command = new ProgramCommand(
            "serve",
            "Serve predictions over HTTP, with a page for people, until Ctrl-C.",
            "faithful serve",
            "faithful serve --model onnx/cgnn-tqc --model onnx/cgnn-formation-energy --port 8080",
            "curl -F file=@POSCAR http://localhost:5080/predict");
        command.Add(ModelSelection.ModelOption());
        command.Add(ModelSelection.TaskOption());
        command.Add(CommonOptions.Device());
        Array.ForEach<Option>([port, host, body, timeout, batch, queue, atoms], command.Add);
        command.SetWork(context => Run(context, new ServiceOptions
        {
            Address = Address(context.Arguments.GetValue(host)!),
            Port = context.Arguments.GetValue(port),
            MaxBodyBytes = (int)Math.Min(1 << 30, 1048576 * context.Arguments.GetValue(body)),
            Timeout = TimeSpan.FromSeconds(context.Arguments.GetValue(timeout)),
            MaxBatch = context.Arguments.GetValue(batch),
            QueueLength = context.Arguments.GetValue(queue),
            MaxAtoms = context.Arguments.GetValue(atoms),
        }));
        return command;
    }

    private static int Run(CommandContext context, ServiceOptions options)
    {
        // One thread a run: the service runs as many batches side by side as there are cores.
        IReadOnlyList<CrystalPredictor> predictors = ModelSelection.Open(context, input: null, intraOpThreads: 1);
        try
        {
            return ServeAsync(context, predictors, options).GetAwaiter().GetResult();
        }
        catch (ArgumentException error)
        {
            throw new UsageException(error.Message);
        }
        finally
        {
            foreach (CrystalPredictor predictor in predictors)
            {
                predictor.Dispose();
            }
        }
    }

    private static async Task<int> ServeAsync(CommandContext context, IReadOnlyList<CrystalPredictor> predictors, ServiceOptions options)
    {
        await using PredictionService service = await PredictionService.StartAsync(predictors, options, context.Log, context.Cancellation).ConfigureAwait(false);
        if (!IPAddress.IsLoopback(options.Address))
        {
            context.Log("warning: other machines can reach this service, and it asks nobody who they are");
        }

        string address = service.Address.GetLeftPart(UriPartial.Authority);
        context.Log(string.Create(
            CultureInfo.InvariantCulture, $"serving {predictors.Count} {(predictors.Count == 1 ? "model" : "models")} ({string.Join(", ", service.Models)}) at {address} until Ctrl-C"));
        if (context.IsJson)
        {
            context.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteString("address", address);
                json.WriteStartArray("models");
                foreach (string model in service.Models)
                {
                    json.WriteStringValue(model);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            });
        }

        var ended = new TaskCompletionSource();
        using (context.Cancellation.Register(ended.SetResult))
        {
            await ended.Task.ConfigureAwait(false);
        }

        context.Log("ending: finishing what runs");
        await service.StopAsync().ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static IPAddress Address(string host) => host == "localhost" ? IPAddress.Loopback
        : IPAddress.TryParse(host, out IPAddress? address) ? address
        : throw new UsageException($"--host: expected localhost or an IP address, found '{host}'");
}
