namespace Microsoft.ML.SearchSpace;

/// <summary>Which JSON value a <see cref="Parameter"/> stands for.</summary>
public enum ParameterType
{
    Integer = 0,
    Number = 1,
    Bool = 2,
    String = 3,
    Object = 4,
    Array = 5,
}
