using Faithful.Crystals;
using Faithful.Crystals.Formats.Poscar;
using Faithful.Models;
using Faithful.Serving;

namespace Faithful.Onnx.Tests.Samples;

/// <summary>README, other runtimes: C# with Faithful.Serving.</summary>
internal static class ServingSample
{
    /// <summary>Predicts a POSCAR.</summary>
    public static Prediction Predict(string folder, string file)
    {
        using var predictor = CrystalPredictor.Open(folder);
        Crystal crystal = PoscarReader.Read(file).Crystal;
        return predictor.Predict([("mine", crystal)])[0];
    }
}
