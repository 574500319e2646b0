using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Operators.Call("eq.Tensor", this, target);

        public Tensor eq(Scalar target) => Operators.Call("eq.Scalar", this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor ne(Tensor target) => Operators.Call("ne.Tensor", this, target);

        public Tensor ne(Scalar target) => Operators.Call("ne.Scalar", this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => Operators.Call("lt.Tensor", this, target);

        public Tensor lt(Scalar target) => Operators.Call("lt.Scalar", this, target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor le(Tensor target) => Operators.Call("le.Tensor", this, target);

        public Tensor le(Scalar target) => Operators.Call("le.Scalar", this, target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor gt(Tensor target) => Operators.Call("gt.Tensor", this, target);

        public Tensor gt(Scalar target) => Operators.Call("gt.Scalar", this, target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor ge(Tensor target) => Operators.Call("ge.Tensor", this, target);

        public Tensor ge(Scalar target) => Operators.Call("ge.Scalar", this, target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public static Tensor operator ==(Tensor left, Tensor right) => left.eq(right);

        public static Tensor operator ==(Tensor left, Scalar right) => left.eq(right);

        public static Tensor operator ==(Scalar left, Tensor right) => right.eq(left);

        public static Tensor operator !=(Tensor left, Tensor right) => left.ne(right);

        public static Tensor operator !=(Tensor left, Scalar right) => left.ne(right);

        public static Tensor operator !=(Scalar left, Tensor right) => right.ne(left);

        public static Tensor operator <(Tensor left, Tensor right) => left.lt(right);

        public static Tensor operator <(Tensor left, Scalar right) => left.lt(right);

        public static Tensor operator <(Scalar left, Tensor right) => right.gt(left);

        public static Tensor operator <=(Tensor left, Tensor right) => left.le(right);

        public static Tensor operator <=(Tensor left, Scalar right) => left.le(right);

        public static Tensor operator <=(Scalar left, Tensor right) => right.ge(left);

        public static Tensor operator >(Tensor left, Tensor right) => left.gt(right);

        public static Tensor operator >(Tensor left, Scalar right) => left.gt(right);

        public static Tensor operator >(Scalar left, Tensor right) => right.lt(left);

        public static Tensor operator >=(Tensor left, Tensor right) => left.ge(right);

        public static Tensor operator >=(Tensor left, Scalar right) => left.ge(right);

        public static Tensor operator >=(Scalar left, Tensor right) => right.le(left);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Operators.CallScalar("allclose", this, target, rtol, atol, equal_nan).ToBoolean();

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Operators.Call("isclose", this, other, rtol, atol, nanEqual);

        public bool is_nonzero() => numel() == 1 ? Operators.CallScalar("is_nonzero", this).ToBoolean() : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        public Tensor isin(
            Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Operators.Call("isin.Tensor_Tensor", this, test_elements, assumeUnique, invert);

        public Tensor nonzero() => Operators.Call("nonzero", this);

        public IList<Tensor> nonzero_as_list() => Operators.CallMany("nonzero_numpy", this);

        public Tensor argwhere() => Operators.Call("argwhere", this);

        public Tensor where(Tensor condition, Tensor y) => Operators.Call("where.self", condition, this, y);

        public Tensor masked_fill(Tensor mask, Scalar value) => Operators.Call("masked_fill.Scalar", this, mask, value);

        public Tensor masked_fill_(Tensor mask, Scalar value) => InPlace("masked_fill_.Scalar", mask, value);

        public Tensor masked_select(Tensor mask) => Operators.Call("masked_select", this, mask);

        public Tensor argsort(long dim = -1, bool descending = false) => Operators.Call("argsort", this, dim, descending);

        public Tensor msort() => Operators.Call("msort", this);

        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false) => Operators.CallPair("sort.stable", this, stable, dim, descending);

        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true) => Operators.CallPair("topk", this, k, dim, largest, sorted);

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            Tensor[] found = dim is int along
                ? Operators.CallMany("unique_dim", this, along, sorted, return_inverse, return_counts)
                : Operators.CallMany("_unique2", this, sorted, return_inverse, return_counts);
            return (found[0], KeepOrDispose(found[1], return_inverse), KeepOrDispose(found[2], return_counts));
        }

        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            Tensor[] found = Operators.CallMany("unique_consecutive", this, return_inverse, return_counts, (long?)dim);
            return (found[0], KeepOrDispose(found[1], return_inverse), KeepOrDispose(found[2], return_counts));
        }

        public Tensor bucketize(
            Tensor boundaries, bool outInt32 = false, bool right = false) =>
            Operators.Call("bucketize.Tensor", this, boundaries, outInt32, right);

        public Tensor bincount(Tensor? weights, long minlength = 0) => Operators.Call("bincount", this, weights, minlength);

        private static Tensor? KeepOrDispose(Tensor? tensor, bool keep)
        {
            if (keep)
            {
                return tensor;
            }

            tensor?.Dispose();
            return null;
        }
    }
}
