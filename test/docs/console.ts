import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

const ROOT = join(import.meta.dirname, "../..");

/**
 * A Markdown text with the output of every `console` block as the program gives it now. Such a block shows a
 * session: each line that begins with `$ ` is a command for sh, the lines up to the next one are what it prints,
 * standard error included. Each block starts in a fresh folder that holds a copy of examples/.
 * `folder` and `elsewhere` are empty folders for the session and for what it needs besides.
 */
export function replayed(markdown: string, folder: string, elsewhere: string): string {
  return markdown.replaceAll(/^```console\n(.*?)^```$/gms, (_, session: string) => {
    rmSync(folder, { recursive: true });
    cpSync(join(ROOT, "examples"), join(folder, "examples"), { recursive: true });
    const commands = session.split("\n").filter((line) => line.startsWith("$ "));
    return `\`\`\`console\n${play(commands, folder, elsewhere)}\`\`\``;
  });
}

function play(commands: readonly string[], folder: string, elsewhere: string): string {
  const env = environment(elsewhere);
  let status = 0;
  return commands
    .map((line) => {
      const script = `exec 2>&1\n(exit ${status})\n${line.slice(2)}`;
      const done = spawnSync("sh", ["-c", script], { cwd: folder, env, input: "", encoding: "utf8" });
      status = done.status ?? 1;
      return `${line}\n${stable(done.stdout)}`;
    })
    .join("");
}

/** The environment of a session: no terminal, no colours asked for, a journal of its own, and `sip-dispatch` on the path. */
export function environment(elsewhere: string): NodeJS.ProcessEnv {
  const programs = join(elsewhere, "bin");
  mkdirSync(programs, { recursive: true });
  const program = join(programs, "sip-dispatch");
  writeFileSync(
    program,
    `#!/bin/sh\nexec "${process.execPath}" "${join(ROOT, "bin/sip-dispatch.js")}" "$@"\n`,
  );
  chmodSync(program, 0o755);
  const state = join(elsewhere, "journal");
  rmSync(state, { recursive: true, force: true });
  const env: NodeJS.ProcessEnv = { ...process.env, COLUMNS: "80", SIP_DISPATCH_STATE: state };
  for (const name of ["FORCE_COLOR", "CLICOLOR_FORCE", "NODE_OPTIONS"]) delete env[name];
  return { ...env, PATH: `${programs}${delimiter}${env["PATH"] ?? ""}` };
}

/** The names and times of runs, which are never the same, as the documents show them. */
function stable(output: string): string {
  return output
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}/g, "2026-01-31T12-00-00-000Z-1a2b3c4d")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-01-31T12:00:00.000Z");
}
