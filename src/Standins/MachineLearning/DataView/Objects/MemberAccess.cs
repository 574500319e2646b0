using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.Data;

/// <summary>Compiled reading and writing of the members of a type, each compiled once.</summary>
internal static class MemberAccess<TRow>
{
    private static readonly ConcurrentDictionary<MemberInfo, Delegate> Readers = new();
    private static readonly ConcurrentDictionary<MemberInfo, Delegate> Writers = new();

    public static Func<TRow, TValue> Reader<TValue>(MemberInfo member) =>
        (Func<TRow, TValue>)Readers.GetOrAdd(member, static info =>
        {
            var row = Expression.Parameter(typeof(TRow));
            return Expression.Lambda<Func<TRow, TValue>>(Expression.MakeMemberAccess(row, info), row).Compile();
        });

    public static Action<TRow, TValue> Writer<TValue>(MemberInfo member) =>
        (Action<TRow, TValue>)Writers.GetOrAdd(member, static info =>
        {
            var row = Expression.Parameter(typeof(TRow));
            var value = Expression.Parameter(typeof(TValue));
            return Expression.Lambda<Action<TRow, TValue>>(Expression.Assign(Expression.MakeMemberAccess(row, info), value), row, value).Compile();
        });
}
