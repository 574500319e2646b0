namespace Microsoft.ML.Data;

/// <summary>A column that a member makes or takes, its type settled.</summary>
internal sealed record ObjectColumn(string Name, DataViewType Type, ObjectMember Member, DataViewSchema.Annotations Annotations)
{
    public static ObjectColumn[] OfType(Type userType, SchemaDefinition definition, SchemaDefinition.Direction direction) =>
        [.. (definition ?? SchemaDefinition.Create(userType, direction)).Select(column => Of(userType, column))];

    public static DataViewSchema SchemaOf(IEnumerable<ObjectColumn> columns) =>
        DataViewSchema.Of(columns.Select(column => new DataViewSchema.DetachedColumn(column.Name, column.Type, column.Annotations)));

    private static ObjectColumn Of(Type userType, SchemaDefinition.Column column)
    {
        var member = ObjectMember.OfNameOrNull(userType, column.MemberName);
        Contracts.CheckParam(member is not null, "userSchemaDefinition",
            $"No field or property with name '{column.MemberName}' found in type '{userType.FullName}'");
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        var type = column.ColumnType;
        if (type is null)
        {
            var item = PrimitiveTypes.OfOrNull(member.ItemType);
            type = member.IsVector ? new VectorDataViewType(item) : item;
        }

        Contracts.CheckParam(type is VectorDataViewType == member.IsVector, "userSchemaDefinition",
            $"Column '{name}' is supposed to be {Kind(type is VectorDataViewType)}, but type of associated field '{column.MemberName}' is {Kind(member.IsVector)}");
        Contracts.CheckParam(type.ItemType().RawType == member.ItemType, "userSchemaDefinition",
            $"Column '{name}' is supposed to have item type {type.ItemType().RawType}, but associated field has type {member.ItemType}");
        return new ObjectColumn(name, type, member, column.Annotations);
    }

    private static string Kind(bool isVector) => isVector ? "vector" : "scalar";
}
