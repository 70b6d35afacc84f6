using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Mu.Lua;

/// <summary>Makes classes of the members that carry <see cref="LuaMemberAttribute"/>, by reflection.</summary>
public static class LuaMembers
{
    /// <summary>The class of a type's marked members.</summary>
    /// <exception cref="ArgumentException">No public member is marked.</exception>
    public static LuaClass<T> Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicFields)] T>()
        where T : class
    {
        var result = new LuaClass<T>(typeof(T).Name);
        int count = 0;
        foreach (MemberInfo member in typeof(T).GetMembers(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.GetCustomAttribute<LuaMemberAttribute>() is not { } marked) continue;
            Add(result, member, marked.Name ?? member.Name);
            count++;
        }
        return count > 0 ? result : throw new ArgumentException($"no member of {typeof(T)} is marked with [LuaMember]");
    }

    private static void Add<T>(LuaClass<T> to, MemberInfo member, string name)
        where T : class
    {
        switch (member)
        {
            case MethodInfo method:
                ParameterInfo[] parameters = method.GetParameters();
                if (method.ReturnType.IsAssignableTo(typeof(Task))) to.AsyncMethod(name, (target, call) => LaterResult(method, (Task)Invoke(() => method.Invoke(target, ArgumentsOf(call, parameters)))!));
                else to.Method(name, (target, call) => ToResult(method, Invoke(() => method.Invoke(target, ArgumentsOf(call, parameters)))));
                break;
            case PropertyInfo { CanRead: true } property when property.GetIndexParameters() is { Length: 1 } and [var key]:
                AddIndexer(to, property, key.ParameterType);
                break;
            case PropertyInfo { CanRead: true } property:
                to.Property<LuaValue>(name, target => LuaConversion.From(Invoke(() => property.GetValue(target))),
                    property.SetMethod is { IsPublic: true } ? (target, value) => Invoke(() => Assign(property, target, value)) : null);
                break;
            case FieldInfo field:
                to.Property<LuaValue>(name, target => LuaConversion.From(field.GetValue(target)),
                    field.IsInitOnly ? null : (target, value) => field.SetValue(target, LuaConversion.To(value, field.FieldType)));
                break;
            default: throw new ArgumentException($"{member.DeclaringType}.{member.Name} cannot be shown to programs");
        }
    }

    /// <summary>A key of another type is no field: nil, as in a table.</summary>
    private static void AddIndexer<T>(LuaClass<T> to, PropertyInfo property, Type key)
        where T : class =>
        to.Indexer(
            (target, index) => IsKey(index, key, out object? converted) ? LuaConversion.From(Invoke(() => property.GetValue(target, [converted]))) : LuaValue.Nil,
            property.SetMethod is not { IsPublic: true } ? null : (target, index, value) =>
            {
                if (!IsKey(index, key, out object? converted)) throw new LuaException($"{to.Name} has no field '{index}'");
                Invoke(() => Assign(property, target, value, converted));
            });

    private static bool IsKey(LuaValue index, Type type, out object? converted)
    {
        try
        {
            converted = LuaConversion.To(index, type);
            return true;
        }
        catch (InvalidCastException)
        {
            converted = null;
            return false;
        }
    }

    private static object? Assign(PropertyInfo property, object target, LuaValue value, params object?[] index)
    {
        property.SetValue(target, LuaConversion.To(value, property.PropertyType), index);
        return null;
    }

    private static object?[] ArgumentsOf(LuaCall call, ParameterInfo[] parameters)
    {
        var arguments = new object?[parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = parameters[i].ParameterType == typeof(LuaCall) ? call
                : parameters[i].HasDefaultValue && call[i].IsNil ? parameters[i].DefaultValue : call.Get(i, parameters[i].ParameterType);
        return arguments;
    }

    private static LuaResult ToResult(MethodInfo method, object? value) => method.ReturnType == typeof(void) ? LuaResult.None : LuaState.ResultOf(value);

    private static async Task<LuaResult> LaterResult(MethodInfo method, Task task)
    {
        await task;
        return method.ReturnType.IsGenericType ? LuaState.ResultOf(method.ReturnType.GetProperty(nameof(Task<>.Result))!.GetValue(task)) : LuaResult.None;
    }

    /// <summary>The member's own exception, not reflection's.</summary>
    private static object? Invoke(Func<object?> invoke)
    {
        try
        {
            return invoke();
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
