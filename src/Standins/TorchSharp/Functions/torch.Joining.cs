using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public static Tensor cat(IList<Tensor> tensors, long dim = 0) => Operators.Call("cat", tensors.ToArray(), dim);

    public static Tensor cat(Tensor[] tensors, long dim = 0) => Operators.Call("cat", tensors, dim);

    public static Tensor cat(ReadOnlySpan<Tensor> tensors, long dim = 0) => Operators.Call("cat", tensors.ToArray(), dim);

    public static Tensor concat(IList<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(Tensor[] tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor concat(ReadOnlySpan<Tensor> tensors, long dim = 0) => cat(tensors, dim);

    public static Tensor stack(IEnumerable<Tensor> tensors, long dim = 0) => Operators.Call("stack", tensors.ToArray(), dim);

    public static Tensor hstack(params Tensor[] tensors) => Operators.Call("hstack", tensors);

    public static Tensor hstack(IList<Tensor> tensors) => hstack(tensors.ToArray());

    public static Tensor vstack(Tensor[] tensors) => Operators.Call("vstack", tensors);

    public static Tensor vstack(IList<Tensor> tensors) => vstack(tensors.ToArray());

    public static Tensor[] split(
        Tensor tensor, long[] split_size_or_sections, long dim = 0) =>
        tensor.split(split_size_or_sections, dim);

    public static Tensor[] meshgrid(
        IEnumerable<Tensor> tensors, string indexing = "ij") =>
        Operators.CallMany("meshgrid.indexing", tensors.ToArray(), indexing);

    public static IList<Tensor> broadcast_tensors(params Tensor[] tensors) => Operators.CallMany("broadcast_tensors", tensors);

    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    public static Tensor[] where(Tensor condition) => Operators.CallMany("where", condition);

    public static Tensor einsum(string equation, params Tensor[] tensors) => Operators.Call("einsum", equation, tensors);

    public static Tensor searchsorted(
        Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null) =>
        Operators.Call("searchsorted.Tensor", sorted_sequence, values, out_int32, right, Argument.Default, sorter);

    public static Tensor gather(
        Tensor input, long dim, Tensor index, bool sparse_grad = false) =>
        Operators.Call("gather", input, dim, index, sparse_grad);

    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => input.softmax(dim, dtype);

    public static Tensor sum(
        Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) =>
        input.sum(dim, keepdim, type);

    public static ScalarType result_type(
        Tensor tensor1, Tensor tensor2) =>
        (ScalarType)Operators.CallScalar("result_type.Tensor", tensor1, tensor2).AsInteger();

    public static bool can_cast(ScalarType from, ScalarType to) => Operators.CallScalar("can_cast", from, to).AsInteger() != 0;

    public static ScalarType promote_types(
        ScalarType type1, ScalarType type2) =>
        (ScalarType)Operators.CallScalar("promote_types", type1, type2).AsInteger();
}
