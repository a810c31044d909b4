import type { MigrateOptions } from "../config/options.ts";
import { sizeInWords } from "../files/error-words.ts";
import type { CodeValue, Value } from "../rule/value.ts";
import { languageWithId } from "../sources/languages.ts";
import { placeholderEnd } from "../sources/placeholder-end.ts";
import { readYaml } from "../documents/yaml/read.ts";
import { type Conversion, convertValue, refuse, type Target } from "./convert.ts";

/** Converts a YAML text that holds one request in any form, or one bare info. */
export function convertYaml(text: string, to: Target, options: MigrateOptions): Conversion {
  const top = { start: 0, end: 0 };
  const { limit } = languageWithId("yaml");
  if (Buffer.byteLength(text) > limit) {
    return refuse(top, `this YAML is over ${sizeInWords(limit)}, the limit`, "Give one request.");
  }
  const read = readYaml(text);
  if ("message" in read) return refuse(read.at, read.message, "Fix it, then run this again.");
  const [document, second] = read.documents;
  if (!document) return refuse(top, "this holds nothing", "Give one request.");
  if (second) {
    const next = "Give one of them, or rewrite the file with `sip-dispatch migrate`.";
    return refuse(second.value, "a second document begins here", next);
  }
  const { value, marks, hindrances } = document;
  const code = firstCode(value);
  const isPlaceholder = code && placeholderEnd(code.raw, 0) === code.raw.length;
  const built = marks[0] ?? [...hindrances.keys()][0] ?? (isPlaceholder ? undefined : code);
  if (built) {
    const next = "Write out what it stands for, or rewrite the file with `sip-dispatch migrate`.";
    return refuse(built, "anchors, aliases, `<<` and custom tags are not supported", next);
  }
  return convertValue(value, code, to, options);
}

/** Where the first expression stands: a placeholder, or what a tag makes. The reader has bounded the depth. */
function firstCode(value: Value): CodeValue | undefined {
  if (value.kind === "code") return value;
  const inner = value.kind === "object" ? value.members.map((member) => member.value) : [];
  for (const one of value.kind === "array" ? value.items : inner) {
    const found = firstCode(one);
    if (found) return found;
  }
  return undefined;
}
