// The peer of the stream: reads NDJSON and writes it again, by JSON.parse and JSON.stringify and nothing more.
import { createReadStream, writeSync } from "node:fs";

const decoder = new TextDecoder("utf-8", { fatal: true });
let rest = "";
for await (const chunk of createReadStream(process.argv[2], { highWaterMark: 2 ** 20 })) {
  const lines = (rest + decoder.decode(chunk, { stream: true })).split(/\r?\n/);
  rest = lines.pop() ?? "";
  const output = Buffer.from(lines.map((line) => `${JSON.stringify(JSON.parse(line))}\n`).join(""));
  for (let done = 0; done < output.length;) done += writeSync(1, output, done);
}
