import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { ALL_CHECKS } from "../../src/checks/index.ts";
import { PLAIN_REASONS } from "../../src/plan/outcome.ts";
import { run } from "../cli/run.ts";
import { git, useTemporaryFolder } from "../files/temporary.ts";
import { checkout, environment, onlyExamples, replayed } from "./console.ts";
import { svgOf, terminal } from "./picture.ts";

const ROOT = join(import.meta.dirname, "../..");
const DOCS = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...filesIn("docs", ".md")];

/** With `-u` a document is written only at the end. */
const printed = new Map<string, string>();

/** `npx vitest run test/docs -u` writes what the program prints now into the documents. */
describe("what a document shows is what the program prints", () => {
  const folder = useTemporaryFolder();

  it.each(DOCS)("%s", async (name) => {
    const shown = replayed(textOf(name), folder.path, folder.elsewhere, onlyExamples);
    printed.set(name, shown);
    await expect(shown).toMatchFileSnapshot(join(ROOT, name));
  });
});

describe("and what it prints in a checkout of the project", () => {
  const folder = mkdtempSync(join(tmpdir(), "checkout-"));
  const elsewhere = mkdtempSync(join(tmpdir(), "checkout-"));
  afterAll(() => {
    for (const path of [folder, elsewhere]) rmSync(path, { recursive: true });
  });

  it.each(DOCS)("%s", (name) => {
    expect(replayed(textOf(name), folder, elsewhere, checkout)).toBe(printed.get(name) ?? textOf(name));
  });
});

test("the README has at most 200 lines", () => {
  expect(textOf("README.md").trimEnd().split("\n").length).toBeLessThanOrEqual(200);
});

describe("docs/picture.svg", () => {
  const folder = useTemporaryFolder();

  it("shows what git and the program print", async () => {
    const env = environment(folder.elsewhere);
    cpSync(join(ROOT, "examples/support-line.json"), join(folder.path, "rule.json"));
    git(folder.path, "init", "--quiet");
    git(folder.path, "add", ".");
    git(folder.path, "commit", "--quiet", "--message", "As it was");
    run(folder.path, ["migrate", "rule.json", "--write"]);
    const diff = "sip-dispatch diff HEAD:rule.json rule.json";
    const shown = [
      terminal("git diff", "git diff --color | tail -n +5", folder.path, env),
      terminal(diff, `${diff} --color always`, folder.path, env),
    ];
    await expect(svgOf(shown.join("\n"))).toMatchFileSnapshot(join(ROOT, "docs/picture.svg"));
  });
});

describe("every link to a file leads to one", () => {
  it.each(DOCS)("%s", (name) => {
    const links = [...textOf(name).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, link = ""]) => link)
      .filter((link) => !/^https?:/.test(link));
    expect(links.filter((link) => !leadsSomewhere(link, name))).toEqual([]);
  });
});

describe("every phone number is one of those that nobody has", () => {
  it.each([...DOCS, ...filesIn("examples", "")])("%s", (name) => {
    const numbers = textOf(name).match(/\+\d[\d ()-]{4,}\d/g) ?? [];
    expect(numbers.filter((number) => !/^155501\d\d$/.test(number.replaceAll(/\D/g, "")))).toEqual([]);
  });
});

describe("docs/findings.md", () => {
  it("has a heading for each reason and each finding, and no other", () => {
    const known = [...ALL_CHECKS.map(({ id }) => id), ...PLAIN_REASONS];
    const headings = allOf(textOf("docs/findings.md"), /^### `([a-z-]+)`$/gm);
    expect(headings.toSorted()).toEqual(known.toSorted());
  });
});

/** Anywhere but in a session, which only shows it. */
describe("every option in the help is explained in its command's document", () => {
  const help = (...words: string[]): string => run(ROOT, [...words, "--help"]).stdout;
  const commands = allOf(help(), /^ {2}sip-dispatch ([a-z]+)/gm);

  it.each(commands)("%s", (command) => {
    const options = allOf(help(command), /^ {2}(?:-\w, | {4})(--[a-z-]+)/gm);
    expect(options).toContain("--help");
    const prose = textOf(`docs/${command}.md`).replaceAll(/^```console\n.*?^```$/gms, "");
    const explained = allOf(prose, /(?<=[\s`[])(--[a-z][a-z-]*)/g);
    const everywhere = ["--help", "--version"];
    expect(options.filter((option) => ![...everywhere, ...explained].includes(option))).toEqual([]);
  });
});

describe("docs/json-report.md", () => {
  it("lists the keys of the report", () => {
    const files = filesIn("examples", "");
    const report: unknown = JSON.parse(run(ROOT, ["migrate", "--format", "json", ...files]).stdout);
    const listed = allOf(textOf("docs/json-report.md"), /^\| `([\w.[\]]+)` \|/gm);
    expect(listed.toSorted()).toEqual([...new Set(keysOf(report))].toSorted());
  });
});

describe("docs/library.md", () => {
  const folder = useTemporaryFolder();
  const programs = allOf(textOf("docs/library.md"), /^```js\n(.*?)^```$/gms);
  const outputs = allOf(textOf("docs/library.md"), /^```text\n(.*?)^```$/gms);

  it.each(programs.map((program, at) => [at + 1, program, outputs[at]] as const))(
    "shows what program %i prints",
    (_, program, output) => {
      // In the project's folder, where its own name leads to what a user would install.
      const args = ["--input-type=module", "--eval", program];
      expect(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })).toBe(output);
    },
  );

  it("shows programs that the published types take", () => {
    const options = {
      strict: true,
      noEmit: true,
      module: "nodenext",
      target: "es2022",
      types: [],
      lib: ["es2022", "dom"],
      paths: { "sip-dispatch": [join(ROOT, "dist/index.d.ts")] },
    };
    const files = programs.map((program, at) => [`${at}.mts`, program] as const);
    for (const [name, program] of files) writeFileSync(join(folder.path, name), program);
    const config = { compilerOptions: options, files: files.map(([name]) => name) };
    writeFileSync(join(folder.path, "tsconfig.json"), JSON.stringify(config));
    const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
    const done = spawnSync(process.execPath, [tsc, "-p", folder.path], { encoding: "utf8" });
    expect([done.stdout, done.status]).toEqual(["", 0]);
  });

  it("names every function, every option and every key of what comes back", () => {
    const types = textOf("types/index.d.ts");
    const keysOfType = (name: string): string[] => {
      const [, body = ""] = new RegExp(`interface ${name} \\{(.*?)^\\}`, "ms").exec(types) ?? [];
      return allOf(body, /^ {2}(\w+)\??:/gm);
    };
    const names = [
      ...allOf(types, /^export declare function (\w+)/gm),
      ...["MigrateOptions", "TextOptions", "Converted", "Refusal"].flatMap(keysOfType),
    ];
    expect(names.length).toBeGreaterThan(20);
    const prose = textOf("docs/library.md").replaceAll(/^```.*?^```$/gms, "");
    const code = allOf(prose, /`([^`]+)`/g).join(" ");
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(code))).toEqual([]);
  });
});

describe("docs/routing.md", () => {
  it.each([
    ["LiveKit's code", "test/peers", /<sub>test: ([^<]+)<\/sub>/g],
    ["LiveKit's programs", "test/live", /<sub>run: ([^<]+)<\/sub>/g],
  ])("names every claim that a test checks on %s, and no other", (_, folder, names) => {
    const tests = filesIn(folder, ".ts").filter((file) => file.includes("-claims"));
    const claims = tests.flatMap((file) => allOf(textOf(file), /\bclaim:\s+"([^"]+)"/g));
    expect(claims.length).toBeGreaterThan(5);
    const named = allOf(textOf("docs/routing.md"), names).flatMap((those) => those.split("; "));
    expect([...new Set(named)].toSorted()).toEqual([...new Set(claims)].toSorted());
  });
});

function textOf(name: string): string {
  return readFileSync(join(ROOT, name), "utf8");
}

/** The files in a folder of the project, and below, with that ending: their paths in the project. */
function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map(({ parentPath, name }) => relative(ROOT, join(parentPath, name)));
}

/** What the first group of the pattern matches, each time. */
function allOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = ""]) => group);
}

/** Whether the file is there, and in it the heading of the anchor, as GitHub makes one of it. */
function leadsSomewhere(link: string, from: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : relative(ROOT, join(ROOT, dirname(from), path));
  let text: string;
  try {
    text = path.endsWith("/") ? readdirSync(join(ROOT, target)).join() : textOf(target);
  } catch {
    return false;
  }
  const anchors = allOf(text, /^#+ (.*)$/gm).map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
  return anchor === undefined || anchors.includes(anchor);
}

/** Every key of the report as a path; what is inside a rule is LiveKit's. */
function keysOf(value: unknown, path = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => keysOf(item, `${path}[]`));
  if (typeof value !== "object" || value === null || /^sites\[\]\.(before|after)$/.test(path)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const whole = path === "" ? key : `${path}.${key}`;
    return [whole, ...keysOf(inner, whole)];
  });
}
