using System.Text.Json;
using Faithful.Models;
using Faithful.Service.Responses;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Faithful.Service;

/// <summary>GET /models and GET /models/{name}.</summary>
/// <param name="engine">Knows the models.</param>
internal sealed class ModelEndpoints(PredictEngine engine)
{
    /// <summary>Lists the models.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has the answer.</returns>
    public Task ListAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartArray();
        foreach (ServedPredictor model in engine.Models.All)
        {
            Write(json, model);
        }

        json.WriteEndArray();
    });

    /// <summary>Gives the card of a model.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that ends when the client has the answer.</returns>
    /// <exception cref="ProblemException">There is no model of this name.</exception>
    public Task CardAsync(HttpContext context)
    {
        string name = context.GetRouteValue("name") as string ?? "";
        ServedPredictor model = engine.Models.Find(name) ?? throw engine.Unknown(name);
        return JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json => json.WriteRawValue(model.CardJson));
    }

    private static void Write(Utf8JsonWriter json, ServedPredictor model)
    {
        json.WriteStartObject();
        json.WriteString("name", model.Name);
        json.WriteString("model", model.Model);
        json.WriteString("task", model.Task.Name);
        json.WriteString("kind", model.Task.Kind == TaskKind.Classification ? "classification" : "regression");
        if (model.Task.Kind == TaskKind.Classification)
        {
            json.WriteStartArray("classes");
            foreach (string name in model.Task.Classes)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteString("unit", model.Task.Unit);
        }

        json.WriteString("device", model.Device);
        json.WriteString("card", $"/models/{Uri.EscapeDataString(model.Name)}");
        json.WriteEndObject();
    }
}
