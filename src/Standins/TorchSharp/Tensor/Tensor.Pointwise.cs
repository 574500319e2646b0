using TorchSharp.Native;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        // Runs an operator that changes this tensor.
        private Tensor InPlace(string name, params ReadOnlySpan<Argument> arguments)
        {
            switch (arguments.Length)
            {
                case 0:
                    Operators.Run(name, this);
                    break;
                case 1:
                    Operators.Run(name, this, arguments[0]);
                    break;
                case 2:
                    Operators.Run(name, this, arguments[0], arguments[1]);
                    break;
                default:
                    Operators.Run(name, [this, .. arguments]);
                    break;
            }

            return this;
        }

        public Tensor abs() => Operators.Call("abs", this);

        public Tensor abs_() => InPlace("abs_");

        public Tensor acos() => Operators.Call("acos", this);

        public Tensor acos_() => InPlace("acos_");

        public Tensor asin() => Operators.Call("asin", this);

        public Tensor asin_() => InPlace("asin_");

        public Tensor atan() => Operators.Call("atan", this);

        public Tensor atan_() => InPlace("atan_");

        public Tensor ceil() => Operators.Call("ceil", this);

        public Tensor ceil_() => InPlace("ceil_");

        public Tensor cos() => Operators.Call("cos", this);

        public Tensor cos_() => InPlace("cos_");

        public Tensor cosh() => Operators.Call("cosh", this);

        public Tensor cosh_() => InPlace("cosh_");

        public Tensor deg2rad() => Operators.Call("deg2rad", this);

        public Tensor deg2rad_() => InPlace("deg2rad_");

        public Tensor erf() => Operators.Call("erf", this);

        public Tensor erf_() => InPlace("erf_");

        public Tensor erfc() => Operators.Call("erfc", this);

        public Tensor erfc_() => InPlace("erfc_");

        public Tensor erfinv() => Operators.Call("erfinv", this);

        public Tensor erfinv_() => InPlace("erfinv_");

        public Tensor exp() => Operators.Call("exp", this);

        public Tensor exp_() => InPlace("exp_");

        public Tensor exp2() => Operators.Call("exp2", this);

        public Tensor exp2_() => InPlace("exp2_");

        public Tensor expm1() => Operators.Call("expm1", this);

        public Tensor expm1_() => InPlace("expm1_");

        public Tensor floor() => Operators.Call("floor", this);

        public Tensor floor_() => InPlace("floor_");

        public Tensor frac() => Operators.Call("frac", this);

        public Tensor frac_() => InPlace("frac_");

        public Tensor log() => Operators.Call("log", this);

        public Tensor log_() => InPlace("log_");

        public Tensor log10() => Operators.Call("log10", this);

        public Tensor log10_() => InPlace("log10_");

        public Tensor log1p() => Operators.Call("log1p", this);

        public Tensor log1p_() => InPlace("log1p_");

        public Tensor log2() => Operators.Call("log2", this);

        public Tensor log2_() => InPlace("log2_");

        public Tensor neg() => Operators.Call("neg", this);

        public Tensor neg_() => InPlace("neg_");

        public Tensor rad2deg() => Operators.Call("rad2deg", this);

        public Tensor rad2deg_() => InPlace("rad2deg_");

        public Tensor reciprocal() => Operators.Call("reciprocal", this);

        public Tensor reciprocal_() => InPlace("reciprocal_");

        public Tensor relu() => Operators.Call("relu", this);

        public Tensor relu_() => InPlace("relu_");

        public Tensor rsqrt() => Operators.Call("rsqrt", this);

        public Tensor rsqrt_() => InPlace("rsqrt_");

        public Tensor sgn() => Operators.Call("sgn", this);

        public Tensor sgn_() => InPlace("sgn_");

        public Tensor sigmoid() => Operators.Call("sigmoid", this);

        public Tensor sigmoid_() => InPlace("sigmoid_");

        public Tensor sign() => Operators.Call("sign", this);

        public Tensor sign_() => InPlace("sign_");

        public Tensor silu() => Operators.Call("silu", this);

        public Tensor silu_() => InPlace("silu_");

        public Tensor sin() => Operators.Call("sin", this);

        public Tensor sin_() => InPlace("sin_");

        public Tensor sinh() => Operators.Call("sinh", this);

        public Tensor sinh_() => InPlace("sinh_");

        public Tensor sqrt() => Operators.Call("sqrt", this);

        public Tensor sqrt_() => InPlace("sqrt_");

        public Tensor tan() => Operators.Call("tan", this);

        public Tensor tan_() => InPlace("tan_");

        public Tensor tanh() => Operators.Call("tanh", this);

        public Tensor tanh_() => InPlace("tanh_");

        public Tensor trunc() => Operators.Call("trunc", this);

        public Tensor trunc_() => InPlace("trunc_");

        public Tensor logical_not() => Operators.Call("logical_not", this);

        public Tensor logical_not_() => InPlace("logical_not_");

        public Tensor bitwise_not() => Operators.Call("bitwise_not", this);

        public Tensor bitwise_not_() => InPlace("bitwise_not_");

        public Tensor absolute() => abs();

        public Tensor negative() => neg();

        public Tensor arcsin() => asin();

        public Tensor arccos() => acos();

        public Tensor fix() => trunc();

        public Tensor square() => pow(2);

        public Tensor isnan() => Operators.Call("isnan", this);

        public Tensor isinf() => Operators.Call("isinf", this);

        public Tensor isfinite() => Operators.Call("isfinite", this);

        public Tensor isposinf() => Operators.Call("isposinf", this);

        public Tensor isneginf() => Operators.Call("isneginf", this);

        public Tensor signbit() => Operators.Call("signbit", this);

        public Tensor lgamma() => Operators.Call("lgamma", this);

        public Tensor digamma() => Operators.Call("digamma", this);

        public Tensor positive() => Operators.Call("positive", this);

        public Tensor selu() => Operators.Call("selu", this);

        public Tensor log_sigmoid() => Operators.Call("log_sigmoid", this);

        public Tensor hardswish() => Operators.Call("hardswish", this);

        public Tensor hardsigmoid() => Operators.Call("hardsigmoid", this);

        public Tensor relu6() => Operators.Call("relu6", this);

        public Tensor round(
            long decimals = 0) =>
            decimals == 0 ? Operators.Call("round", this) : Operators.Call("round.decimals", this, decimals);

        public Tensor gelu() => Operators.Call("gelu", this);

        public Tensor leaky_relu(Scalar negative_slope) => Operators.Call("leaky_relu", this, negative_slope);

        public Tensor leaky_relu_(Scalar negative_slope) => InPlace("leaky_relu_", negative_slope);

        public Tensor elu(double alpha = 1) => Operators.Call("elu", this, (Scalar)alpha);

        public Tensor softplus(
            double beta = 1, double threshold = 20) =>
            Operators.Call("softplus", this, (Scalar)beta, (Scalar)threshold);

        public Tensor softmax(long dim, ScalarType? dtype = null) => Operators.Call("softmax.int", this, dim, dtype);

        public Tensor log_softmax(long dim, ScalarType? dtype = null) => Operators.Call("log_softmax.int", this, dim, dtype);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Operators.Call("clamp", this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Operators.Call("clamp.Tensor", this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => InPlace("clamp_", min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => InPlace("clamp_.Tensor", min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => Operators.Call("clamp_min", this, min);

        public Tensor clamp_min_(Scalar min) => InPlace("clamp_min_", min);

        public Tensor clamp_max(Scalar max) => Operators.Call("clamp_max", this, max);

        public Tensor clamp_max_(Scalar max) => InPlace("clamp_max_", max);

        public Tensor nan_to_num(
            double nan = 0d, double? posinf = null, double? neginf = null) =>
            Operators.Call("nan_to_num", this, nan, posinf, neginf);
    }
}
