namespace Faithful.Serving;

/// <summary>
/// Finds weights that an ONNX file keeps in another file. A model folder vouches for the hash of one file; a path in it could name any
/// file of the machine.
/// </summary>
/// <remarks>
/// Walks the wire format of protocol buffers over the fields in which a tensor can lie (onnx.proto of ONNX 1.15): of a model the graph
/// (7) and functions (25); of these the nodes (1; 7), tensors (5) and sparse tensors (15); of a node the attributes (5); of an attribute
/// a tensor (5), a graph (6), or lists of them (10, 11), and sparse tensors (22, 23), whose values (1) and indices (2) are tensors; of a tensor
/// the external data (13) and the location (14).
/// </remarks>
internal static class ExternalData
{
    private const int MostNested = 16; // graphs within attributes of nodes

    private enum Message
    {
        Model,
        Function,
        Graph,
        Node,
        Attribute,
        SparseTensor,
        Tensor,
    }

    /// <summary>Says whether a file keeps weights in another one.</summary>
    /// <param name="model">The bytes of an ONNX file; what is no ONNX file keeps nothing.</param>
    /// <returns>Whether a tensor refers to another file, or graphs are nested deeper than can be looked into.</returns>
    public static bool IsUsedBy(ReadOnlySpan<byte> model) => Find(model, Message.Model, 0);

    private static bool Find(ReadOnlySpan<byte> bytes, Message message, int depth)
    {
        if (depth > MostNested * 3)
        {
            return true;
        }

        while (TryTakeNumber(ref bytes, out ulong key))
        {
            int field = (int)(key >> 3);
            switch (key & 7)
            {
                case 0 when TryTakeNumber(ref bytes, out ulong number):
                    if (message == Message.Tensor && field == 14 && number != 0)
                    {
                        return true;
                    }

                    break;
                case 1 when bytes.Length >= 8:
                    bytes = bytes[8..];
                    break;
                case 5 when bytes.Length >= 4:
                    bytes = bytes[4..];
                    break;
                case 2 when TryTakeNumber(ref bytes, out ulong length) && length <= (ulong)bytes.Length:
                    ReadOnlySpan<byte> part = bytes[..(int)length];
                    bytes = bytes[(int)length..];
                    if (message == Message.Tensor ? field == 13 : Inner(message, field) is Message inner && Find(part, inner, depth + 1))
                    {
                        return true;
                    }

                    break;
                default:
                    return false; // no protocol buffer: ONNX Runtime will say so
            }
        }

        return false;
    }

    private static Message? Inner(Message message, int field) => (message, field) switch
    {
        (Message.Model, 7) => Message.Graph,
        (Message.Model, 25) => Message.Function,
        (Message.Function, 7) or (Message.Graph, 1) => Message.Node,
        (Message.Graph, 5) or (Message.Attribute, 5 or 10) or (Message.SparseTensor, 1 or 2) => Message.Tensor,
        (Message.Graph, 15) or (Message.Attribute, 22 or 23) => Message.SparseTensor,
        (Message.Node, 5) => Message.Attribute,
        (Message.Attribute, 6 or 11) => Message.Graph,
        _ => null,
    };

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> bytes, out ulong number)
    {
        number = 0;
        for (int i = 0; i < Math.Min(10, bytes.Length); i++)
        {
            number |= (ulong)(bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }
}
