namespace TorchSharp;

/// <summary>The stack of dispose scopes of one thread.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScopeManager? ofThread;

    public static ThreadDisposeScopeStatistics Statistics => OfThread.Counts;

    internal static DisposeScopeManager OfThread => ofThread ??= new DisposeScopeManager();

    internal ThreadDisposeScopeStatistics Counts { get; } = new();

    internal DisposeScope? Current { get; private set; }

    internal DisposeScope Begin() => Current = new DisposeScope(this);

    internal DisposeScope? Register(torch.Tensor tensor)
    {
        if (Current is null)
        {
            Counts.TensorStatistics.CreatedOutsideScopeCount++;
        }
        else
        {
            Counts.TensorStatistics.CreatedInScopeCount++;
            Current.Add(tensor);
        }

        return Current;
    }

    internal void CountDisposed(bool inScope)
    {
        if (inScope)
        {
            Counts.TensorStatistics.DisposedInScopeCount++;
        }
        else
        {
            Counts.TensorStatistics.DisposedOutsideScopeCount++;
        }
    }

    // Scopes usually end in the reverse order of their begin; one that ends early is unlinked from the middle.
    internal void Remove(DisposeScope ended)
    {
        if (ReferenceEquals(Current, ended))
        {
            Current = ended.Outer;
            return;
        }

        for (DisposeScope? scope = Current; scope is not null; scope = scope.Outer)
        {
            if (ReferenceEquals(scope.Outer, ended))
            {
                scope.Outer = ended.Outer;
                return;
            }
        }
    }
}
