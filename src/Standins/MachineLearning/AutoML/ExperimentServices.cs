using System.Reflection;

namespace Microsoft.ML.AutoML;

/// <summary>
/// Tells how the parts of an experiment are made. The package has a whole dependency-injection library for that; what its
/// signatures show of it is <see cref="IServiceProvider"/>.
/// </summary>
internal sealed class ExperimentServices
{
    private readonly Dictionary<Type, Func<IServiceProvider, object>> singletons = [];
    private readonly Dictionary<Type, Func<IServiceProvider, object>> transients = [];

    /// <summary>One for each run of the experiment. What is added last counts.</summary>
    public void AddSingleton<TService>(Func<IServiceProvider, TService> factory)
        where TService : class
    {
        singletons[typeof(TService)] = factory;
        transients.Remove(typeof(TService));
    }

    /// <summary>One whenever it is asked for. What is added last counts.</summary>
    public void AddTransient<TService>(Func<IServiceProvider, TService> factory)
        where TService : class
    {
        transients[typeof(TService)] = factory;
        singletons.Remove(typeof(TService));
    }

    public IServiceProvider Build() => new Provider(new(singletons), new(transients));

    /// <summary>Calls the constructor with the most parameters that the services can fill.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static TService Construct<TService>(IServiceProvider services)
    {
        foreach (ConstructorInfo constructor in typeof(TService).GetConstructors().OrderByDescending(one => one.GetParameters().Length))
        {
            ParameterInfo[] parameters = constructor.GetParameters();
            object[] arguments = [.. parameters.Select(parameter =>
                services.GetService(parameter.ParameterType) ?? (parameter.HasDefaultValue ? parameter.DefaultValue : DBNull.Value))];
            if (!arguments.Contains(DBNull.Value))
            {
                return (TService)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
            }
        }

        throw new InvalidOperationException($"{typeof(TService)} has no public constructor whose parameters are all services of the experiment.");
    }

    private sealed class Provider(
        Dictionary<Type, Func<IServiceProvider, object>> singletons,
        Dictionary<Type, Func<IServiceProvider, object>> transients) : IServiceProvider
    {
        private readonly Dictionary<Type, object> made = [];

        public object GetService(Type serviceType)
        {
            if (serviceType == typeof(IServiceProvider))
            {
                return this;
            }

            if (transients.TryGetValue(serviceType, out Func<IServiceProvider, object> factory))
            {
                return factory(this);
            }

            if (!made.TryGetValue(serviceType, out object service) && singletons.TryGetValue(serviceType, out factory))
            {
                service = factory(this);
                made[serviceType] = service;
            }

            return service;
        }
    }
}
