// Runs models of onnxruntime-web on the arrays of the contract and nothing else; the same under Node and in a browser.
// `ort` is the module, `read` gives the bytes of a file of the case folder.
export async function runCases(ort, read) {
  ort.env.wasm.numThreads = 1;
  const json = async (file) => JSON.parse(new TextDecoder().decode(await read(file)));
  const results = {};
  for (const { name, model, batches } of await json("cases.json")) {
    const session = await ort.InferenceSession.create(await read(model));
    results[name] = [];
    for (const batch of batches) {
      const { arrays } = await json(`${batch}.json`);
      const feeds = Object.fromEntries(Object.entries(arrays).map(([input, { type, shape, values }]) =>
        [input, new ort.Tensor(type, type === "int64" ? BigInt64Array.from(values, BigInt) : Float32Array.from(values), shape)]));
      const outputs = await session.run(feeds);
      results[name].push(Object.fromEntries(Object.entries(outputs).map(([output, { data }]) => [output, Array.from(data)])));
    }
    await session.release();
  }
  return results;
}
