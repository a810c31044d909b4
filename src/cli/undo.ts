import { sep } from "node:path";
import type { InferredOptionTypes, Options } from "yargs";
import type { UndoneFile } from "../files/journal/undo.ts";
import { complaint } from "../report/error-text.ts";
import { visible } from "../report/style.ts";
import { counted, grouped } from "../rule/count-words.ts";
import { displayPath } from "../files/paths.ts";
import { realPath } from "../files/there.ts";
import type { Command } from "./command.ts";
import { print } from "./output.ts";
import { say } from "./say.ts";

const OPTIONS = {
  list: { type: "boolean", describe: "Show the runs that can be undone" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof OPTIONS> & { run?: string | undefined };

/** So many files of a kind are named; the others are counted. */
const MOST_NAMED = 20;

const WIDTH = 80;

/** `sip-dispatch undo`: puts back what the last `--write` replaced. */
export const command = {
  operand: { type: "string", describe: "A run from --list instead of the last one" },
  options: OPTIONS,
  examples: [
    ["$0 undo", "Take back the last run"],
    ["$0 undo --list", "Show all runs"],
  ],
  run: async (args: Arguments): Promise<void> => {
    if (args.list) await list();
    else process.exitCode = await undo(args.run);
  },
} as const satisfies Command;

async function list(): Promise<void> {
  const { listRuns } = await import("../files/journal/undo.ts");
  let isEmpty = true;
  for (const { id, files, directory, undone } of listRuns()) {
    const start = `${id}  ${counted(files.length, "file")} in `;
    const end = undone ? "  (undone)" : "";
    const place = visible(displayPath(directory));
    const room = Math.max(20, WIDTH - start.length - end.length);
    print(1, `${start}${place.length > room ? `…${place.slice(1 - room)}` : place}${end}\n`);
    isEmpty = false;
  }
  if (isEmpty) print(1, "No run has written anything.\n");
}

async function undo(named: string | undefined): Promise<number> {
  const { undoRun } = await import("../files/journal/undo.ts");
  const id = named ?? (await lastRunHere());
  if (id === undefined) return 0;
  const { holdSignals } = await import("./interrupt.ts");
  const signals = holdSignals();
  const result = await undoRun(id, signals.stop);
  if (!result.found) {
    say(`${result.message}.`, result.next);
    signals.release();
    return named === undefined ? 0 : 2;
  }
  const { run, files } = result;
  const back = files.filter(isBack);
  const left = files.filter((file) => !isBack(file));
  if (signals.stop.aborted) {
    const done = `interrupted: ${grouped(back.length)} of ${counted(run.files.length, "file")} put back.`;
    say(done, "Run it again to go on.");
  } else {
    const lines = [...inWords(back), ...inWords(left)];
    if (back.length > 0)
      lines.push(`${counted(back.length, "file is as it was", "files are as they were")} before run ${id}.`);
    if (left.length > 0) lines.push(`${grouped(left.length)} could not be restored.`);
    print(1, `${lines.join("\n")}\n`);
  }
  signals.release();
  return left.length > 0 ? 3 : 0;
}

function isBack({ outcome }: UndoneFile): boolean {
  return outcome === "restored" || outcome === "unchanged";
}

function inWords(files: readonly UndoneFile[]): string[] {
  const lines = files
    .slice(0, MOST_NAMED)
    .map(({ path, outcome, message }) =>
      complaint(displayPath(path), outcome === "restored" ? message.replace("is ", "") : message).trimEnd(),
    );
  const others = files.length - lines.length;
  return others > 0 ? [...lines, `and ${grouped(others)} more`] : lines;
}

/** The last run that is not undone and wrote in this repository, or in this folder outside of one; says if there is none. */
async function lastRunHere(): Promise<string | undefined> {
  const { workTreeOf } = await import("../files/git/work-tree.ts");
  const { listRuns } = await import("../files/journal/undo.ts");
  const folder = `${realPath(".") ?? process.cwd()}${sep}`;
  const place = workTreeOf(`${folder}file`) ?? folder.slice(0, -1);
  const here = place.endsWith(sep) ? place : `${place}${sep}`;
  for (const { id, files, undone } of listRuns()) {
    if (!undone && files.some((file) => file.startsWith(here))) return id;
  }
  const name = displayPath(place);
  say(
    `no run to undo in ${name === "." ? "this folder" : name}.`,
    "`sip-dispatch undo --list` shows all runs; name one of them to undo it from here.",
  );
  return undefined;
}
