import type { Node } from "../../engine/tree.ts";
import { doubt, type Search } from "./search.ts";

/** Doubts a value that is handed out before it is finished, and so may be read half done. `value` is what is followed. */
export function checkOrder(search: Search, value: Node): void {
  for (const out of search.handedOut) {
    const write = search.writes.find((one) => one.start > out.start || shareLoop(one, out, value));
    if (!write) continue;
    doubt(search, out, "early");
    return;
  }
}

/** Tells whether two nodes run again and again in one loop, for a value that is older than the loop. */
function shareLoop(a: Node, b: Node, value: Node): boolean {
  for (let loop = a.within(...LOOPS); loop; loop = loop.within(...LOOPS)) {
    if (loop.holds(b) && !loop.holds(value)) return true;
  }
  return false;
}

const LOOPS = ["for_statement", "while_statement"];
