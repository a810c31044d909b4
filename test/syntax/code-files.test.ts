import { describe, expect, it } from "vitest";
import { filesIn } from "../../src/syntax/code/files.ts";

describe("files in a language that is not followed", () => {
  it.each([
    ["names", 'a = File.read("a.json")\n'],
    ["lookups", 'a = a["name"]\n'],
    ["types", "a: a, "],
    ["commands without an end", '"lk dispatch dispatch '],
    ["quotes", "\"'`"],
  ])("are looked for in very many %s", (_, line) => {
    const { mentions } = filesIn(`a = File.read("a.json")\n${line.repeat(50_000)}`);
    expect(mentions).toBeDefined();
  });
});
