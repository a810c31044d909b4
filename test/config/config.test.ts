import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KEYS, readConfig } from "../../src/config/config.ts";

describe("a config file", () => {
  it("is read whole", () => {
    const text = `{
      // comments are fine
      "$schema": "./node_modules/sip-dispatch/schema/config.schema.json",
      "include": ["sip/"],
      "exclude": ["*.old.json"],
      "silenced": [
        { "path": "docs/", "name": "demo", "reason": "shows the old form" },
        { "path": "ops/", "finding": "delete-refuses-id", "reason": "our own lk takes it" }
      ],
      "options": [
        { "path": "legacy/", "inboundNumbersAs": "inbound_numbers", "server": "1.9.11",
          "trunks": ["ST_A"], "nested": true, "wrapperKey": "dispatchRule" }
      ]
    }`;
    expect(readConfig(text)).toMatchObject({
      include: ["sip/"],
      exclude: ["*.old.json"],
      silenced: [
        { path: "docs/", name: "demo", reason: "shows the old form", line: 7, column: 9 },
        { path: "ops/", findings: ["delete-refuses-id"], reason: "our own lk takes it", line: 8, column: 9 },
      ],
      options: [
        {
          path: "legacy/",
          options: {
            inboundNumbersAs: "inbound_numbers",
            trunkIds: ["ST_A"],
            nested: true,
            wrapperKey: "dispatchRule",
          },
        },
      ],
    });
  });

  it("may be empty", () => {
    expect(readConfig("{}")).toEqual({
      include: [],
      exclude: [],
      silenced: [],
      environments: [],
      options: [],
    });
  });

  it.each([
    ["not JSON", "{", /ends inside/, 1, 2],
    ["no object", "[]", /the config is an object/, 1, 1],
    ["an unknown key", '{\n "ignore": []}', /the config has no key `ignore`/, 2, 2],
    ["a misspelled key", '{"exclud": []}', /did you mean `exclude`\?/, 1, 2],
    ["a key twice", '{"include": [], "include": []}', /`include` is given twice/, 1, 17],
    ["a string for a list", '{"include": "sip/"}', /a list belongs here/, 1, 13],
    ["an empty pattern", '{"include": [""]}', /a pattern is empty/, 1, 14],
    ["a silence without a reason", '{"silenced": [{"path": "a"}]}', /`reason` is missing/, 1, 15],
    [
      "a silence with an empty reason",
      '{"silenced": [{"path": "a", "reason": " "}]}',
      /`reason` is empty/,
      1,
      39,
    ],
    [
      "a finding that is none",
      '{"silenced": [{"path": "a", "finding": "delete-refuse-id", "reason": "why"}]}',
      /there is no finding `delete-refuse-id`; did you mean `delete-refuses-id`\?/,
      1,
      40,
    ],
    ["environments that are a list", '{"environments": ["sip/"]}', /`environments` is an object/, 1, 18],
    ["an environment twice", '{"environments": {"a": [], "a": []}}', /`a` is given twice/, 1, 28],
    [
      "a server that is none",
      '{"options": [{"path": "a", "server": "new"}]}',
      /`server` takes a version/,
      1,
      38,
    ],
    [
      "a filter that is none",
      '{"options": [{"path": "a", "inboundNumbersAs": "to"}]}',
      /one of numbers/,
      1,
      48,
    ],
  ])("is refused with its place: %s", (_, text, message, line, column) => {
    const read = readConfig(text);
    expect(read).toMatchObject({ line, column });
    expect("message" in read && read.message).toMatch(message);
  });

  it("has the keys that its schema names", () => {
    const schema: {
      properties: object;
      definitions: Record<"silenced" | "options", { properties: object }>;
    } = JSON.parse(readFileSync(join(import.meta.dirname, "../../schema/config.schema.json"), "utf8"));
    const { silenced, options } = schema.definitions;
    expect(Object.keys(schema.properties)).toEqual([...KEYS.config]);
    expect(Object.keys(silenced.properties)).toEqual([...KEYS.silenced]);
    expect(Object.keys(options.properties)).toEqual([...KEYS.options]);
  });
});
