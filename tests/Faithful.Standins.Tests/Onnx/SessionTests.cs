using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Faithful.Standins.Tests.Onnx;

/// <summary>ONNX Runtime runs a model made by hand, says what it holds, and refuses what is none.</summary>
public sealed class SessionTests
{
    [Fact]
    public void A_model_runs()
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(ModelBytes.ScaleAndShift(2.5f), options);
        var input = new DenseTensor<float>(new float[] { 1, 2, 3, 4, 5, 6 }, [3, 2]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor("x", input)]);
        Tensor<float> output = Assert.Single(results).AsTensor<float>();
        Assert.Equal([3, 2], output.Dimensions.ToArray());
        Assert.Equal([3.5f, 6, 8.5f, 11, 13.5f, 16], output.ToArray());
    }

    [Fact]
    public void A_model_runs_on_memory_of_the_caller()
    {
        using var session = new InferenceSession(ModelBytes.ScaleAndShift(-1));
        float[] data = [1, 2];
        using OrtValue input = OrtValue.CreateTensorValueFromMemory(data, [1, 2]);
        using var run = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(run, ["x"], [input], ["y"]);
        Assert.Equal([0f, -1f], results[0].GetTensorDataAsSpan<float>().ToArray());
        Assert.Equal([1L, 2L], results[0].GetTensorTypeAndShape().Shape);
    }

    [Fact]
    public void A_model_describes_itself()
    {
        using var session = new InferenceSession(ModelBytes.ScaleAndShift(1));
        Assert.Equal(["x"], session.InputNames);
        Assert.Equal(["y"], session.OutputNames);
        Assert.Equal([-1, 2], session.InputMetadata["x"].Dimensions);
        Assert.Equal(["rows", string.Empty], session.InputMetadata["x"].SymbolicDimensions);
        Assert.Equal(typeof(float), session.InputMetadata["x"].ElementType);
        Assert.Equal("test", session.ModelMetadata.CustomMetadataMap["faithful.task"]);
        Assert.Equal("tests", session.ModelMetadata.ProducerName);
    }

    [Fact]
    public void What_is_no_model_is_refused()
    {
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession("this is no model"u8.ToArray()));
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(ModelBytes.ScaleAndShift(1)[..40]));
        Assert.Throws<OnnxRuntimeException>(() => new InferenceSession(Path.Combine(Path.GetTempPath(), "there-is-no-such-model.onnx")));
    }

    [Fact]
    public void A_wrong_input_is_refused()
    {
        using var session = new InferenceSession(ModelBytes.ScaleAndShift(1));
        var wide = new DenseTensor<float>(new float[] { 1, 2, 3 }, [1, 3]);
        Assert.Throws<OnnxRuntimeException>(() => session.Run([NamedOnnxValue.CreateFromTensor("x", wide)]));
        var whole = new DenseTensor<long>(new long[] { 1, 2 }, [1, 2]);
        Assert.Throws<OnnxRuntimeException>(() => session.Run([NamedOnnxValue.CreateFromTensor("x", whole)]));
        var right = new DenseTensor<float>(new float[] { 1, 2 }, [1, 2]);
        Assert.ThrowsAny<Exception>(() => session.Run([NamedOnnxValue.CreateFromTensor("z", right)]));
    }

    [Fact]
    public void The_CPU_is_always_there()
    {
        Assert.Contains("CPUExecutionProvider", OrtEnv.Instance().GetAvailableProviders());
        Assert.NotEmpty(OrtEnv.Instance().GetVersionString());
    }
}
