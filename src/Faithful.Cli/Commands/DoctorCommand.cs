using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using Faithful.Cli.Output;
using Faithful.Crystals.Symmetry;
using Faithful.Serving;

namespace Faithful.Cli.Commands;

/// <summary>The command <c>doctor</c>: what the machine has, and what to install when something is missing.</summary>
internal static class DoctorCommand
{
    /// <summary>Builds the command.</summary>
    /// <returns>The command.</returns>
    public static Command Create()
    {
        var command = new ProgramCommand(
            "doctor",
            "Say which packages, libraries and devices are in use, and what is missing.",
            "faithful doctor",
            "faithful doctor --json");
        command.SetWork(Run);
        return command;
    }

    private static int Run(CommandContext context)
    {
        List<string> problems = [];
        string packages = Packages();
        TorchReport torch = TorchReport.Make();
        AddProblem(torch.Problem);
        OnnxRuntimeLibrary.TryGetVersion(out string? onnxRuntime, out string? onnxProblem);
        AddProblem(onnxProblem);
        SymmetryFinder.TryGetVersion(out string? spglib, out string? spglibProblem);
        AddProblem(spglibProblem);
        if (context.IsJson)
        {
            context.WriteJson(json => Write(json, packages, torch, onnxRuntime, spglib, problems));
        }
        else
        {
            context.Output.WriteLine($"packages      {packages}");
            context.Output.WriteLine($"libtorch      {torch.Version ?? "missing"}");
            context.Output.WriteLine($"ONNX Runtime  {onnxRuntime ?? "missing"}");
            context.Output.WriteLine($"spglib        {spglib ?? "missing"}");
            context.Output.WriteLine($"devices       {string.Join(", ", torch.Devices)}");
        }

        problems.ForEach(context.LogError);
        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Missing;

        void AddProblem(string? problem)
        {
            if (problem is not null)
            {
                problems.Add(FaultReport.OneLine(problem));
            }
        }
    }

    /// <summary>The build wrote down whether it took the published packages or the stand-ins.</summary>
    private static string Packages() => typeof(DoctorCommand).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(attribute => attribute.Key == "FaithfulPackages")?.Value ?? "unknown";

    private static void Write(
        Utf8JsonWriter json, string packages, TorchReport torch, string? onnxRuntime, string? spglib, List<string> problems)
    {
        json.WriteStartObject();
        json.WriteString("packages", packages);
        json.WriteString("libtorch", torch.Version);
        json.WriteString("onnxruntime", onnxRuntime);
        json.WriteString("spglib", spglib);
        WriteArray("devices", torch.Devices);
        WriteArray("problems", problems);
        json.WriteEndObject();

        void WriteArray(string name, IEnumerable<string> values)
        {
            json.WriteStartArray(name);
            foreach (string value in values)
            {
                json.WriteStringValue(value);
            }

            json.WriteEndArray();
        }
    }
}
