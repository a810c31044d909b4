import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { interpreter } from "../behaviour/python/library.ts";
import { plant } from "../files/scanned.ts";
import { MEMORY } from "../files/temporary.ts";

/** One call of `lk` or `curl`. */
export interface Call {
  verb: "create" | "update" | "other";
  /** The program and its words, without the requests. */
  words: string;
  /** The requests that it was given, as they arrived. */
  requests: string[];
}

/** What a script did. */
export interface Behaviour {
  calls: Call[];
  printed: string;
  status: number | null;
}

const python = interpreter();
/** The programs that scripts find behind the stand-ins; those of the Python environment come last. */
const PATH = [process.env["PATH"], ...("path" in python ? [dirname(python.path)] : [])].join(":");

/** Which of these programs are not installed here. */
export function missing(programs: readonly string[]): string[] {
  const env = { ...process.env, PATH };
  return programs.filter((program) => spawnSync("sh", ["-c", `command -v ${program}`], { env }).status !== 0);
}

type Files = Readonly<Record<string, string>>;

/** Runs a project before and after its migration; once, where that left it as it was. */
export async function beforeAndAfter(
  files: Files,
  migrated: Files,
  command: string,
): Promise<{ before: Behaviour; after: Behaviour }> {
  const before = await behaviour(files, command);
  return { before, after: isDeepStrictEqual(files, migrated) ? before : await behaviour(migrated, command) };
}

/** Runs the files of a project in a folder of their own, with stand-ins for `lk` and `curl`. */
async function behaviour(files: Files, command: string): Promise<Behaviour> {
  const root = realpathSync(mkdtempSync(join(MEMORY, "executed-")));
  const [project, calls, programs, temporary] = ["project", "calls", "programs", "temporary"].map((name) => {
    mkdirSync(join(root, name));
    return join(root, name);
  }) as [string, string, string, string];
  try {
    for (const name of ["lk", "curl"]) {
      copyFileSync(join(import.meta.dirname, "stand-in.sh"), join(programs, name));
      chmodSync(join(programs, name), 0o755);
    }
    plant(project, files);
    const env = {
      PATH: `${programs}:${PATH}`,
      HOME: temporary,
      TMPDIR: temporary,
      LC_ALL: "C.UTF-8",
      CALLS: calls,
      LIVEKIT_URL: "http://127.0.0.1:7880",
      TOKEN: "token",
      TRUNK_ID: "ST_given",
      NUMBER: "+15550123",
      RULE_ID: "SDR_given",
    };
    const { printed, status } = await run(command, project, env);
    const masked = (text: string): string =>
      text.replaceAll(root, "").replaceAll(/tmp\.\w+|\/dev\/fd\/\d+/g, "TEMPORARY");
    return { calls: callsIn(calls, masked), printed: masked(printed), status };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function run(
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Pick<Behaviour, "printed" | "status">> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", command], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => (printed += part));
    child.stderr.resume();
    child.on("error", reject);
    child.on("close", (status) => resolve({ printed, status }));
  });
}

function callsIn(folder: string, masked: (text: string) => string): Call[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const given = new Set(readdirSync(join(folder, name)));
      const words = readFileSync(join(folder, name, "words"), "utf8")
        .split("\0")
        .slice(0, -1);
      const requests = words.map((word, index) => {
        if (given.has(`${index}`)) return readFileSync(join(folder, name, `${index}`), "utf8");
        return /^\s*\{/.test(word) ? word : undefined;
      });
      const others = words.map((word, index) => (requests[index] === word ? "REQUEST" : word));
      return {
        verb: verbOf(words),
        words: masked(others.join(" ")),
        requests: requests.filter((request) => request !== undefined),
      };
    });
}

/** What a call is for: the words of `lk` in their new and old spelling, or the method in the address. */
function verbOf(words: readonly string[]): Call["verb"] {
  const all = words.join(" ");
  const [, verb] = /\bsip dispatch(?:-rules?)? (create|update)\b|$/.exec(all) ?? [];
  const isCreate = /^lk .*create-sip-dispatch-rule|\/CreateSIPDispatchRule\b/.test(all);
  if (verb === "create" || isCreate) return "create";
  return verb === "update" || all.includes("/UpdateSIPDispatchRule") ? "update" : "other";
}
