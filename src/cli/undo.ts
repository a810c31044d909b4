import { realpathSync } from "node:fs";
import { sep } from "node:path";
import type { CommandModule, InferredOptionTypes, Options } from "yargs";
import { visible } from "../report/style.ts";
import { counted } from "../report/words.ts";
import { displayPath } from "../repo/paths.ts";
import { print } from "./output.ts";

export const undoOptions = {
  list: { type: "boolean", describe: "Show the runs that can be undone" },
} as const satisfies Record<string, Options>;

type Arguments = InferredOptionTypes<typeof undoOptions> & { run?: string | undefined };

/** `sip-dispatch undo`: puts back what the last `--write` replaced. */
export const undoCommand: CommandModule<object, Arguments> = {
  command: "undo [run]",
  describe: "Put back the files that the last --write replaced",
  builder: (yargs) =>
    yargs
      .positional("run", { type: "string", describe: "A run from --list instead of the last one" })
      .options(undoOptions)
      .example("$0 undo", "Take back the last run")
      .example("$0 undo --list", "Show all runs"),
  handler: async (args) => {
    const { listRuns, undoRun } = await import("../repo/undo.ts");
    if (args.list) {
      const runs = listRuns();
      const lines = runs.map(
        ({ id, time, files, directory, undone }) =>
          `${id}  ${time}  ${counted(files.length, "file")} in ${visible(displayPath(directory))}${undone ? "  (undone)" : ""}`,
      );
      print(1, `${lines.length > 0 ? lines.join("\n") : "No run has written anything."}\n`);
      return;
    }
    const here = await placeOfRuns();
    const last = listRuns().find(
      ({ files, undone }) => !undone && files.some((file) => file.startsWith(here)),
    );
    if (args.run === undefined && !last) {
      const place = displayPath(here);
      print(2, `sip-dispatch: no run to undo in ${place === "." ? "this folder" : visible(place)}.\n`);
      print(2, "`sip-dispatch undo --list` shows all runs; name one of them to undo it from here.\n");
      return;
    }
    const result = await undoRun(args.run ?? last?.id);
    if (!result.found) {
      print(2, `sip-dispatch: ${visible(result.message)}.\n${result.next}\n`);
      process.exitCode = args.run === undefined ? 0 : 2;
      return;
    }
    for (const { path, outcome, message } of result.files) {
      print(1, `${visible(displayPath(path))}: ${outcome === "restored" ? "restored" : message}\n`);
    }
    const left = result.files.filter(({ outcome }) => outcome !== "restored" && outcome !== "unchanged");
    const rest = left.length > 0 ? ` ${left.length} could not be put back.` : "";
    print(
      1,
      `${counted(result.files.length - left.length, "file")} as before run ${result.run.id}.${rest}\n`,
    );
    process.exitCode = left.length > 0 ? 3 : 0;
  },
};

/** Where the run to undo has to have written, if none is named: this repository, or this folder outside of one. */
async function placeOfRuns(): Promise<string> {
  const { workTreeOf } = await import("../repo/git.ts");
  const folder = `${realpathSync(".")}${sep}`;
  return `${workTreeOf(`${folder}file`) ?? folder.slice(0, -1)}${sep}`;
}
