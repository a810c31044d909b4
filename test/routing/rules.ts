import type { JsonObject } from "@bufbuild/protobuf";
import { Router } from "../../src/routing/match.ts";
import type { Setup } from "../../src/routing/route.ts";
import { rulesIn } from "../../src/run/rules-in-text.ts";
import type { WrittenRule } from "../../src/routing/written-rules.ts";
import type { Trunk } from "../../src/routing/trunks.ts";
import { NEW } from "./calls-and-rules.ts";

/** The rules that stand in a file `rules.json` as these objects, one a line. */
export async function written(...objects: JsonObject[]): Promise<WrittenRule[]> {
  const lines = objects.map((object) => JSON.stringify(object));
  return (await rulesIn("rules.json", `[${lines.join(",\n")}]`)).rules;
}

export function setupOf(rules: readonly WrittenRule[], trunks?: Trunk[]): Setup {
  const labelled = rules.map((rule) => ({ label: rule, info: rule.info }));
  return { router: new Router(labelled, NEW), server: NEW, trunks };
}

/** A bare rule with a name, an id made of it, and a room of that name. */
export function info(name: string, more: JsonObject = {}, pin = ""): JsonObject {
  const rule = { dispatchRuleDirect: { roomName: name, pin } };
  return { sipDispatchRuleId: `SDR_${name}`, name, rule, ...more };
}

export function trunk(id: string, more: Partial<Trunk> = {}): Trunk {
  return { id, name: "", numbers: [], allowedNumbers: [], allowedAddresses: [], ...more };
}
