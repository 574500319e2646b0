using Faithful.Testing;

namespace Faithful.Serving.Tests;

public sealed class PretrainedModelsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_root_without_models_has_none() => Assert.Empty(PretrainedModels.Find(_folder.Path));

    [Fact]
    public void Folders_with_a_card_are_found_in_the_order_of_their_names()
    {
        foreach (string name in new[] { "cgnn-tqc", "ann-tqc", "notes" })
        {
            Directory.CreateDirectory(_folder[$"onnx/{name}"]);
        }

        File.WriteAllText(_folder["onnx/cgnn-tqc/card.json"], "");
        File.WriteAllText(_folder["onnx/ann-tqc/card.json"], "");
        File.WriteAllText(_folder["onnx/card.json"], "");
        Assert.Equal(["ann-tqc", "cgnn-tqc"], PretrainedModels.Find(_folder.Path).Select(Path.GetFileName));
    }
}
