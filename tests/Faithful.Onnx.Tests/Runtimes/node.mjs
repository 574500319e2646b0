// node node.mjs <onnxruntime-web's module> <case folder>
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { runCases } from "./cases.mjs";

const [module, folder] = process.argv.slice(2);
const ort = await import(pathToFileURL(module));
const results = await runCases(ort, async (file) => new Uint8Array(await readFile(`${folder}/${file}`)));
await writeFile(`${folder}/results.json`, JSON.stringify(results));
