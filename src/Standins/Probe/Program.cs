using Microsoft.ML.OnnxRuntime;
using TorchSharp;

// Both calls load a native library.
using var options = new SessionOptions();
using var ones = torch.ones(2, 2);
return ones.sum().item<float>() == 4 ? 0 : 1;
