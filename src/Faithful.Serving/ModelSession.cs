using Faithful.Models;
using Microsoft.ML.OnnxRuntime;

namespace Faithful.Serving;

/// <summary>An opened and checked ONNX file. Thread-safe but for <see cref="Dispose"/>.</summary>
internal sealed class ModelSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _path;
    private readonly ModelTask _task;
    private readonly ModelInput[] _inputs;
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;

    private ModelSession(InferenceSession session, string path, ModelCard card, string device, string? deviceNote)
    {
        _session = session;
        _path = path;
        _task = card.Task;
        _inputs = [.. card.GraphInputs];
        _inputNames = [.. card.Inputs];
        _outputNames = ModelContract.Outputs(card.Task);
        Device = device;
        DeviceNote = deviceNote;
    }

    /// <summary>Gets where the model computes: <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; }

    /// <summary>Gets why the processor stands in for a CUDA device that was wanted or seen; null when nothing fell back.</summary>
    public string? DeviceNote { get; }

    /// <summary>Gets the session of ONNX Runtime.</summary>
    internal InferenceSession Native => _session;

    /// <summary>Gets the path of the ONNX file, for errors.</summary>
    internal string Path => _path;

    /// <summary>Opens and checks the ONNX file of a folder.</summary>
    /// <param name="folder">The model folder.</param>
    /// <param name="card">Its card.</param>
    /// <param name="options">Valid options.</param>
    /// <returns>The session.</returns>
    /// <exception cref="ModelFolderException">The file is not the model that the card describes.</exception>
    public static ModelSession Open(string folder, ModelCard card, ServingOptions options)
    {
        string path = System.IO.Path.Combine(folder, ModelCard.ModelFileName);
        byte[] model = ModelFile.Read(folder, card);
        _ = OnnxRuntimeLibrary.Environment;
        InferenceSession? session = null;
        string? note = null;
        if (options.Device != ServingDevice.Cpu)
        {
            session = TryOpenOnCuda(model, options, ref note);
        }

        string device = session is null ? "cpu" : "cuda";
        session ??= OpenOnProcessor(path, model, options);
        try
        {
            ModelContract.Check(path, session, card);
            return new ModelSession(session, path, card, device, note);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Computes the outputs of one batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="cancellation">Stops the computation between two operations of the graph.</param>
    /// <returns>The outputs.</returns>
    /// <exception cref="ModelFolderException">The graph fails, or gives outputs of another shape.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public ModelOutput Run(CrystalBatch batch, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var runOptions = new RunOptions();
        using CancellationTokenRegistration registration = cancellation.Register(() => runOptions.Terminate = true);
        List<OrtValue> inputs = new(_inputs.Length);
        try
        {
            foreach (ModelInput input in _inputs)
            {
                inputs.Add(Wrap(batch.Values(input), batch.Shape(input)));
            }

            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(runOptions, _inputNames, inputs, _outputNames);
            return Collect(outputs, batch.Crystals);
        }
        catch (OnnxRuntimeException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new ModelFolderException(
                _path, $"a graph that computes {batch.Crystals} crystals of {batch.Atoms} atoms", Reason(error));
        }
        finally
        {
            inputs.ForEach(input => input.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static InferenceSession? TryOpenOnCuda(byte[] model, ServingOptions options, ref string? note)
    {
        if (!OnnxRuntimeLibrary.CanTryCuda(out string? problem))
        {
            // Whoever left the choice open needs no note about a machine without a GPU.
            note = options.Device == ServingDevice.Cuda ? $"CUDA is not used: {problem}" : null;
            return null;
        }

        try
        {
            using SessionOptions sessionOptions = Common(options);
            using var cuda = new OrtCUDAProviderOptions();
            // The provider's own default is TF32, and predictions would differ from the processor's.
            cuda.UpdateOptions(new Dictionary<string, string> { ["device_id"] = "0", ["use_tf32"] = options.AllowsTensorFloat32 ? "1" : "0" });
            sessionOptions.AppendExecutionProvider_CUDA(cuda);
            return new InferenceSession(model, sessionOptions);
        }
        catch (OnnxRuntimeException error)
        {
            note = $"CUDA is not used: {Reason(error)}";
            return null;
        }
    }

    private static InferenceSession OpenOnProcessor(string path, byte[] model, ServingOptions options)
    {
        try
        {
            using SessionOptions sessionOptions = Common(options);
            sessionOptions.AddSessionConfigEntry("session.use_env_allocators", "1"); // the arena of OnnxRuntimeLibrary
            return new InferenceSession(model, sessionOptions);
        }
        catch (OnnxRuntimeException error)
        {
            throw new ModelFolderException(path, "a model that ONNX Runtime can open", Reason(error));
        }
    }

    private static SessionOptions Common(ServingOptions options) => new()
    {
        IntraOpNumThreads = Math.Max(1, options.IntraOpThreads),
        LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
    };

    private static OrtValue Wrap(Array values, long[] shape) => values switch
    {
        long[] integers => OrtValue.CreateTensorValueFromMemory(Pinnable(integers), shape),
        _ => OrtValue.CreateTensorValueFromMemory(Pinnable((float[])values), shape),
    };

    /// <summary>An empty array has no address to give; a shape of size 0 over one element has.</summary>
    private static T[] Pinnable<T>(T[] values) => values.Length == 0 ? new T[1] : values;

    private ModelOutput Collect(IReadOnlyList<OrtValue> outputs, int crystals)
    {
        int width = _task.OutputWidth;
        float[][] values = [.. outputs.Select((output, index) => Read(output, _outputNames[index], crystals * width))];
        bool isClassification = _task.Kind == TaskKind.Classification;
        return new ModelOutput
        {
            Crystals = crystals,
            Logits = isClassification ? values[0] : [],
            Probabilities = isClassification ? values[1] : [],
            Values = isClassification ? [] : values[0],
        };
    }

    private float[] Read(OrtValue output, string name, int expected)
    {
        float[] values = output.GetTensorDataAsSpan<float>().ToArray();
        return values.Length == expected
            ? values
            : throw new ModelFolderException(_path, $"{expected} numbers in the output '{name}'", $"{values.Length}");
    }

    /// <summary>The first line of the native message, without its error code.</summary>
    internal static string Reason(OnnxRuntimeException error)
    {
        string line = error.Message.AsSpan().Trim().ToString().Split('\n')[0].Trim();
        int code = line.StartsWith("[ErrorCode:", StringComparison.Ordinal) ? line.IndexOf(']', StringComparison.Ordinal) + 1 : 0;
        int cuda = line.IndexOf("CUDA failure", StringComparison.Ordinal); // after the names of a file and a function
        line = line[Math.Max(code, cuda)..].Trim();
        return line.Length > 160 ? line[..160] + "…" : line;
    }
}
