import { homedir } from "node:os";
import { join } from "node:path";

/** A folder in the user's cache for what tests make once, for all checkouts. It need not be there yet. */
export function keptIn(name: string): string {
  return join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), `sip-dispatch-${name}`);
}
