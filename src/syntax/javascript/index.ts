import type { Reading } from "../syntax.ts";
import { commandsIn } from "./commands.ts";
import { fileMentions } from "./mentions.ts";
import { responseNotices } from "./responses.ts";
import { Script } from "./script.ts";

/** What JavaScript and TypeScript do with files, commands and LiveKit's answers. Requests in them are found in `code/`. */
export function readScript(text: string): Pick<Reading, "regions" | "mentions" | "notices"> {
  const script = new Script(text);
  return { regions: commandsIn(script), mentions: fileMentions(script), notices: responseNotices(script) };
}
