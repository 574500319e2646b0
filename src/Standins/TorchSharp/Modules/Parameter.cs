namespace TorchSharp.Modules;

/// <summary>A tensor that a module learns. It takes the native tensor over from <c>data</c>, which is disposed thereby.</summary>
public class Parameter : torch.Tensor
{
    public Parameter(torch.Tensor data, bool requires_grad = true)
        : base(data.with_requires_grad(requires_grad).GiveTo(out DisposeScope? scope), false)
    {
        scope?.Adopt(this);
    }
}
