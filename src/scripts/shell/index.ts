import type { Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { findRegions } from "./regions.ts";
import { readScript } from "./parse.ts";
import { transcript } from "./transcript.ts";

/**
 * Shell scripts, and any piece of shell text: heredocs, quoted JSON and quoted scripts are regions. In what was typed
 * at a prompt the regions are the commands, and the files that they printed.
 */
export const shell: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const nothing = { sites: [], regions: [], problems: [], comments: [], refused: [] };
    const isRead = isWorth(text);
    const typed = isRead ? transcript(text, isWorth) : undefined;
    if (typed) return { ...nothing, ...typed };
    const script = readScript(text);
    return { ...nothing, ...(isRead && findRegions(text, script, isWorth)), script };
  },
  wrap: () => [],
};
