import type { MigrateOptions } from "./options.ts";
import { checkNamed } from "../checks/index.ts";
import { noFinding } from "../checks/unknown-id.ts";
import type { Silence } from "./silence.ts";
import { nearest } from "../rule/suggestion.ts";
import { parseServer } from "../rule/server.ts";
import type { ObjectValue, Value } from "../rule/value.ts";
import { readJson } from "../documents/json/read.ts";
import { type Position, positions } from "../sources/position.ts";

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

/** A mistake in a config, or in a file of routing tests: a sentence without its full stop. */
export interface ConfigProblem extends Position {
  message: string;
}

/** The keys that a config file may hold, and what each of its objects may; schema/config.schema.json says the same. */
export const KEYS = {
  config: ["$schema", "include", "exclude", "silenced", "environments", "options"],
  silenced: ["path", "name", "finding", "reason"],
  options: ["path", "wrapperKey", "inboundNumbersAs", "server", "trunks", "nested"],
} as const;

/** Reads a config file's text: JSON, comments allowed. Gives the first problem of any other text. */
export function readConfig(text: string): Config | ConfigProblem {
  const place = positions(text);
  const read = readJson(text);
  if (!("value" in read)) return { ...place(read.at.start), message: read.message };
  try {
    return new Reader(place).config(read.value);
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
}

/** Thrown inside this file alone: a config is taken whole or not at all. */
class Refused extends Error {
  readonly problem: ConfigProblem;
  constructor(problem: ConfigProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

class Reader {
  readonly #place: (offset: number) => Position;

  constructor(place: (offset: number) => Position) {
    this.#place = place;
  }

  config(value: Value): Config {
    const fields = this.#fields(value, "the config", KEYS.config);
    return {
      include: this.#list(fields.get("include"), (item) => this.#filled(item, "a pattern")),
      exclude: this.#list(fields.get("exclude"), (item) => this.#filled(item, "a pattern")),
      silenced: this.#list(fields.get("silenced"), (item) => this.#silenced(item)),
      environments: this.#environments(fields.get("environments")),
      options: this.#list(fields.get("options"), (item) => this.#options(item)),
    };
  }

  #silenced(value: Value): ConfiguredSilence {
    const fields = this.#fields(value, "a silenced place", KEYS.silenced);
    const name = fields.get("name");
    const finding = fields.get("finding");
    return {
      ...this.#place(value.start),
      path: this.#needed(value, fields, "path"),
      reason: this.#needed(value, fields, "reason"),
      ...(name && { name: this.#text(name, "`name`") }),
      ...(finding && { findings: [this.#finding(finding)] }),
    };
  }

  #finding(value: Value): string {
    const id = this.#text(value, "`finding`");
    return checkNamed(id) ? id : this.#refuse(value, noFinding(id));
  }

  #environments(value: Value | undefined): Environment[] {
    if (!value) return [];
    const message = "`environments` is an object: a name, and the patterns of its files";
    const { members } = value.kind === "object" ? value : this.#refuse(value, message);
    const names = new Set<string>();
    return members.map(({ key, at, value: paths }) => {
      if (names.has(key)) this.#refuse(at, `\`${key}\` is given twice`);
      if (key.trim() === "") this.#refuse(at, "an environment has a name");
      names.add(key);
      return { name: key, paths: this.#list(paths, (item) => this.#filled(item, "a pattern")) };
    });
  }

  #options(value: Value): PathOptions {
    const fields = this.#fields(value, "an entry of `options`", KEYS.options);
    const options: PathOptions["options"] = {};
    for (const [key, field] of fields) {
      if (key === "wrapperKey") options.wrapperKey = this.#oneOf(field, ["dispatch_rule", "dispatchRule"]);
      if (key === "inboundNumbersAs")
        options.inboundNumbersAs = this.#oneOf(field, ["numbers", "inbound_numbers"]);
      if (key === "trunks") options.trunkIds = this.#list(field, (item) => this.#text(item, "a trunk's id"));
      if (key === "server") {
        const server = parseServer(this.#text(field, "`server`"));
        options.server = server ?? this.#refuse(field, "`server` takes a version such as 1.9.11, or cloud");
      }
      if (key === "nested") {
        options.nested =
          field.kind === "boolean" ? field.value : this.#refuse(field, "`nested` takes true or false");
      }
    }
    return { path: this.#needed(value, fields, "path"), options };
  }

  #fields(value: Value, what: string, keys: readonly string[]): Map<string, Value> {
    const object = value.kind === "object" ? value : this.#refuse(value, `${what} is an object`);
    const fields = new Map<string, Value>();
    for (const member of (object satisfies ObjectValue).members) {
      const { key, at } = member;
      if (!keys.includes(key)) {
        const near = nearest(key, keys);
        this.#refuse(at, `${what} has no \`${key}\`${near ? `; did you mean \`${near}\`?` : ""}`);
      }
      if (fields.has(key)) this.#refuse(at, `\`${key}\` is given twice`);
      fields.set(key, member.value);
    }
    return fields;
  }

  #needed(value: Value, fields: ReadonlyMap<string, Value>, key: string): string {
    const field = fields.get(key) ?? this.#refuse(value, `\`${key}\` is missing here`);
    return this.#filled(field, `\`${key}\``);
  }

  #filled(value: Value, what: string): string {
    const text = this.#text(value, what);
    return text.trim() === "" ? this.#refuse(value, `${what} is empty`) : text;
  }

  #list<T>(value: Value | undefined, of: (item: Value) => T): T[] {
    if (!value) return [];
    return value.kind === "array" ? value.items.map(of) : this.#refuse(value, "a list belongs here");
  }

  #text(value: Value, what: string): string {
    return value.kind === "string" ? value.value : this.#refuse(value, `${what} is a string`);
  }

  #oneOf<T extends string>(value: Value, choices: readonly T[]): T {
    const chosen = choices.find((choice) => value.kind === "string" && value.value === choice);
    return chosen ?? this.#refuse(value, `one of ${choices.join(", ")} belongs here`);
  }

  #refuse({ start }: { start: number }, message: string): never {
    throw new Refused({ ...this.#place(start), message });
  }
}
