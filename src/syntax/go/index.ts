import type { Reading } from "../syntax.ts";
import { commandsIn } from "./commands.ts";
import { fileMentions } from "./mentions.ts";
import { Program } from "./program.ts";
import { responseNotices } from "./responses.ts";

/** What Go does with files, commands and LiveKit's answers. Requests in it are found in `code/`. */
export function readGo(text: string): Pick<Reading, "regions" | "mentions" | "notices"> {
  const program = new Program(text);
  return { regions: commandsIn(program), mentions: fileMentions(program), notices: responseNotices(program) };
}
