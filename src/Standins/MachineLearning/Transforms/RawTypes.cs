using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Calls generic methods with the .NET type of a column.</summary>
internal static class RawTypes
{
    private const BindingFlags Methods = BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>Calls a static method of one type parameter; its exceptions come through as they are.</summary>
    public static TResult Call<TResult>(Type owner, string method, Type rawType, params object[] arguments) =>
        (TResult)owner.GetMethod(method, Methods).MakeGenericMethod(rawType)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
