using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Faithful.Onnx.Tests.Samples;

/// <summary>README, other runtimes: C# with ONNX Runtime and nothing of this project.</summary>
internal static class OnnxRuntimeSample
{
    /// <summary>Predicts from the file that <c>./faithful arrays POSCAR --model cann-tqc --out arrays.json</c> wrote.</summary>
    public static double[] Probabilities(string folder, string file)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        using var session = new InferenceSession($"{folder}/model.onnx");
        NamedOnnxValue[] feeds = [.. json.RootElement.GetProperty("arrays").EnumerateObject().Select(input =>
        {
            int[] shape = [.. input.Value.GetProperty("shape").EnumerateArray().Select(size => size.GetInt32())];
            JsonElement[] values = [.. input.Value.GetProperty("values").EnumerateArray()];
            return input.Value.GetProperty("type").GetString() == "int64"
                ? NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<long>(Array.ConvertAll(values, value => value.GetInt64()), shape))
                : NamedOnnxValue.CreateFromTensor(input.Name, new DenseTensor<float>(Array.ConvertAll(values, value => value.GetSingle()), shape));
        })];
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run(feeds, ["probabilities"]);
        using var card = JsonDocument.Parse(File.ReadAllText($"{folder}/card.json"));
        double temperature = card.RootElement.GetProperty("calibration").GetProperty("value").GetDouble(); // as ./faithful predict applies it
        double[] powers = [.. outputs[0].AsEnumerable<float>().Select(probability => Math.Pow(probability, 1 / temperature))];
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
