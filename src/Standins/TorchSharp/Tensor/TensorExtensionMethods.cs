using TorchSharp.Modules;

namespace TorchSharp;

/// <summary>Conversions of one-element tensors to .NET numbers, and tensors in streams.</summary>
public static class TensorExtensionMethods
{
    public static Parameter AsParameter(this torch.Tensor tensor) => new(tensor);

    public static float ToSingle(this torch.Tensor value) => value.ToScalar().ToSingle();

    public static double ToDouble(this torch.Tensor value) => value.ToScalar().ToDouble();

    public static sbyte ToSByte(this torch.Tensor value) => value.ToScalar().ToSByte();

    public static byte ToByte(this torch.Tensor value) => value.ToScalar().ToByte();

    public static short ToInt16(this torch.Tensor value) => value.ToScalar().ToInt16();

    public static int ToInt32(this torch.Tensor value) => value.ToScalar().ToInt32();

    public static long ToInt64(this torch.Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this torch.Tensor value) => value.ToScalar().ToBoolean();

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);

    public static int ElementSize(this torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte or torch.ScalarType.Int8 or torch.ScalarType.Bool => 1,
        torch.ScalarType.Int16 or torch.ScalarType.Float16 or torch.ScalarType.BFloat16 => 2,
        torch.ScalarType.Int32 or torch.ScalarType.Float32 => 4,
        torch.ScalarType.Int64 or torch.ScalarType.Float64 or torch.ScalarType.ComplexFloat32 => 8,
        torch.ScalarType.ComplexFloat64 => 16,
        _ => throw new NotSupportedException($"This stand-in does not know the element size of {type}."),
    };

    /// <summary>Writes type, shape and elements; numbers are LEB128 where small.</summary>
    public static void Save(this torch.Tensor tensor, BinaryWriter writer)
    {
        using torch.Tensor local = tensor.detach().cpu();
        using torch.Tensor packed = local.contiguous();
        writer.Write7BitEncodedInt64((int)packed.dtype);
        writer.Write7BitEncodedInt64(packed.ndim);
        foreach (long size in packed.shape)
        {
            writer.Write7BitEncodedInt64(size);
        }

        writer.Flush();
        packed.WriteBytesToStream(writer.BaseStream);
    }

    /// <summary>Reads what Save wrote into a tensor of the same type and shape.</summary>
    public static void Load(this torch.Tensor tensor, BinaryReader reader, bool skip = false)
    {
        using torch.Tensor read = Load(reader);
        if (skip)
        {
            return;
        }

        if (read.dtype != tensor.dtype || !read.shape.SequenceEqual(tensor.shape))
        {
            throw new ArgumentException(
                $"Mismatched tensor while loading: expected {tensor}, found {read}. Make sure that the model you are loading into is exactly the same as the origin.");
        }

        using IDisposable untracked = torch.no_grad();
        tensor.copy_(read);
    }

    public static torch.Tensor Load(BinaryReader reader, bool skip = false)
    {
        var type = (torch.ScalarType)reader.Read7BitEncodedInt64();
        long[] shape = new long[reader.Read7BitEncodedInt64()];
        for (int i = 0; i < shape.Length; i++)
        {
            shape[i] = reader.Read7BitEncodedInt64();
        }

        torch.Tensor tensor = torch.empty(shape, type);
        tensor.ReadBytesFromStream(reader.BaseStream);
        return tensor;
    }
}
