using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;
using Faithful.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.ML;

namespace Faithful.Pipelines.Tests.Samples;

/// <summary>A web service around a model: a pool of engines, registered once, answers requests on many threads.</summary>
public sealed class MinimalApiSample
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    [Fact]
    public async Task A_service_predicts_what_it_is_sent()
    {
        await using WebApplication service = Build(Path.Combine(TestData.RepositoryRoot, "onnx", "cgnn-point-group"));
        await service.StartAsync();
        string address = service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient { BaseAddress = new Uri(address) };

        CrystalPrediction[] answers = await Task.WhenAll(TestCrystals.Rows.Select(async row =>
        {
            using HttpResponseMessage response = await client.PostAsJsonAsync("/predict", row);
            return (await response.Content.ReadFromJsonAsync<CrystalPrediction>(Json))!;
        }));
        using HttpResponseMessage refused = await client.PostAsJsonAsync("/predict", new CrystalInput { Id = "x", Structure = "none" });

        Assert.Equal(TestCrystals.Rows.Select(row => row.Id), answers.Select(answer => answer.Id));
        Assert.Equal("m-3m", answers[0].Class);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.StartsWith("\"x", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await service.StopAsync();
    }

    private static WebApplication Build(string modelFolder)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_ => new CrystalPredictionEnginePool(
            new MLContext(), new CrystalScoringTransformer([modelFolder], ShippedModels.OnCpu), ownsTransformer: true));
        // The value of a classification is NaN, which JSON has no number for.
        builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals);

        WebApplication service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapPost("/predict", (CrystalInput crystal, CrystalPredictionEnginePool pool) =>
        {
            CrystalPrediction prediction = pool.Predict(crystal);
            return prediction.Class.Length > 0 ? Results.Json(prediction) : Results.UnprocessableEntity(prediction.Note);
        });
        return service;
    }
}
