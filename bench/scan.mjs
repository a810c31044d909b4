// `migrate FOLDER` on repositories of 1,000, 10,000 and 100,000 files, the whole process, against programs that do less.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, pairs, peakMemory, verdict } from "./measure.mjs";
import { makePythonRepository, makeRepository } from "./repositories.mjs";

const command = fileURLToPath(new URL("../bin/sip-dispatch.js", import.meta.url));
const ours = [process.execPath, command, "migrate", ".", "--quiet"];
/** It ends with 1 where it finds something. */
const checking = ["sh", "-c", `${quoted([...ours.slice(0, 2), "check", "."])} || [ $? = 1 ]`];
const AST_GREP = "@ast-grep/cli@0.51.1";

/** Measures and says. `quick` leaves out the largest repositories. */
export function scans(quick) {
  const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-bench-"));
  try {
    small(folder, quick);
    const astGrep = fetchAstGrep(folder);
    if (typeof astGrep === "string") console.log(`skipped: ast-grep, because ${astGrep}`);
    else {
      middle(folder, quick, astGrep);
      python(folder, quick, astGrep);
    }
    if (quick) console.log("skipped: 30,000 and 100,000 files, because of --quick");
    else {
      untracked(folder);
      large(folder);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function small(folder, quick) {
  const cwd = made(folder, 1000, { tracked: true, rules: "wrapped" });
  const ratios = pairs(quick ? 9 : 30, ours, [process.execPath, "-e", "0"], { cwd });
  verdict("migrate of 1,000 files ÷ node -e 0", median(ratios), 2.2);
}

function middle(folder, quick, astGrep) {
  const cwd = made(folder, 10_000, { tracked: true, rules: "wrapped" });
  const pattern = ["run", "--pattern", "createSipDispatchRule($$$)", "--lang", "ts", "."];
  // It ends with 1 where nothing matches.
  writeFileSync(join(cwd, "match.ts"), "client.x;\ncreateSipDispatchRule();\n");
  const ratios = pairs(quick ? 3 : 9, ours, [astGrep.path, ...pattern], { cwd });
  verdict("migrate of 10,000 files ÷ ast-grep with one TypeScript pattern", median(ratios), 1);
}

/** Python alone, and requests to decide about and to verify in one file of a hundred. */
function python(folder, quick, astGrep) {
  const cwd = join(folder, "python");
  makePythonRepository(cwd, 10_000);
  const pattern = ["run", "--pattern", "api.CreateSIPDispatchRuleRequest($$$)", "--lang", "python", "."];
  const ratios = pairs(quick ? 3 : 9, ours, [astGrep.path, ...pattern], { cwd });
  verdict("migrate of 10,000 Python files ÷ ast-grep with one Python pattern", median(ratios), 1, ratios);
}

/** What git finds of the same words, also in files that it does not track. */
function untracked(folder) {
  const cwd = made(folder, 30_000, { tracked: true, rules: "wrapped" });
  const search = ["git", "-c", "core.fsmonitor=false", "grep", "-lP", "--untracked", "-e", triggerWords()];
  const ratios = pairs(9, ours, search, { cwd });
  verdict("migrate of 30,000 files ÷ git grep -lP --untracked", median(ratios), 1.6, ratios);
}

function large(folder) {
  const trigger = triggerWords();
  const rg = rgProblem();
  if (rg) console.log(`skipped: ripgrep, because ${rg}`);
  const search = ["rg", "--hidden", "--no-require-git", "--glob=!.git", "--files-with-matches", trigger, "."];
  for (const [where, tracked, limit] of [
    ["in git", true, 1.6],
    ["outside git", false, 3],
  ]) {
    const cwd = made(folder, 100_000, { tracked, rules: "wrapped" });
    verdict(`peak memory for 100,000 files ${where} in MB`, peakMemory(ours, { cwd }), 250);
    if (rg) continue;
    expectSame(cwd, search);
    verdict(`migrate of 100,000 files ${where} ÷ ripgrep`, median(pairs(5, ours, search, { cwd })), limit);
    const check = pairs(5, checking, ours, { cwd });
    verdict(`check of 100,000 files ${where} ÷ migrate`, median(check), 1.6, check);
    rmSync(cwd, { recursive: true });
  }
  if (!rg) evidence(folder, search);
}

/** Where rules are flat, the repository is searched once more, for whoever names their files: scripts, and readers. */
function evidence(folder, search) {
  const cwd = join(folder, "flat");
  const names = makeRepository(cwd, 100_000, { tracked: true, rules: "flat" });
  writeFileSync(join(folder, "names"), names.join("\n"));
  const naming = ["rg", "--hidden", "--glob=!.git", "-l", "-F", "-f", join(folder, "names"), "."];
  const twice = ["sh", "-c", `${quoted(search)}; ${quoted(naming)} || true`];
  const ratios = pairs(5, ours, twice, { cwd });
  verdict("migrate of 100,000 files with 300 flat rules ÷ ripgrep twice", median(ratios), 2.5, ratios);
}

function made(folder, count, how) {
  const path = join(folder, `${count}-${how.tracked ? "git" : "plain"}`);
  if (!existsSync(path)) makeRepository(path, count, how);
  return path;
}

function triggerWords() {
  const source = readFileSync(new URL("../src/sources/trigger.ts", import.meta.url), "utf8");
  return /TRIGGER = "([^"]+)"/.exec(source)[1];
}

function expectSame(cwd, search) {
  const [program, ...args] = search;
  const theirs = execFileSync(program, args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  const report = execFileSync(process.execPath, [command, "migrate", ".", "--format", "json"], {
    cwd,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  const found = new Set(JSON.parse(report).sites.map(({ path }) => path));
  const listed = theirs.split("\n").flatMap((line) => line.replace(/^\.\//, "") || []);
  if (found.size !== listed.length || !listed.every((path) => found.has(path))) {
    throw new Error(`ripgrep lists ${listed.length} files, and migrate reports ${found.size}`);
  }
}

function rgProblem() {
  const { error } = spawnSync("rg", ["--version"]);
  return error ? "there is no `rg`: install Debian's package ripgrep" : undefined;
}

/** The program from npm, without its install script; or why there is none. */
function fetchAstGrep(folder) {
  const prefix = join(folder, "ast-grep");
  const install = ["install", "--prefix", prefix, "--ignore-scripts", "--no-audit", "--no-fund", AST_GREP];
  const { status } = spawnSync("npm", install, { stdio: "ignore", timeout: 120_000 });
  if (status !== 0) return "npm could not fetch it";
  const packages = join(prefix, "node_modules/@ast-grep");
  const path = readdirSync(packages)
    .map((name) => join(packages, name, "ast-grep"))
    .find((file) => !file.includes("/cli/") && existsSync(file));
  return path ? { path } : "there is none for this platform";
}

function quoted(args) {
  return args.map((arg) => `'${arg.replaceAll("'", `'\\''`)}'`).join(" ");
}
