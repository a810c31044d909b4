import type { ObjectValue, Value } from "../../rule/value.ts";
import { languageNamed } from "../../sources/languages.ts";

/**
 * The ids of the languages of scripts that are for no shell, by where each begins: `shell: python` beside `run`, or in
 * the defaults of a workflow or job; JavaScript, where an action of GitHub's runs the `script` that it is given.
 */
export function scriptLanguages(documents: readonly Value[]): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const open = documents.map((value): { value: Value; preset: string | undefined } => ({
    value,
    preset: undefined,
  }));
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, preset } = next;
    if (value.kind === "array") for (const item of value.items) open.push({ value: item, preset });
    if (value.kind !== "object") continue;
    const run = memberOf(value, "run");
    const language = shellOf(value) ?? preset;
    if (run?.kind === "string" && language !== undefined && language !== "shell")
      found.set(run.start, language);
    const uses = memberOf(value, "uses");
    const script = memberOf(memberOf(value, "with"), "script");
    if (uses?.kind === "string" && RUNS_JAVASCRIPT.test(uses.value) && script?.kind === "string")
      found.set(script.start, "javascript");
    const defaults = memberOf(value, "defaults");
    const inner = memberOf(defaults, "run");
    const own = (inner?.kind === "object" ? shellOf(inner) : undefined) ?? preset;
    for (const member of value.members) open.push({ value: member.value, preset: own });
  }
  return found;
}

const RUNS_JAVASCRIPT = /\bgithub-script@/;

/** `shell: python {0}` */
function shellOf(mapping: ObjectValue): string | undefined {
  const shell = memberOf(mapping, "shell");
  const [program = ""] = shell?.kind === "string" ? shell.value.trim().split(/\s/, 1) : [];
  return program === "" ? undefined : languageNamed(program.replace(/^.*\//, ""))?.id;
}

function memberOf(value: Value | undefined, key: string): Value | undefined {
  return value?.kind === "object" ? value.members.find((member) => member.key === key)?.value : undefined;
}
