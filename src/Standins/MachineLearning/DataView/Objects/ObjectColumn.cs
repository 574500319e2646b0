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
            $"{userType} has no public field or property '{column.MemberName}'.");
        var name = string.IsNullOrEmpty(column.ColumnName) ? column.MemberName : column.ColumnName;
        var type = column.ColumnType;
        if (type is null)
        {
            var item = PrimitiveTypes.OfOrNull(member.ItemType);
            type = member.IsVector ? new VectorDataViewType(item) : item;
        }

        Contracts.CheckParam(type is VectorDataViewType == member.IsVector, "userSchemaDefinition",
            $"Column '{name}' is a {type}, but the member '{column.MemberName}' is a {member.Type}.");
        Contracts.CheckParam(type.ItemType().RawType == member.ItemType, "userSchemaDefinition",
            $"The items of column '{name}' are held as {type.ItemType().RawType}, but the member '{column.MemberName}' is a {member.Type}.");
        return new ObjectColumn(name, type, member, column.Annotations);
    }
}
