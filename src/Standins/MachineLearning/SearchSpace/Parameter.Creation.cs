using System.Collections;
using System.Reflection;

namespace Microsoft.ML.SearchSpace;

public sealed partial class Parameter
{
    public static Parameter FromDouble(double value) => new(value, ParameterType.Number);

    public static Parameter FromFloat(float value) => new(value, ParameterType.Number);

    public static Parameter FromLong(long value) => new(value, ParameterType.Integer);

    public static Parameter FromInt(int value) => new(value, ParameterType.Integer);

    public static Parameter FromString(string value) => new(value, ParameterType.String);

    public static Parameter FromBool(bool value) => new(value, ParameterType.Bool);

    public static Parameter FromEnum<T>(T value)
        where T : struct, Enum => FromString(Enum.GetName(value));

    public static Parameter FromIEnumerable<T>(IEnumerable<T> values) => new(values, ParameterType.Array);

    /// <summary>
    /// A plain value as it is; of any other object its public properties that can be read and written, without those that are
    /// null and those whose objects have none.
    /// </summary>
    public static Parameter FromObject<T>(T value)
        where T : class => FromValue(value, typeof(T));

    public static Parameter CreateNestedParameter(params KeyValuePair<string, Parameter>[] parameters)
    {
        var nested = new Parameter(new Dictionary<string, Parameter>(), ParameterType.Object);
        foreach ((string key, Parameter value) in parameters)
        {
            nested[key] = value;
        }

        return nested;
    }

    private static Parameter FromValue(object value, Type type) => value switch
    {
        int number => FromInt(number),
        long number => FromLong(number),
        double number => FromDouble(number),
        float number => FromFloat(number),
        string text => FromString(text),
        bool truth => FromBool(truth),
        IEnumerable values => new(values, ParameterType.Array),
        Enum member => FromString(Enum.GetName(member.GetType(), member)),
        _ => FromProperties(value, type),
    };

    // The properties are those of the declared type: what a derived type adds is not seen.
    private static Parameter FromProperties(object value, Type type)
    {
        Parameter nested = CreateNestedParameter();
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.CanRead && property.CanWrite && property.GetValue(value) is { } content)
            {
                Parameter parameter = FromValue(content, property.PropertyType);
                if (parameter.Count != 0)
                {
                    nested[property.Name] = parameter;
                }
            }
        }

        return nested;
    }
}
