import type { Checked, Replaced } from "../run/check.ts";
import { commandWord } from "../rule/command-words.ts";
import { sentence } from "./outcome-words.ts";
import { migrationContext, siteCallLines } from "./migration-calls.ts";
import { redactJson } from "./redact.ts";
import { ruleRows } from "./rule-rows.ts";
import { escapedJson, type Shown, styleFor, visible, wrapWords } from "./style.ts";

type Rule = Replaced["rules"][number];

/** The line that repairs a rule on its server, or why there is none: a sentence without its full stop. */
export function replacementLine(
  { info, replacement, site: { after } }: Rule,
  redact: boolean,
): { line: string } | { barred: string } {
  if ("barred" in replacement) return replacement;
  if (redact && JSON.stringify(redactJson(after)) !== JSON.stringify(after))
    return { barred: "`--redact` hides a value that an update has to repeat" };
  const id = info.sipDispatchRuleId;
  if (id === "") return { barred: "the listing does not tell its id" };
  return {
    line: `printf '%s' ${commandWord(escapedJson(JSON.stringify(after)))} | lk sip dispatch update --id ${commandWord(id)} -`,
  };
}

/**
 * The repairs of rules on a server, as a script to be read and then run: each line replaces a whole rule and keeps its
 * id. The calls that change stand before it.
 */
export function checkLk({ replacements }: Checked, { redact }: { redact: boolean }): string {
  const { rules, calls } = replacements;
  if (rules.length === 0) return "# Nothing here is repaired by a line of `lk`.\n";
  const style = styleFor(false, 78);
  const shown = { style, redact };
  const context = calls && migrationContext(calls, shown);
  const blocks = rules.map((rule) => {
    const { finding } = rule.replacement;
    const made = replacementLine(rule, redact);
    const changes =
      "line" in made ? [...rowsOf(rule, shown), ...(context ? siteCallLines(rule.site, context) : [])] : [];
    const comments = [
      ...wrapWords(`${nameOf(rule.info)}: ${visible(sentence(finding.message))}`, style.width),
      ...("barred" in made ? wrapWords(`No repair: ${visible(made.barred)}.`, style.width) : []),
      ...changes,
    ];
    return [...comments.map((text) => `# ${text}`), ...("line" in made ? [made.line] : [])].join("\n");
  });
  return `${[HEAD, ...blocks].join("\n\n")}\n`;
}

const HEAD = `#!/bin/sh
# Repairs by sip-dispatch. Read them, then run them: each replaces a whole rule, which keeps its id.
set -eu`;

function rowsOf({ site }: Rule, shown: Shown): string[] {
  return site.routing ? ruleRows(site.routing.server, site.routing.after, [], shown) : [];
}

function nameOf({ sipDispatchRuleId, name }: Rule["info"]): string {
  return visible(name === "" ? sipDispatchRuleId : `${sipDispatchRuleId} (${name})`);
}
