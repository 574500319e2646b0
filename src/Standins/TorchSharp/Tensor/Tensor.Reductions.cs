using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor sum(ScalarType? type = null) => Operators.Call("sum", this, type);

        public Tensor sum(
            long[] dim, bool keepdim = false, ScalarType? type = null) =>
            Operators.Call("sum.dim_IntList", this, dim, keepdim, type);

        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => sum(dim.ToArray(), keepdim, type);

        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum([dim], keepdim, type);

        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        public Tensor sum(
            long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) =>
            sum([dim0, dim1, dim2], keepdim, type);

        public Tensor mean() => Operators.Call("mean", this);

        public Tensor mean(
            long[] dimensions, bool keepdim = false, ScalarType? type = null) =>
            Operators.Call("mean.dim", this, dimensions, keepdim, type);

        public Tensor prod(ScalarType? type = null) => Operators.Call("prod", this, type);

        public Tensor prod(
            long dim, bool keepdim = false, ScalarType? type = null) =>
            Operators.Call("prod.dim_int", this, dim, keepdim, type);

        public Tensor max() => Operators.Call("max", this);

        public Tensor max(Tensor other) => Operators.Call("max.other", this, other);

        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => Operators.CallPair("max.dim", this, dim, keepdim);

        public Tensor min() => Operators.Call("min", this);

        public Tensor min(Tensor other) => Operators.Call("min.other", this, other);

        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => Operators.CallPair("min.dim", this, dim, keepdim);

        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null) => amax((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amax(params long[] dims) => amax((ReadOnlySpan<long>)dims);

        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Operators.Call("amax", this, dims.ToArray(), keepdim) : throw NotHonoured("out");

        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null) => amin((ReadOnlySpan<long>)dims, keepdim, @out);

        public Tensor amin(params long[] dims) => amin((ReadOnlySpan<long>)dims);

        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) =>
            @out is null ? Operators.Call("amin", this, dims.ToArray(), keepdim) : throw NotHonoured("out");

        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => Operators.CallPair("aminmax", this, dim, keepdim);

        public Tensor argmax() => Operators.Call("argmax", this);

        public Tensor argmax(long dim, bool keepdim = false) => Operators.Call("argmax", this, dim, keepdim);

        public Tensor argmin() => Operators.Call("argmin", this);

        public Tensor argmin(long dim, bool keepdim = false) => Operators.Call("argmin", this, dim, keepdim);

        public Tensor all() => Operators.Call("all", this);

        public Tensor all(long dim, bool keepdim = false) => Operators.Call("all.dim", this, dim, keepdim);

        public Tensor any() => Operators.Call("any", this);

        public Tensor any(long dim, bool keepdim = false) => Operators.Call("any.dim", this, dim, keepdim);

        public Tensor count_nonzero(long[]? dims = null) =>
            dims is null ? Operators.Call("count_nonzero", this) : Operators.Call("count_nonzero.dim_IntList", this, dims);

        public Tensor median() => Operators.Call("median", this);

        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false) => Operators.Call("quantile", this, q, dim, keepdim);

        public Tensor logsumexp(long dim, bool keepdim = false) => Operators.Call("logsumexp", this, new[] { dim }, keepdim);

        public Tensor logcumsumexp(long dim) => Operators.Call("logcumsumexp", this, dim);

        public Tensor cumsum(long dim, ScalarType? type = null) => Operators.Call("cumsum", this, dim, type);

        public Tensor cumprod(long dim, ScalarType? type = null) => Operators.Call("cumprod", this, dim, type);

        public (Tensor values, Tensor indexes) cummax(long dim) => Operators.CallPair("cummax", this, dim);

        public (Tensor values, Tensor indexes) cummin(long dim) => Operators.CallPair("cummin", this, dim);

        public Tensor std(bool unbiased = true) => Operators.Call("std", this, unbiased);

        public Tensor std(
            long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            std([dim], unbiased, keepdim, type);

        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            type is null ? Operators.Call("std.dim", this, dimensions, unbiased, keepdim) : throw NotHonoured("type");

        public Tensor var(bool unbiased = true) => Operators.Call("var", this, unbiased);

        public Tensor var(
            long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            var([dim], unbiased, keepdim, type);

        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null) =>
            type is null ? Operators.Call("var.dim", this, dimensions, unbiased, keepdim) : throw NotHonoured("type");

        public Tensor norm(float p = 2.0f) => Operators.Call("norm.Scalar", this, (Scalar)p);

        public Tensor norm(
            int dim, bool keepdim = false, float p = 2.0f) =>
            Operators.Call("norm.ScalarOpt_dim", this, (Scalar)p, new long[] { dim }, keepdim);

        public Tensor dist(Tensor other, float p = 2.0f) => Operators.Call("dist", this, other, (Scalar)p);

        internal static NotSupportedException NotHonoured(string option) => new($"This stand-in of TorchSharp does not honour the option {option}.");
    }
}
