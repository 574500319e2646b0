using Faithful.Service.Metrics;
using Faithful.Service.Responses;
using Faithful.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Faithful.Service;

/// <summary>
/// Serves predictions over HTTP, and a page for people. Reads no configuration but its options, and touches no other address.
/// </summary>
public sealed class PredictionService : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly PredictEngine _engine;
    private readonly ServiceMetrics _metrics;
    private readonly PrometheusText _prometheus;
    private readonly Action<string> _log;
    private volatile bool _isReady;

    private PredictionService(ModelCatalog models, ServiceOptions options, Action<string> log)
    {
        _log = log;
        _metrics = new ServiceMetrics();
        _prometheus = new PrometheusText(_metrics.Meter);
        _engine = new PredictEngine(models, options, _metrics, log);
        _application = Build(options);
    }

    /// <summary>Gets the address that the service listens at, for example <c>http://127.0.0.1:5080</c>.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Gets the names of the models, in order.</summary>
    public IReadOnlyList<string> Models => [.. _engine.Models.All.Select(model => model.Name)];

    /// <summary>Gets the methods and patterns of all routes.</summary>
    internal IEnumerable<(string Method, string Pattern)> Routes => ((IEndpointRouteBuilder)_application).DataSources
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Select(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0], route.RoutePattern.RawText!));

    /// <summary>Starts to serve. The first requests may come at once; <c>/ready</c> says when every model has run for the first time.</summary>
    /// <param name="predictors">The models, at least one; their folders have different names. They stay the caller's, and must outlive the service.</param>
    /// <param name="options">The limits; null for the defaults.</param>
    /// <param name="log">Takes a line for each fault that nobody foresaw; null for none.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <returns>The running service; dispose it.</returns>
    /// <exception cref="ArgumentException">The options are not valid, or two models have one name.</exception>
    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<PredictionService> StartAsync(
        IReadOnlyList<CrystalPredictor> predictors, ServiceOptions? options = null, Action<string>? log = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        options ??= new ServiceOptions();
        if (options.Validate() is [string fault, ..])
        {
            throw new ArgumentException(fault, nameof(options));
        }

        var service = new PredictionService(new ModelCatalog(predictors), options, log ?? (_ => { }));
        try
        {
            await service._application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        service.Address = new Uri(service._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _ = service.WarmUpAsync();
        return service;
    }

    /// <summary>Stops taking requests, finishes those that run, and ends.</summary>
    /// <param name="cancellation">Drops what still runs.</param>
    /// <returns>A task that ends when nothing runs any more.</returns>
    public Task StopAsync(CancellationToken cancellation = default)
    {
        _isReady = false;
        return _application.StopAsync(cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        _engine.Dispose();
        _prometheus.Dispose();
        _metrics.Dispose();
    }

    private WebApplication Build(ServiceOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Limit(kestrel, options));
        builder.Services.AddRoutingCore();
        // Whoever waits for an answer when the service ends gets it; nobody waits longer than a request may take.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Timeout + TimeSpan.FromSeconds(5));
        WebApplication application = builder.Build();
        var middleware = new ServiceMiddleware(_metrics, _log);
        application.Use(next => context => middleware.HandleAsync(context, next));
        application.UseRouting();
        Map(application, options);
        return application;
    }

    private void Map(WebApplication application, ServiceOptions options)
    {
        var predict = new PredictEndpoint(_engine, options, _metrics);
        var models = new ModelEndpoints(_engine);
        application.MapPost("/predict", (RequestDelegate)predict.HandleAsync);
        Get("/models", models.ListAsync);
        Get("/models/{name}", models.CardAsync);
        Get("/health", context => StatusAsync(context, StatusCodes.Status200OK, "ok"));
        Get("/ready", ReadyAsync);
        Get("/metrics", MetricsAsync);
        Get("/openapi.json", EmbeddedFiles.OpenApiAsync);
        Get("/examples", EmbeddedFiles.ExamplesAsync);
        Get("/examples/{name}", EmbeddedFiles.ExampleAsync);
        Get("/page/{file}", EmbeddedFiles.PageFileAsync);
        Get("/", EmbeddedFiles.PageAsync);

        // Monitors ask with HEAD; the server leaves out the body by itself.
        void Get(string pattern, RequestDelegate handler) => application.MapMethods(pattern, ["GET", "HEAD"], handler);
    }

    private static void Limit(KestrelServerOptions kestrel, ServiceOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Address, options.Port);
        kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        kestrel.Limits.MaxConcurrentConnections = options.MaxConnections;
        // What waits in the buffers of a thousand slow connections is memory, too.
        kestrel.Limits.MaxRequestBufferSize = 1 << 16;
        kestrel.Limits.MaxRequestHeadersTotalSize = 1 << 14;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    }

    private Task ReadyAsync(HttpContext context) => !_isReady
        ? throw new ProblemException(ServiceProblem.Busy, "the models have not run yet, or the service ends")
        : !_engine.HasRoom
            ? throw new ProblemException(ServiceProblem.Busy, "the service holds as many crystals as it may")
            : StatusAsync(context, StatusCodes.Status200OK, "ready");

    private Task MetricsAsync(HttpContext context)
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(_prometheus.Write(), context.RequestAborted);
    }

    private static Task StatusAsync(HttpContext context, int status, string word) => JsonAnswer.WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        json.WriteString("status", word);
        json.WriteEndObject();
    });

    private async Task WarmUpAsync()
    {
        try
        {
            bool isWarm = await _engine.WarmUpAsync().ConfigureAwait(false);
            OnnxRuntimeLibrary.ReleaseUnusedMemory();
            _isReady = isWarm;
        }
        catch (Exception error)
        {
            _log($"error: the models do not run: {error.Message}"); // and /ready keeps saying so
        }
    }
}
