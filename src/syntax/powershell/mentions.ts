import type { Mention, Notice, Region } from "../syntax.ts";
import type { Code } from "./code.ts";
import { follow } from "./follow.ts";
import { asksForWrapper } from "./value.ts";

/** What is worth following a script for. */
const SPEAKS =
  /sip[^a-z0-9]{1,8}dispatch|SIPDispatchRule|set-content|out-file|copy-item|convertfrom-json|writealltext/i;

/**
 * What a script does with requests in files, and in its own strings, in the order of the text, without what is read by
 * lines that know both forms; and which of its commands are wrong.
 */
export function mentionsIn(
  code: Code,
  regions: readonly Region[],
): { mentions: Mention[]; notices: Notice[] } {
  if (!SPEAKS.test(code.text)) return { mentions: [], notices: [] };
  const { mentions, notices } = follow(code, regions);
  const known = new Set(mentions.filter(asksForWrapper).flatMap(({ file }) => file ?? []));
  const said = mentions
    .filter(({ does, file }) => does !== "read" || file === undefined || !known.has(file))
    .toSorted((a, b) => a.at.start - b.at.start);
  return { mentions: said, notices };
}
