using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests;

/// <summary>Runs this assembly as a program in another process: it loads a pipeline and scores the rows of a text file.</summary>
internal static class OtherProcess
{
    /// <summary>Scores in another process.</summary>
    public static string[] Score(string pipeline, string table)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(OtherProcess).Assembly.Location, pipeline, table])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Scores in this process.</summary>
    public static string[] Lines(MLContext context, ITransformer transformer, string table)
    {
        IDataView data = context.Data.LoadFromTextFile<TableRow>(table, hasHeader: true);
        return [.. context.Predictions(transformer.Transform(data)).Select(Line)];
    }

    private static int Main(string[] arguments)
    {
        var context = new MLContext();
        ITransformer transformer = context.Model.LoadCrystals(arguments[0], out _);
        using (transformer as IDisposable)
        {
            foreach (string line in Lines(context, transformer, arguments[1]))
            {
                Console.Out.Write($"{line}\n");
            }
        }

        return 0;
    }

    private static string Line(CrystalPrediction prediction) => string.Create(
        CultureInfo.InvariantCulture,
        $"{prediction.Id}|{prediction.Class}|{prediction.Value:R}|{prediction.Confidence:R}|{string.Join(' ', prediction.Probabilities)}|{prediction.Note}");
}
