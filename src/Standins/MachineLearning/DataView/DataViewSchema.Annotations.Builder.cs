using Microsoft.ML.Data;

namespace Microsoft.ML;

public sealed partial class DataViewSchema
{
    public sealed partial class Annotations
    {
        /// <summary>Collects named values and makes annotations of them.</summary>
        public sealed class Builder
        {
            private readonly DataViewSchema.Builder columns = new();
            private readonly List<Delegate> getters = [];

            public void Add(Annotations annotations, Func<string, bool> selector)
            {
                if (annotations is null)
                {
                    return;
                }

                Contracts.CheckValue(selector, nameof(selector));
                foreach (var column in annotations.Schema)
                {
                    if (selector(column.Name))
                    {
                        AddChecked(column.Name, column.Type, annotations.GetterAt(column.Index), column.Annotations);
                    }
                }
            }

            public void Add<TValue>(string name, DataViewType type, ValueGetter<TValue> getter, Annotations annotations = null)
            {
                CheckNameAndType(name, type);
                Contracts.CheckValue(getter, nameof(getter));
                if (type.RawType != typeof(TValue))
                {
                    throw new ArgumentException(
                        $"Values of {type} are held as {type.RawType}, but the getter yields {typeof(TValue)}.", nameof(type));
                }

                AddChecked(name, type, getter, annotations);
            }

            public void Add(string name, DataViewType type, Delegate getter, Annotations annotations = null)
            {
                CheckNameAndType(name, type);
                Contracts.CheckValue(getter, nameof(getter));
                var expected = typeof(ValueGetter<>).MakeGenericType(type.RawType);
                if (!expected.IsInstanceOfType(getter))
                {
                    throw new ArgumentException($"Values of {type} come from a {expected}, but a {getter.GetType()} was given.", nameof(getter));
                }

                AddChecked(name, type, getter, annotations);
            }

            public void AddPrimitiveValue<TValue>(string name, PrimitiveDataViewType type, TValue value, Annotations annotations = null) =>
                Add(name, type, (ref TValue destination) => destination = value, annotations);

            public Annotations ToAnnotations() => new(columns.ToSchema(), [.. getters]);

            private static void CheckNameAndType(string name, DataViewType type)
            {
                if (string.IsNullOrEmpty(name))
                {
                    throw new ArgumentNullException(nameof(name));
                }

                Contracts.CheckValue(type, nameof(type));
            }

            private void AddChecked(string name, DataViewType type, Delegate getter, Annotations annotations)
            {
                columns.AddColumn(name, type, annotations);
                getters.Add(getter);
            }
        }
    }
}
