import type { Syntax } from "../syntax.ts";
import { mayHoldRequest } from "../trigger.ts";
import { findRegions } from "./regions.ts";
import { readScript } from "./read.ts";
import { transcript } from "./transcript.ts";

/**
 * Shell scripts, and any piece of shell text: heredocs, quoted JSON and quoted scripts are regions. In what was typed
 * at a prompt the regions are the commands.
 */
export const shell: Syntax = {
  read(text) {
    const nothing = { sites: [], regions: [], problems: [], comments: [], refused: [] };
    if (!mayHoldRequest(text)) return nothing;
    const regions = transcript(text);
    return regions ? { ...nothing, regions } : { ...nothing, ...findRegions(text, readScript(text)) };
  },
  wrap: () => [],
};
