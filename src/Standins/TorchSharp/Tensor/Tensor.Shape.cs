using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor alias() => new(Bridge.Check(Bridge.faithful_share(Handle)));

        public Tensor reshape(params long[] shape) => Operators.Call("reshape", this, shape);

        public Tensor view(params long[] shape) => Operators.Call("view", this, shape);

        public Tensor view_as(Tensor other) => Operators.Call("view_as", this, other);

        public Tensor flatten(long start_dim = 0, long end_dim = -1) => Operators.Call("flatten.using_ints", this, start_dim, end_dim);

        public Tensor unflatten(long dim, params long[] sizes) => Operators.Call("unflatten.int", this, dim, sizes);

        public Tensor ravel() => Operators.Call("ravel", this);

        public Tensor squeeze(
            long? dim = null) =>
            dim is long along ? Operators.Call("squeeze.dim", this, along) : Operators.Call("squeeze", this);

        public Tensor squeeze_(long? dim = null) => dim is long along ? InPlace("squeeze_.dim", along) : InPlace("squeeze_");

        public Tensor unsqueeze(long dim) => Operators.Call("unsqueeze", this, dim);

        public Tensor unsqueeze_(long dim) => InPlace("unsqueeze_", dim);

        public Tensor t() => Operators.Call("t", this);

        public Tensor T => Operators.Call("numpy_T", this);

        public Tensor mT => Operators.Call("mT", this);

        public Tensor transpose(long dim0, long dim1) => Operators.Call("transpose.int", this, dim0, dim1);

        public Tensor transpose_(long dim0, long dim1) => InPlace("transpose_", dim0, dim1);

        public Tensor swapaxes(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor swapdims(long dim0, long dim1) => transpose(dim0, dim1);

        public Tensor permute(params long[] permutation) => Operators.Call("permute", this, permutation);

        public Tensor permute(IEnumerable<long> permutation) => permute(permutation.ToArray());

        public Tensor movedim(long[] source, long[] destination) => Operators.Call("movedim.intlist", this, source, destination);

        public Tensor moveaxis(long[] source, long[] destination) => movedim(source, destination);

        public Tensor expand(
            ReadOnlySpan<long> sizes, bool isImplicit = false) =>
            Operators.Call("expand", this, sizes.ToArray(), isImplicit);

        public Tensor expand(long[] sizes, bool isImplicit = false) => Operators.Call("expand", this, sizes, isImplicit);

        public Tensor expand(params long[] sizes) => Operators.Call("expand", this, sizes);

        public Tensor expand_as(Tensor other) => Operators.Call("expand_as", this, other);

        public Tensor broadcast_to(params long[] shape) => Operators.Call("broadcast_to", this, shape);

        public Tensor repeat(params long[] sizes) => Operators.Call("repeat", this, sizes);

        public Tensor tile(long[] reps) => Operators.Call("tile", this, reps);

        public Tensor repeat_interleave(Tensor repeats, long? dim = null, long? output_size = null) =>
            Operators.Call("repeat_interleave.self_Tensor", this, repeats, dim, output_size);

        public Tensor repeat_interleave(long repeats, long? dim = null, long? output_size = null) =>
            Operators.Call("repeat_interleave.self_int", this, repeats, dim, output_size);

        public Tensor contiguous() => Operators.Call("contiguous", this);

        public Tensor narrow(long dim, long start, long length) => Operators.Call("narrow", this, dim, start, length);

        public Tensor slice(
            long dim, long start, long finish, long step) =>
            Operators.Call("slice.Tensor", this, dim, start, finish, step);

        public Tensor select(long dim, long index) => Operators.Call("select.int", this, dim, index);

        public Tensor as_strided(
            long[] size, long[] strides, long storageOffset = 0L) =>
            Operators.Call("as_strided", this, size, strides, storageOffset);

        public Tensor unfold(long dimension, long size, long step) => Operators.Call("unfold", this, dimension, size, step);

        public Tensor flip(params long[] dims) => Operators.Call("flip", this, dims);

        public Tensor fliplr() => Operators.Call("fliplr", this);

        public Tensor flipud() => Operators.Call("flipud", this);

        public Tensor roll(
            long shifts, long? dims = null) =>
            Operators.Call("roll", this, new[] { shifts }, dims is long along ? [along] : Array.Empty<long>());

        public Tensor roll(long[] shifts, long[] dims) => Operators.Call("roll", this, shifts, dims);

        public Tensor roll(ReadOnlySpan<long> shifts, ReadOnlySpan<long> dims = default) => roll(shifts.ToArray(), dims.ToArray());

        public Tensor diff(
            long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) =>
            Operators.Call("diff", this, n, dim, prepend, append);

        public Tensor[] chunk(long chunks, long dim = 0L) => Operators.CallMany("chunk", this, chunks, dim);

        public Tensor[] split(long size, int dim = 0) => Operators.CallMany("split.Tensor", this, size, dim);

        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split(sizes.ToArray(), dim);

        public Tensor[] split(long[] sizes, long dim = 0) => Operators.CallMany("split_with_sizes", this, sizes, dim);

        public Tensor[] split(params long[] sizes) => Operators.CallMany("split_with_sizes", this, sizes, 0);

        public Tensor[] tensor_split(long size, long dim = 0L) => Operators.CallMany("tensor_split.sections", this, size, dim);

        public Tensor[] tensor_split(long[] sizes, long dim = 0L) => Operators.CallMany("tensor_split.indices", this, sizes, dim);

        public Tensor[] unbind(long dimension = 0L) => Operators.CallMany("unbind.int", this, dimension);

        public Tensor index_select(long dim, Tensor index) => Operators.Call("index_select", this, dim, index);

        public Tensor take(Tensor index) => Operators.Call("take", this, index);

        public Tensor take_along_dim(Tensor indices, long dim) => Operators.Call("take_along_dim", this, indices, dim);

        public Tensor gather(long dim, Tensor index) => Operators.Call("gather", this, dim, index);

        public Tensor scatter(long dim, Tensor index, Tensor src) => Operators.Call("scatter.src", this, dim, index, src);

        public Tensor scatter_(long dim, Tensor index, Tensor src) => InPlace("scatter_.src", dim, index, src);

        public Tensor scatter_add(long dim, Tensor index, Tensor src) => Operators.Call("scatter_add", this, dim, index, src);

        public Tensor scatter_add_(long dim, Tensor index, Tensor src) => InPlace("scatter_add_", dim, index, src);

        public Tensor index_add(
            long dim, Tensor index, Tensor source, Scalar alpha) =>
            Operators.Call("index_add", this, dim, index, source, alpha);

        public Tensor index_add_(
            long dim, Tensor index, Tensor source, Scalar alpha) =>
            InPlace("index_add_", dim, index, source, alpha);

        public Tensor index_copy(long dim, Tensor index, Tensor source) => Operators.Call("index_copy", this, dim, index, source);

        public Tensor index_copy_(long dim, Tensor index, Tensor source) => InPlace("index_copy_", dim, index, source);

        public Tensor index_fill(
            long dim, Tensor index, Scalar value) =>
            Operators.Call("index_fill.int_Scalar", this, dim, index, value);

        public Tensor index_fill_(long dim, Tensor index, Scalar value) => InPlace("index_fill_.int_Scalar", dim, index, value);
    }
}
