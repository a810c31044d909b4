import type { MigrateOptions } from "./options.ts";
import { type ConfigProblem, type FieldReader, readFields } from "./fields.ts";
import { checkNamed } from "../checks/index.ts";
import { noFinding } from "../checks/unknown-id.ts";
import type { Silence } from "./silence.ts";
import { parseServer } from "../rule/server.ts";
import type { Value } from "../rule/value.ts";
import { readJson } from "../documents/json/read.ts";
import type { Position } from "../sources/position.ts";

/** The decisions of a repository, from its `sip-dispatch.config.json`. Patterns are those of .gitignore. */
export interface Config {
  include: string[];
  exclude: string[];
  /** Places that stay as they are, each with its reason. */
  silenced: ConfiguredSilence[];
  /** Files whose rules one server holds, and no rule of another environment with them. The first that matches counts. */
  environments: Environment[];
  /** Options for some of the files. Of several entries that match, the later one wins. */
  options: PathOptions[];
}

/** The files of one environment. */
export interface Environment {
  name: string;
  paths: string[];
}

/** A silence for the files that `path` matches. */
export interface ConfiguredSilence extends Silence, Position {
  path: string;
}

/** The options for the files that the pattern matches. */
interface PathOptions {
  path: string;
  options: Pick<MigrateOptions, "wrapperKey" | "inboundNumbersAs" | "server" | "trunkIds" | "nested">;
}

/** The keys that a config file may hold, and what each of its objects may; schema/config.schema.json says the same. */
export const KEYS = {
  config: ["$schema", "include", "exclude", "silenced", "environments", "options"],
  silenced: ["path", "name", "finding", "reason"],
  options: ["path", "wrapperKey", "inboundNumbersAs", "server", "trunks", "nested"],
} as const;

/** Reads a config file's text: JSON, comments allowed. Gives the first problem of any other text. */
export function readConfig(text: string): Config | ConfigProblem {
  return readFields(text, (reader) => {
    const read = readJson(text);
    return configIn("value" in read ? read.value : reader.refuse(read.at, read.message), reader);
  });
}

function configIn(value: Value, reader: FieldReader): Config {
  const fields = reader.fields(value, "the config", KEYS.config);
  return {
    include: patternsIn(fields.get("include"), reader),
    exclude: patternsIn(fields.get("exclude"), reader),
    silenced: reader.list(fields.get("silenced"), (item) => silencedIn(item, reader)),
    environments: environmentsIn(fields.get("environments"), reader),
    options: reader.list(fields.get("options"), (item) => optionsIn(item, reader)),
  };
}

function patternsIn(value: Value | undefined, reader: FieldReader): string[] {
  return reader.list(value, (item) => reader.filled(item, "a pattern"));
}

function filledIn(
  value: Value,
  fields: ReadonlyMap<string, Value>,
  key: string,
  reader: FieldReader,
): string {
  return reader.filled(reader.needed(value, fields, key), `\`${key}\``);
}

function silencedIn(value: Value, reader: FieldReader): ConfiguredSilence {
  const fields = reader.fields(value, "a silenced place", KEYS.silenced);
  const name = fields.get("name");
  const finding = fields.get("finding");
  return {
    ...reader.place(value.start),
    path: filledIn(value, fields, "path", reader),
    reason: filledIn(value, fields, "reason", reader),
    ...(name && { name: reader.text(name, "`name`") }),
    ...(finding && { findings: [findingIn(finding, reader)] }),
  };
}

function findingIn(value: Value, reader: FieldReader): string {
  const id = reader.text(value, "`finding`");
  return checkNamed(id) ? id : reader.refuse(value, noFinding(id));
}

function environmentsIn(value: Value | undefined, reader: FieldReader): Environment[] {
  if (!value) return [];
  const message = "`environments` is an object: a name, and the patterns of its files";
  const { members } = value.kind === "object" ? value : reader.refuse(value, message);
  const names = new Set<string>();
  return members.map(({ key, at, value: paths }) => {
    if (names.has(key)) reader.refuse(at, `\`${key}\` is given twice`);
    if (key.trim() === "") reader.refuse(at, "an environment has a name");
    names.add(key);
    return { name: key, paths: patternsIn(paths, reader) };
  });
}

function optionsIn(value: Value, reader: FieldReader): PathOptions {
  const fields = reader.fields(value, "an entry of `options`", KEYS.options);
  const options: PathOptions["options"] = {};
  for (const [key, field] of fields) {
    if (key === "wrapperKey") options.wrapperKey = reader.oneOf(field, ["dispatch_rule", "dispatchRule"]);
    if (key === "inboundNumbersAs")
      options.inboundNumbersAs = reader.oneOf(field, ["numbers", "inbound_numbers"]);
    if (key === "trunks") options.trunkIds = reader.list(field, (item) => reader.text(item, "a trunk's id"));
    if (key === "server") {
      const server = parseServer(reader.text(field, "`server`"));
      options.server = server ?? reader.refuse(field, "`server` takes a version such as 1.9.11, or cloud");
    }
    if (key === "nested") {
      options.nested =
        field.kind === "boolean" ? field.value : reader.refuse(field, "`nested` takes true or false");
    }
  }
  return { path: filledIn(value, fields, "path", reader), options };
}
