using TorchSharp;
using static TorchSharp.torch;

namespace Faithful.Standins.Tests.Torch;

/// <summary>A scope frees what was made in it, unless that moved out.</summary>
public sealed class DisposeScopeTests
{
    [Fact]
    public void The_end_of_a_scope_disposes_its_tensors()
    {
        Tensor inside;
        Tensor outside;
        using (DisposeScope scope = NewDisposeScope())
        {
            inside = ones(3) + 1;
            outside = (inside * 2).DetachFromDisposeScope();
            Assert.True(scope.Contains(inside));
            Assert.False(scope.Contains(outside));
            Assert.True(scope.DisposablesCount >= 2);
        }

        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
    }

    [Fact]
    public void A_tensor_moves_out_one_scope_at_a_time()
    {
        using DisposeScope outer = NewDisposeScope();
        Tensor moved;
        Tensor second;
        using (DisposeScope inner = NewDisposeScope())
        {
            moved = ones(3).MoveToOuterDisposeScope();
            second = inner.MoveToOuter(ones(2));
        }

        Assert.False(moved.IsInvalid);
        Assert.True(outer.Contains(moved));
        outer.Detach(second);
        outer.DisposeEverythingBut(moved);
        Assert.False(moved.IsInvalid);
        Assert.False(second.IsInvalid);
        second.Dispose();
        outer.Attach(ones(1).DetachFromDisposeScope());
        Assert.True(outer.DisposablesCount >= 2);
    }

    [Fact]
    public void As_many_are_disposed_as_were_made()
    {
        ThreadDisposeScopeStatistics counts = DisposeScopeManager.Statistics;
        counts.Reset();
        using (NewDisposeScope())
        {
            Tensor x = ones(4, requires_grad: true);
            for (int i = 0; i < 10; i++)
            {
                using DisposeScope inner = NewDisposeScope();
                (x * i).sin().sum().backward();
                using Tensor? grad = x.grad;
                Assert.True(grad is not null);
            }
        }

        Assert.True(counts.CreatedInScopeCount >= 30);
        Assert.Equal(0, counts.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_parameter_takes_the_tensor_over()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor data = ones(3);
        var parameter = new TorchSharp.Modules.Parameter(data);
        Assert.True(parameter.requires_grad);
        Assert.True(scope.Contains(parameter));
        Assert.False(scope.Contains(data));
    }

    [Fact]
    public void Tensors_that_nobody_disposes_are_collected()
    {
        Make();
        long before = Tensor.TotalCount;
        for (int i = 0; i < 20 && Tensor.TotalCount > before - 500; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(Tensor.TotalCount <= before - 500, $"{Tensor.TotalCount} of {before} tensors are still there");

        static void Make()
        {
            for (int i = 0; i < 1000; i++)
            {
                _ = ones(10);
            }
        }
    }
}
