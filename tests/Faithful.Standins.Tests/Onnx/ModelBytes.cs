using System.Text;

namespace Faithful.Standins.Tests.Onnx;

/// <summary>A tiny ONNX model, written as bytes: y = x · factor + 1, x and y float [rows, 2].</summary>
internal static class ModelBytes
{
    public static byte[] ScaleAndShift(float factor)
    {
        byte[] graph = Join(
            Field(1, Node("Mul", ["x", "factor"], "scaled")),
            Field(1, Node("Add", ["scaled", "one"], "y")),
            Field(2, "scale_and_shift"),
            Field(5, Constant("factor", factor)),
            Field(5, Constant("one", 1)),
            Field(11, TwoColumns("x")),
            Field(12, TwoColumns("y")));
        return Join(
            Number(1, 9),                                     // ir_version
            Field(2, "tests"),                                // producer_name
            Field(7, graph),
            Field(8, Join(Field(1, string.Empty), Number(2, 18))),   // opset_import
            Field(14, Join(Field(1, "faithful.task"), Field(2, "test"))));
    }

    // NodeProto: input = 1, output = 2, op_type = 4.
    private static byte[] Node(string operation, string[] inputs, string output) =>
        Join([.. inputs.Select(input => Field(1, input)), Field(2, output), Field(4, operation)]);

    // TensorProto: dims = 1, data_type = 2 (1 is float), name = 8, raw_data = 9.
    private static byte[] Constant(string name, float value) =>
        Join(Number(1, 1), Number(2, 1), Field(8, name), Field(9, BitConverter.GetBytes(value)));

    // ValueInfoProto: name = 1, type = 2 { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { dim_value = 1 or dim_param = 2 } } } }.
    private static byte[] TwoColumns(string name)
    {
        byte[] shape = Join(Field(1, Field(2, "rows")), Field(1, Number(1, 2)));
        return Join(Field(1, name), Field(2, Field(1, Join(Number(1, 1), Field(2, shape)))));
    }

    private static byte[] Number(int field, long value) => Join(Varint(field << 3), Varint(value));

    private static byte[] Field(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int field, byte[] content) => Join(Varint((field << 3) | 2), Varint(content.Length), content);

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (; value > 127; value >>= 7)
        {
            bytes.Add((byte)(value | 128));
        }

        bytes.Add((byte)value);
        return [.. bytes];
    }

    private static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];
}
