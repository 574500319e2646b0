using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>A field or property, and what its type means as a column.</summary>
internal sealed class ObjectMember
{
    public ObjectMember(MemberInfo info, Type type)
    {
        Info = info;
        Type = type;
        var item = type.IsArray ? type.GetElementType()
            : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(VBuffer<>) ? type.GetGenericArguments()[0]
            : null;
        IsVector = item is not null;
        item ??= type;
        ItemType = item == typeof(string) ? typeof(ReadOnlyMemory<char>) : item;
        Contracts.CheckParam(PrimitiveTypes.OfOrNull(ItemType) is not null, "rawType",
            $"No column type holds the values of the member '{info?.Name}', a {type}.");
    }

    public MemberInfo Info { get; }

    public Type Type { get; }

    public bool IsVector { get; }

    /// <summary>As columns hold it: text instead of <see cref="string"/>.</summary>
    public Type ItemType { get; }

    public static IEnumerable<ObjectMember> Of(Type type, SchemaDefinition.Direction direction)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;
        var fields = type.GetFields(Public).Where(field => !field.IsLiteral && !IsLeftOut(field))
            .Select(field => new ObjectMember(field, field.FieldType));
        var properties = type.GetProperties(Public)
            .Where(property => property.GetIndexParameters().Length == 0 && !IsLeftOut(property)
                && ((direction & SchemaDefinition.Direction.Read) != 0 && property.GetGetMethod() is not null
                    || (direction & SchemaDefinition.Direction.Write) != 0 && property.GetSetMethod() is not null))
            .Select(property => new ObjectMember(property, property.PropertyType));
        return fields.Concat(properties);
    }

    public static ObjectMember OfNameOrNull(Type type, string name) =>
        type.GetField(name) is { } field ? new ObjectMember(field, field.FieldType)
        : type.GetProperty(name) is { } property ? new ObjectMember(property, property.PropertyType)
        : null;

    private static bool IsLeftOut(MemberInfo info) => info.GetCustomAttribute<NoColumnAttribute>() is not null;
}
