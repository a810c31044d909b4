// Decodes the descriptors of generated code when the command is built. protobuf-es does so at every start, and has to
// describe to itself first what a descriptor is: together a tenth of the time that one file takes.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fromBinary } from "@bufbuild/protobuf";
import { protoCamelCase } from "@bufbuild/protobuf/reflect";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

const standIn = fileURLToPath(new URL("stand-ins/file-desc.mjs", import.meta.url));

/** The files of Google's that LiveKit's descriptions hold; in nothing else does one occur. */
const protos = fileURLToPath(new URL("../proto/livekit/", import.meta.url));
const imported = new Set(
  readdirSync(protos).flatMap((name) =>
    [...readFileSync(`${protos}${name}`, "utf8").matchAll(/^import "(google\/[^"]+)"/gm)].map(
      ([, file]) => file,
    ),
  ),
);

/** A plugin, for our generated code and for that of protobuf-es. */
export const decodedDescriptors = {
  name: "decoded-descriptors",
  transform: {
    filter: { id: /_pb\.[jt]s$/ },
    handler(text, path) {
      const [, google] = /wkt\/(google\/.*)_pb\.js$/.exec(path) ?? [];
      const isUsed = google === undefined || imported.has(`${google}.proto`);
      return isUsed ? withoutDecoding(text, path) : withoutValues(text);
    },
  },
};

/** Generated code whose descriptor is an object already. */
function withoutDecoding(text, path) {
  const [call, encoded, imports = "[]"] = /\bfileDesc\("([^"]+)"(?:, (\[[^\]]*\]))?\)/.exec(text) ?? [];
  if (call === undefined) throw new Error(`${path} holds no descriptor`);
  const file = fromBinary(FileDescriptorProtoSchema, base64Decode(encoded));
  for (const one of file.messageType) nameFields(one);
  const defaults = [];
  const descriptor = literal(file, defaults);
  return [
    `import { laterFile } from ${JSON.stringify(standIn)};`,
    ...defaults.map((one, index) => `const defaults${index} = ${one};`),
    text
      .replace(call, () => `laterFile(() => (${descriptor}), ${imports})`)
      .replaceAll(/\b(messageDesc|enumDesc)\((\w+),/g, "$1(/*@__PURE__*/ $2(),"),
  ].join("\n");
}

/** The names alone, which others import: what describes descriptors is needed only where some are decoded. */
function withoutValues(text) {
  const names = [...text.matchAll(/^export (?:const|var) (\w+)/gm)].map(([, name]) => name);
  return names.map((name) => `export const ${name} = undefined;\n`).join("");
}

/** Fields are encoded without the names that they have in JSON, where these follow from their own. */
function nameFields({ field, nestedType }) {
  for (const one of field) if (!Object.hasOwn(one, "jsonName")) one.jsonName = protoCamelCase(one.name);
  for (const one of nestedType) nameFields(one);
}

/**
 * A message as code, as protobuf-es makes them: fields that are not set have their defaults in the prototype. These are
 * collected, each of them once. The fields of a message stand in a function, because few are ever asked for:
 * build/later-fields.mjs.
 */
function literal(value, defaults) {
  if (Array.isArray(value)) return `[${value.map((item) => literal(item, defaults)).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const { field, ...others } = value;
  const members = Object.entries(others).map(([key, item]) => `${key}: ${literal(item, defaults)}`);
  const prototype = JSON.stringify(Object.getPrototypeOf(value));
  if (!defaults.includes(prototype)) defaults.push(prototype);
  if (field?.length > 0) members.push(`get field() { return ${literal(field, defaults)}; }`);
  return `{__proto__: defaults${defaults.indexOf(prototype)}, ${members.join()}}`;
}
