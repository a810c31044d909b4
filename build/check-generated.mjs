// Fails when src/gen is not, byte for byte, what `npm run generate` makes of proto/. Needs no network.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), "sip-dispatch-generated-"));
try {
  const complaint =
    generate() ?? compare(contents(join(temporary, "src/gen")), contents(join(root, "src/gen")));
  if (complaint) {
    process.stderr.write(`${complaint}\n`);
    process.exitCode = 1;
  }
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** Generates into the temporary folder. Returns what went wrong; buf says more about it on standard error. */
function generate() {
  const tools = join(root, "node_modules/.bin");
  try {
    execFileSync(
      process.execPath,
      [join(root, "node_modules/@bufbuild/buf/bin/buf"), "generate", "-o", temporary],
      {
        cwd: root,
        env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH ?? ""}` },
        stdio: ["ignore", "ignore", "inherit"],
      },
    );
    return undefined;
  } catch {
    return "Nothing can be generated from proto/: mend it, then run `npm run generate`.";
  }
}

/** The files of a folder, subfolders included, by their path in it; none if there is no such folder. */
function contents(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return new Map();
  const paths = readdirSync(folder, { recursive: true }).filter((path) =>
    statSync(join(folder, path)).isFile(),
  );
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/** Says which files are stale, missing or left over; undefined when there are none. */
function compare(fresh, committed) {
  const paths = new Set([...fresh.keys(), ...committed.keys()]);
  const stale = [...paths].filter((path) => {
    const [expected, actual] = [fresh.get(path), committed.get(path)];
    return !expected || !actual || !expected.equals(actual);
  });
  if (stale.length === 0) return undefined;
  return `src/gen is not what proto/ generates (${stale.join(", ")}): run \`npm run generate\`.`;
}
