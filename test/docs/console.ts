import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { served } from "../cli/served.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * A Markdown text with the output of every `console` block as the program gives it now. Such a block shows a
 * session: each line that begins with `$ ` is a command for sh, the lines up to the next one are what it prints,
 * standard error included. Each block starts in the folder as `prepare` leaves it. `elsewhere` is an empty folder for
 * what it needs besides.
 */
export function replayed(markdown: string, folder: string, elsewhere: string, prepare: Prepare): string {
  return markdown.replaceAll(/^```console\n(.*?)^```$/gms, (_, session: string) => {
    prepare(folder);
    const commands = session.split("\n").filter((line) => line.startsWith("$ "));
    return `\`\`\`console\n${play(commands, folder, elsewhere)}\`\`\``;
  });
}

/** Makes a folder ready for a session, whatever the last one left in it. */
type Prepare = (folder: string) => void;

/** A fresh folder that holds a copy of examples/ alone. */
export function onlyExamples(folder: string): void {
  rmSync(folder, { recursive: true });
  cpSync(join(ROOT, "examples"), join(folder, "examples"), { recursive: true });
}

/** A checkout of the project, with what is not committed yet, and without a build. */
export function checkout(folder: string): void {
  const git = (cwd: string, ...args: string[]): string =>
    execFileSync("git", args, { cwd, encoding: "utf8" });
  if (!existsSync(join(folder, ".git"))) {
    const listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
    for (const path of new Set(listed.filter((name) => name !== "" && existsSync(join(ROOT, name)))))
      cpSync(join(ROOT, path), join(folder, path));
    git(folder, "init", "--quiet");
    git(folder, "add", ".");
    git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "--quiet", "-m", "All");
  }
  git(folder, "reset", "--quiet", "--hard");
  git(folder, "clean", "-d", "--force", "--quiet");
}

function play(commands: readonly string[], folder: string, elsewhere: string): string {
  const env = environment(elsewhere);
  let status = 0;
  return commands
    .map((line) => {
      const done = PLAIN.test(line) ? byItself(line) : inShell(line.slice(2));
      status = done.status;
      return `${line}\n${stable(done.printed)}`;
    })
    .join("");

  /** Without a shell, in a process that has run others, which is much faster. */
  function byItself(line: string): Ended {
    const done = served(folder, line.split(" ").slice(2), env);
    return { status: done.status, printed: done.both.toString() };
  }
  function inShell(command: string): Ended {
    const script = `exec 2>&1\n(exit ${status})\n${command}`;
    const done = spawnSync("sh", ["-c", script], { cwd: folder, env, input: "", encoding: "utf8" });
    return { status: done.status ?? 1, printed: done.stdout };
  }
}

interface Ended {
  status: number;
  printed: string;
}

/** A line that runs the program alone, with words that mean themselves. */
const PLAIN = /^\$ sip-dispatch(?: [\w./+:-]+)+$/;

/**
 * The environment of a session: no home, no terminal, no colours asked for, a journal of its own, and `sip-dispatch` on
 * the path.
 */
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
  for (const name of ["HOME", "XDG_CONFIG_HOME", "FORCE_COLOR", "CLICOLOR_FORCE", "NODE_OPTIONS"])
    delete env[name];
  return { ...env, PATH: `${programs}${delimiter}${env["PATH"] ?? ""}` };
}

/** The names and times of runs, which are never the same, as the documents show them. */
function stable(output: string): string {
  return output
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}/g, "2026-01-31T12-00-00-000Z-1a2b3c4d")
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "2026-01-31T12:00:00.000Z");
}
