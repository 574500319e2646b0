namespace Microsoft.ML.SearchSpace;

/// <summary>Makes the attributed members of a member's type a search space inside the search space.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, Inherited = false, AllowMultiple = false)]
public sealed class NestOptionAttribute : Attribute;
