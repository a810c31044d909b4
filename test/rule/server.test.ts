import { expect, test } from "vitest";
import { parseServer, supports } from "../../src/rule/server.ts";

test.for(["1.9.11", "v1.9.11"])("reads %s", (text) => {
  expect(parseServer(text)).toEqual({ cloud: false, version: [1, 9, 11] });
});

test("reads cloud", () => {
  expect(parseServer("cloud")).toEqual({ cloud: true });
});

test.for([
  "",
  "1.9",
  "1.9.11-rc1",
  "V1.9.11",
  "1.9.x",
  "Cloud",
  " 1.9.11",
  "1.9.11.0",
  "1.9.123456",
  "-1.9.11",
])("does not read %j", (text) => {
  expect(parseServer(text)).toBeUndefined();
});

test.for([
  { feature: "wrapper", before: "1.8.4", since: "1.9.0" },
  { feature: "numbers", before: "1.9.10", since: "1.9.11" },
  { feature: "noRandomness", before: "1.9.12", since: "1.10.0" },
  { feature: "repeatedTrunkNumbers", before: "1.11.0", since: "1.12.0" },
  { feature: "rejection", before: "1.13.7", since: "1.13.8" },
  { feature: "hiddenEmptyCaller", before: "1.13.7", since: "1.13.8" },
] as const)("$feature since $since", ({ feature, before, since }) => {
  const known = [before, since, "2.0.0", "cloud"].map((text) => {
    const server = parseServer(text);
    return server && supports(server, feature);
  });
  expect(known).toEqual([false, true, true, true]);
});
