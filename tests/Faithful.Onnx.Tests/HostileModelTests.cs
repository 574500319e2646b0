using System.Security.Cryptography;
using System.Text;
using Faithful.Models;
using Faithful.Onnx.Format;
using Faithful.Serving;
using Faithful.Testing;
using Google.Protobuf;

namespace Faithful.Onnx.Tests;

/// <summary>Model folders whose card vouches for a file that should not be trusted: a typed error, and nothing outside the folder is read.</summary>
public sealed class HostileModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "Unheard")]
    [InlineData("somebody.else", "Sin")]
    public void An_operator_that_nobody_knows_is_refused(string domain, string name)
    {
        ModelFolderException fault = AssertRefused(model =>
        {
            if (domain.Length > 0)
            {
                model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
            }

            NodeProto node = model.Graph.Node.First(node => node.OpType == "Sigmoid");
            (node.OpType, node.Domain) = (name, domain);
        });
        Assert.Contains(name, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../secret.bin")]
    [InlineData("secret.bin")]
    [InlineData("/etc/hostname")]
    public void Weights_in_another_file_are_refused_wherever_it_lies(string location)
    {
        _folder.Write("secret.bin", new string('x', 4096));
        _folder.Write("model/secret.bin", new string('x', 4096));
        ModelFolderException fault = AssertRefused(model =>
        {
            TensorProto table = model.Graph.Initializer.First(table => table.DataType == TensorProto.Types.DataType.Float && table.RawData.Length > 100);
            int index = model.Graph.Initializer.IndexOf(table);
            table.RawData = ByteString.Empty;
            byte[] entry = [.. Field(1, "location"u8), .. Field(2, Encoding.UTF8.GetBytes(location))];
            model.Graph.Initializer[index] = TensorProto.Parser.ParseFrom([.. table.ToByteArray(), .. Field(13, entry), 14 << 3, 1]);
        });
        Assert.Contains("another file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_files_give_typed_errors_only()
    {
        ExportedNetwork.Create(_folder["model"], classification: true, usesSymmetry: false);
        byte[] whole = File.ReadAllBytes(_folder["model/model.onnx"]);
        var random = new Random(3);
        for (int i = 0; i < 60; i++)
        {
            byte[] damaged = [.. whole];
            for (int k = 0; k < 1 + i % 20; k++)
            {
                damaged[random.Next(Math.Min(damaged.Length, i % 2 == 0 ? 4000 : damaged.Length))] = (byte)random.Next(256);
            }

            Accept(damaged[..(i % 3 == 0 ? random.Next(damaged.Length) : damaged.Length)]);
            try
            {
                CrystalPredictor.Open(_folder["model"], new ServingOptions { Device = ServingDevice.Cpu }).Dispose();
            }
            catch (ModelFolderException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
            }
        }
    }

    /// <summary>A field of bytes on the wire of protocol buffers, of fewer than 128 bytes.</summary>
    private static byte[] Field(int number, ReadOnlySpan<byte> bytes) => [(byte)(number << 3 | 2), (byte)bytes.Length, .. bytes];

    private ModelFolderException AssertRefused(Action<ModelProto> alter)
    {
        ExportedNetwork.Create(_folder["model"], classification: true, usesSymmetry: false);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder["model/model.onnx"]));
        alter(model);
        Accept(model.ToByteArray());
        return Assert.Throws<ModelFolderException>(() => CrystalPredictor.Open(_folder["model"], new ServingOptions { Device = ServingDevice.Cpu }).Dispose());
    }

    private void Accept(byte[] model)
    {
        File.WriteAllBytes(_folder["model/model.onnx"], model);
        ModelCard card = ModelCard.Read(_folder["model"]) with { ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(model)) };
        AtomicFile.WriteText(_folder["model/card.json"], card.ToJson());
    }
}
