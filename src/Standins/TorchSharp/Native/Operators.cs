using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace TorchSharp.Native;

/// <summary>
/// Calls libtorch's operators by name: "add.Tensor" is the overload Tensor of aten::add. Arguments come in the order of the
/// operator's schema; those left out at the end take the schema's defaults.
/// </summary>
internal static unsafe class Operators
{
    private const int CellsOnStack = 48;
    private static readonly ConcurrentDictionary<string, nint> Handles = new(StringComparer.Ordinal);

    /// <summary>Whether this libtorch has the operator.</summary>
    internal static bool Exists(string name) => Handles.TryGetValue(name, out _) || Find(name) != 0;

    /// <summary>The first result, a tensor.</summary>
    internal static torch.Tensor Call(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out int count);
        for (int i = 1; i < count; i++)
        {
            Release(results[i]);
        }

        return new torch.Tensor((nint)results[0].Bits);
    }

    /// <summary>Both of two results.</summary>
    internal static (torch.Tensor First, torch.Tensor Second) CallPair(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out int count);
        for (int i = 2; i < count; i++)
        {
            Release(results[i]);
        }

        return (new torch.Tensor((nint)results[0].Bits), new torch.Tensor((nint)results[1].Bits));
    }

    /// <summary>All results, tensors; null where the operator gave none.</summary>
    internal static torch.Tensor[] CallMany(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out int count);
        var tensors = new torch.Tensor[count];
        for (int i = 0; i < count; i++)
        {
            tensors[i] = results[i].Bits == 0 ? null! : new torch.Tensor((nint)results[i].Bits);
        }

        return tensors;
    }

    /// <summary>The first result, a number.</summary>
    internal static Scalar CallScalar(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out _);
        return new Scalar(results[0].Kind, results[0].Bits);
    }

    /// <summary>For operators that change an argument in place: their result is that argument.</summary>
    internal static void Run(string name, params ReadOnlySpan<Argument> arguments)
    {
        NativeValue* results = Invoke(name, arguments, out int count);
        for (int i = 0; i < count; i++)
        {
            Release(results[i]);
        }
    }

    private static void Release(NativeValue value)
    {
        if (value.Kind == ArgumentKind.Tensor && value.Bits != 0)
        {
            Bridge.faithful_release((nint)value.Bits);
        }
    }

    private static nint Find(string name)
    {
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        byte[] operation = Encoding.UTF8.GetBytes("aten::" + (dot < 0 ? name : name[..dot]) + "\0");
        byte[] overload = Encoding.UTF8.GetBytes((dot < 0 ? string.Empty : name[(dot + 1)..]) + "\0");
        nint handle;
        fixed (byte* first = operation, second = overload)
        {
            handle = Bridge.faithful_operator(first, second);
        }

        return handle == 0 ? 0 : Handles.GetOrAdd(name, handle);
    }

    // The results stay valid until this thread's next call.
    [SkipLocalsInit]
    private static NativeValue* Invoke(string name, ReadOnlySpan<Argument> arguments, out int count)
    {
        if (!Handles.TryGetValue(name, out nint operation))
        {
            operation = Bridge.Check(Find(name));
        }

        int cells = 0;
        foreach (ref readonly Argument argument in arguments)
        {
            cells += argument.Cells;
        }

        NativeValue* values = stackalloc NativeValue[arguments.Length];
        Span<long> storage = cells <= CellsOnStack ? stackalloc long[CellsOnStack] : new long[cells];
        NativeValue* results;
        int resultCount;
        byte done;
        fixed (long* start = storage)
        {
            long* free = start;
            for (int i = 0; i < arguments.Length; i++)
            {
                ref readonly Argument argument = ref arguments[i];
                values[i] = Fill(in argument, free);
                free += argument.Cells;
            }

            done = Bridge.faithful_call(operation, values, arguments.Length, &results, &resultCount);
        }

        // The handles above are bare pointers: their owners must outlive the call.
        foreach (ref readonly Argument argument in arguments)
        {
            GC.KeepAlive(argument.Reference);
        }

        Bridge.Check(done);
        count = resultCount;
        return results;
    }

    private static NativeValue Fill(in Argument argument, long* cells)
    {
        var value = new NativeValue { Kind = argument.Kind, Bits = argument.Bits };
        switch (argument.Kind)
        {
            case ArgumentKind.Tensor:
                value.Bits = Unsafe.As<torch.Tensor>(argument.Reference!).Handle;
                return value;
            case ArgumentKind.Device:
                var device = Unsafe.As<torch.Device>(argument.Reference!);
                value.Bits = (int)device.type;
                value.Count = device.index;
                return value;
            case ArgumentKind.Generator:
                value.Bits = Unsafe.As<torch.Generator>(argument.Reference!).Handle;
                return value;
            case ArgumentKind.Integers:
                var integers = Unsafe.As<long[]>(argument.Reference!);
                integers.CopyTo(new Span<long>(cells, integers.Length));
                value.Count = integers.Length;
                break;
            case ArgumentKind.Reals:
                var reals = Unsafe.As<double[]>(argument.Reference!);
                reals.CopyTo(new Span<double>(cells, reals.Length));
                value.Count = reals.Length;
                break;
            case ArgumentKind.Tensors or ArgumentKind.OptionalTensors:
                var tensors = Unsafe.As<torch.Tensor?[]>(argument.Reference!);
                for (int i = 0; i < tensors.Length; i++)
                {
                    cells[i] = tensors[i] is torch.Tensor tensor ? tensor.Handle : 0;
                }

                value.Count = tensors.Length;
                break;
            case ArgumentKind.Text:
                var text = Unsafe.As<string>(argument.Reference!);
                value.Count = Encoding.UTF8.GetBytes(text, new Span<byte>(cells, argument.Cells * 8));
                break;
            default:
                return value;
        }

        value.Bits = (nint)cells;
        return value;
    }
}
