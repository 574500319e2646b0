// Predictions in JavaScript, from the arrays that the model takes: ./faithful arrays POSCAR --model cann-tqc --out arrays.json
//
//     npm install onnxruntime-web && node notebooks/predict.mjs onnx/cann-tqc arrays.json
import { readFileSync } from "node:fs";

const [folder, file, runtime = "onnxruntime-web"] = process.argv.slice(2);
const ort = await import(runtime);
ort.env.wasm.numThreads = 1;
const { task: { classes, unit }, calibration } = JSON.parse(readFileSync(`${folder}/card.json`, "utf8"));
const temperature = calibration?.method === "temperature" ? calibration.value : 1; // as ./faithful predict applies it
const { crystals, arrays } = JSON.parse(readFileSync(file, "utf8"));
const feeds = Object.fromEntries(Object.entries(arrays).map(([name, { type, shape, values }]) =>
  [name, new ort.Tensor(type, type === "int64" ? BigInt64Array.from(values, BigInt) : Float32Array.from(values), shape)]));
const session = await ort.InferenceSession.create(new Uint8Array(readFileSync(`${folder}/model.onnx`)));
const { probabilities, value } = await session.run(feeds);
crystals.forEach((id, i) => {
  const row = probabilities ? Array.from(probabilities.data.slice(i * classes.length, (i + 1) * classes.length), p => p ** (1 / temperature)) : [];
  const best = Math.max(...row), sum = row.reduce((a, b) => a + b, 0);
  console.log(id, value ? `${value.data[i].toFixed(4)} ${unit}` : `${classes[row.indexOf(best)]} ${(best / sum).toFixed(4)}`);
});
