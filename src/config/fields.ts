import { nearest } from "../rule/suggestion.ts";
import type { Value } from "../rule/value.ts";
import { type Position, positions } from "../sources/position.ts";

/** A mistake in a config, or in a file of routing tests: a sentence without its full stop. */
export interface ConfigProblem extends Position {
  message: string;
}

/** Returns what `read` makes of a text, or the first problem for which the reader refuses it. */
export function readFields<T>(text: string, read: (reader: FieldReader) => T): T | ConfigProblem {
  try {
    return read(new FieldReader(text));
  } catch (error) {
    if (error instanceof Refused) return error.problem;
    throw error;
  }
}

/** Thrown inside this file alone: a file is taken whole or not at all. */
class Refused extends Error {
  readonly problem: ConfigProblem;

  constructor(problem: ConfigProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Reads the values of a text that has to have a certain shape, and refuses it where it has not. */
export class FieldReader {
  readonly place: (offset: number) => Position;

  constructor(text: string) {
    this.place = positions(text);
  }

  /** The values of an object by their keys, each of which is one of these and stands there once. */
  fields(value: Value, what: string, keys: readonly string[]): Map<string, Value> {
    const { members } = value.kind === "object" ? value : this.#refuseKind(value, `${what} is an object`);
    const fields = new Map<string, Value>();
    for (const { key, at, value: field } of members) {
      if (!keys.includes(key)) {
        const near = nearest(key, keys);
        const hint = near === undefined ? `it takes ${keys.join(", ")}` : `did you mean \`${near}\`?`;
        this.refuse(at, `${what} has no key \`${key}\`; ${hint}`);
      }
      if (fields.has(key)) this.refuse(at, `\`${key}\` is given twice`);
      fields.set(key, field);
    }
    return fields;
  }

  /** The value of a key of an object that has to have it. */
  needed(object: Value, fields: ReadonlyMap<string, Value>, key: string): Value {
    return fields.get(key) ?? this.refuse(object, `\`${key}\` is missing here`);
  }

  /** A string that says something. */
  filled(value: Value, what: string): string {
    const text = this.text(value, what);
    return text.trim() === "" ? this.refuse(value, `${what} is empty`) : text;
  }

  /** The items of a list; none where it is not given. */
  list<T>(value: Value | undefined, of: (item: Value) => T): T[] {
    if (!value) return [];
    return value.kind === "array" ? value.items.map(of) : this.#refuseKind(value, "a list belongs here");
  }

  text(value: Value, what: string): string {
    return value.kind === "string" ? value.value : this.refuse(value, `${what} is a string`);
  }

  oneOf<T extends string>(value: Value, choices: readonly T[]): T {
    const chosen = choices.find((choice) => value.kind === "string" && value.value === choice);
    return chosen ?? this.refuse(value, `one of ${choices.join(", ")} belongs here`);
  }

  #refuseKind(value: Value, message: string): never {
    const given = value.kind === "code" ? `, and \`${value.raw}\` is not followed` : "";
    return this.refuse(value, message + given);
  }

  /** Ends the reading, for what stands at this place. */
  refuse({ start }: { start: number }, message: string): never {
    throw new Refused({ ...this.place(start), message });
  }
}
