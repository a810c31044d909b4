import { describe, expect, it } from "vitest";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { runMigration } from "../../src/run/run.ts";
import { MEMORY, put, useTemporaryFolder } from "../files/temporary.ts";
import { DRY_RUN } from "./settings.ts";

const FLAT = { name: "desk", rule: { dispatchRuleDirect: { roomName: "desk" } } };
const url = (method: string): string => `https://example.com/twirp/livekit.SIP/${method}`;

/** A collection of Postman with one request. */
const postman = (address: unknown, raw: unknown): string =>
  JSON.stringify({ item: [{ request: { url: address, body: { mode: "raw", raw } } }] }, null, 2);

describe("what a collection of requests sends", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each([
    ["an update", "c.json", postman(url("UpdateSIPDispatchRule"), JSON.stringify(FLAT)), "update-evidence"],
    [
      "an update, with its address in parts",
      "c.json",
      postman({ raw: `${url("UpdateSIPDispatchRule")}?x=1`, host: ["example"] }, JSON.stringify(FLAT)),
      "update-evidence",
    ],
    ["a create", "c.json", postman(url("CreateSIPDispatchRule"), JSON.stringify(FLAT)), "create-evidence"],
    ["an object for an update", "c.json", postman(url("UpdateSIPDispatchRule"), FLAT), "update-evidence"],
    ["an object for a create", "c.json", postman(url("CreateSIPDispatchRule"), FLAT), "create-evidence"],
    ["an object for who knows what", "c.json", postman("{{url}}", FLAT), "nested"],
    ["a string for who knows what", "c.json", postman("{{url}}", JSON.stringify(FLAT)), "assumed-create"],
    [
      "another request of the same collection",
      "c.json",
      JSON.stringify([
        { url: url("UpdateSIPDispatchRule"), body: "{}" },
        { url: "{{url}}", body: JSON.stringify(FLAT) },
      ]),
      "assumed-create",
    ],
    [
      "a node of a workflow (n8n)",
      "n8n.json",
      JSON.stringify({
        nodes: [{ parameters: { url: url("UpdateSIPDispatchRule"), jsonBody: JSON.stringify(FLAT) } }],
      }),
      "update-evidence",
    ],
    [
      "what a browser recorded",
      "c.har",
      JSON.stringify({
        log: {
          entries: [
            {
              request: {
                url: url("UpdateSIPDispatchRule"),
                postData: { text: JSON.stringify(FLAT) },
              },
            },
          ],
        },
      }),
      "update-evidence",
    ],
    [
      "an address that a template begins",
      "steps.json",
      JSON.stringify({ url: "{{ host }}/UpdateSIPDispatchRule", body: JSON.stringify(FLAT) }),
      "update-evidence",
    ],
    [
      "a step in YAML",
      "steps.yaml",
      `steps:\n  - url: ${url("UpdateSIPDispatchRule")}\n    body: |\n      ${JSON.stringify(FLAT)}\n`,
      "update-evidence",
    ],
  ])("%s", async (_, path, text, reason) => {
    put(folder.path, path, text);
    const { results } = await runMigration([folder.path], DRY_RUN);
    const reasons = results.flatMap(({ sites }) => sites.map((site) => site.reason));
    expect(reasons.filter((one) => one !== "not-a-request")).toEqual([reason]);
  });

  it("is migrated at its depth without --nested", async () => {
    const text = postman(url("CreateSIPDispatchRule"), FLAT);
    const { newText = "" } = await migrateText("c.json", text);
    expect(JSON.parse(newText)).toEqual(
      JSON.parse(postman(url("CreateSIPDispatchRule"), { dispatch_rule: FLAT })),
    );
  });
});
