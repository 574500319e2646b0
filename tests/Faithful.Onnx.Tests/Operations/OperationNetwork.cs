using Faithful.Models;
using Faithful.Networks;
using Faithful.Networks.Operations;
using TorchSharp;

namespace Faithful.Onnx.Tests.Operations;

/// <summary>A network of one operation; its result is laid out as the values of a regression.</summary>
public sealed class OperationNetwork : Network
{
    private readonly OperationCase _operation;

    public OperationNetwork(OperationCase operation)
        : base(new CgnnOptions(), new NetworkSpecification { Task = new ModelTask { Name = "operation", Kind = TaskKind.Regression, Unit = "1", UsesSymmetry = true } })
    {
        _operation = operation;
        Weight = Layout.Add("weight", ParameterInitialization.Normal, 5, 6);
        Bias = Layout.Add("bias", ParameterInitialization.Normal, 5);
        Scale = Layout.Add("scale", ParameterInitialization.Normal, 6);
        Shift = Layout.Add("shift", ParameterInitialization.Normal, 6);
        Kernel1 = Layout.Add("kernel1", ParameterInitialization.Normal, 6, 4, 1, 1, 1);
        Kernel2 = Layout.Add("kernel2", ParameterInitialization.Normal, 6, 4, 2, 2, 2);
        Kernel3 = Layout.Add("kernel3", ParameterInitialization.Normal, 6, 4, 3, 3, 3);
        Kernel5 = Layout.Add("kernel5", ParameterInitialization.Normal, 2, 4, 5, 5, 5);
        Square = Layout.AddConstant("square", [.. Enumerable.Range(0, 20).Select(i => 0.1f * (i - 9))], 5, 4);
    }

    public ParameterReference Weight { get; }

    public ParameterReference Bias { get; }

    public ParameterReference Scale { get; }

    public ParameterReference Shift { get; }

    public ParameterReference Kernel1 { get; }

    public ParameterReference Kernel2 { get; }

    public ParameterReference Kernel3 { get; }

    public ParameterReference Kernel5 { get; }

    public ConstantReference Square { get; }

    public override string Name => "operation";

    public override IReadOnlyList<ModelInput> Inputs => _operation.Inputs;

    public float[] Eager(NetworkState state, OperationInputs inputs, EagerMode? mode = null)
    {
        using IDisposable noGradient = torch.no_grad();
        using DisposeScope scope = torch.NewDisposeScope();
        torch.Tensor output = ((EagerTensor)Forward(new EagerOperations(state, inputs.ToTorch(), mode))).Tensor;
        return output.data<float>().ToArray();
    }

    protected override TensorValue Compute(TensorOperations operations) => operations.Reshape(_operation.Apply(this, operations), -1, 1);
}
