import { describe, expect, it } from "vitest";
import { plant } from "../files/scanned.ts";
import { useTemporaryFolder } from "../files/temporary.ts";
import { run } from "./run.ts";

const folder = useTemporaryFolder();
const DELETES = "lk sip dispatch delete --id";

/** What is said of a file without a request, as `line:column` and what to write instead. */
function said(path: string, ...lines: string[]): string[] {
  plant(folder.path, { [path]: `${lines.join("\n")}\n` });
  const { status, stdout } = run(folder.path, ["migrate", path, "--format", "json"]);
  expect(status).toBe(0);
  const { findings }: { findings: { id: string; line: number; column: number; next: string }[] } =
    JSON.parse(stdout);
  return findings.map(({ id, line, column, next }) => {
    expect(id).toBe("delete-refuses-id");
    return `${line}:${column} ${/`(lk [^`]*)`/.exec(next)?.[1]}`;
  });
}

const A = "lk sip dispatch delete SDR_a";

describe("a rule that is deleted with `--id` is not deleted", () => {
  it.each([
    [
      "a.sh",
      ["set -e", `${DELETES} SDR_a`, 'lk sip dispatch delete --id="$A"'],
      [`2:24 ${A}`, '3:24 lk sip dispatch delete "$A"'],
    ],
    ["heredoc.sh", ["ssh host <<'EOF'", `${DELETES} SDR_a`, "EOF"], [`2:24 ${A}`]],
    ["Makefile", ["gone:", `\t@${DELETES} "$$A" $(B)`], ['2:26 lk sip dispatch delete "$$A" $(B)']],
    ["justfile", ["gone id:", `  ${DELETES} {{ id }}`], ["2:26 lk sip dispatch delete {{ id }}"]],
    ["package.json", [`{"scripts":{"gone":"${DELETES} \\"$A\\""}}`], ['1:44 lk sip dispatch delete "$A"']],
    ["Dockerfile", ["FROM a", `RUN ${DELETES} SDR_a`], [`2:28 ${A}`]],
    [
      "compose.yaml",
      ["services:", "  a:", '    command: ["lk","sip","dispatch","delete","--id","SDR_a"]'],
      [`3:46 ${A}`],
    ],
    [
      ".github/workflows/a.yml",
      ["jobs:", "  a:", "    steps:", `      - run: ${DELETES} \${{ inputs.rule }}`],
      ["4:37 lk sip dispatch delete ${{ inputs.rule }}"],
    ],
    [
      "a.md",
      ["```sh", `${DELETES} SDR_a`, "```", "", "```console", `$ ${DELETES} <SDR_ID>`, "```"],
      [`2:24 ${A}`, "6:26 lk sip dispatch delete SDR_…"],
    ],
    [
      "a.ipynb",
      [`{"nbformat":4,"metadata":{},"cells":[{"cell_type":"code","source":["!${DELETES} SDR_a"]}]}`],
      [`1:93 ${A}`],
    ],
    [
      "a.ts",
      ['execFileSync("lk", ["sip", "dispatch", "delete", "--id", id]);', `execSync("${DELETES} SDR_a");`],
      ["1:51 lk sip dispatch delete SDR_…", `2:34 ${A}`],
    ],
    [
      "a.go",
      ["package a", 'func f() { exec.Command("lk", "sip", "dispatch", "delete", "--id", "SDR_a").Run() }'],
      [`2:61 ${A}`],
    ],
    [
      "a.ps1",
      [`${DELETES} $id`, `bash -c "${DELETES} SDR_a"`],
      ["1:24 lk sip dispatch delete $id", `2:33 ${A}`],
    ],
  ])("in %s", (path, lines, expected) => {
    expect(said(path, ...lines)).toEqual(expected);
  });

  it("in Python, as a list, a text, and what a function is given", () => {
    const lines = [
      'subprocess.run(["lk", "sip", "dispatch", "delete", "--id", "SDR_a"])',
      `os.system("${DELETES} " + rule_id)`,
      "def lk(*args): subprocess.run(['lk', *args])",
      "lk('sip', 'dispatch', 'delete', '--id', 'SDR_a')",
      'def gone(rule): subprocess.run(["lk", "sip", "dispatch", "delete", "--id", rule])',
      'gone("SDR_a"); gone("SDR_b")',
    ];
    const instead = [A, "lk sip dispatch delete SDR_…", A, "lk sip dispatch delete SDR_…"];
    const places = ["1:53", "2:35", "4:34", "5:69"];
    expect(said("a.py", ...lines)).toEqual(places.map((place, index) => `${place} ${instead[index]}`));
  });

  it.each([
    [
      "prose.md",
      [`Run \`${DELETES} SDR_a\`.`, "", "Do not do this:", "", "```sh", `${DELETES} SDR_a`, "```"],
    ],
    ["usage.sh", ["usage() {", "cat >&2 <<EOF", `${DELETES} SDR_a`, "EOF", "}", `echo "${DELETES} SDR_a"`]],
    [
      "help.py",
      [
        "def f():",
        `    """${DELETES} SDR_a"""`,
        `    print("${DELETES} " + x)`,
        `    raise OSError("${DELETES} SDR_a")`,
      ],
    ],
    [
      "log.ts",
      [`console.log("${DELETES} SDR_a"); // ${DELETES} SDR_a`, `throw new Error("${DELETES} SDR_a");`],
    ],
    [
      "log.ps1",
      [
        `Write-Host -ForegroundColor Red "${DELETES} SDR_a"`,
        `Write-Host ${DELETES} SDR_a`,
        `# ${DELETES} SDR_a`,
      ],
    ],
    ["silenced.sh", ["# sip-dispatch-ignore: our own lk takes it", `${DELETES} SDR_a`]],
  ])("nothing is said of what is shown, or silenced: %s", (path, lines) => {
    expect(said(path, ...lines)).toEqual([]);
  });

  const THREE = `${DELETES} SDR_a\n${DELETES} SDR_a\n${DELETES} "$B"\n`;
  const asWords = (text: string): string => text.replaceAll(/\s+/g, " ");

  it("is an error that a check fails for, and said once of all that are alike", () => {
    plant(folder.path, { "three.sh": THREE });
    const { status, stdout } = run(folder.path, ["migrate", "three.sh", "--check"]);
    expect(status).toBe(1);
    expect(asWords(stdout)).toContain(
      "three.sh:1:24 delete-refuses-id three.sh:2:24 delete-refuses-id error: `lk sip dispatch delete` takes ids as arguments and refuses `--id`, so this deletes nothing. Leave out `--id`: `lk sip dispatch delete SDR_a`. three.sh:3:24 delete-refuses-id",
    );
    expect(asWords(stdout)).toContain('Leave out `--id`: `lk sip dispatch delete "$B"`.');
    expect(asWords(stdout)).toContain("3 findings about code. Nothing to migrate. See the findings above.");
    expect(run(folder.path, ["migrate", "three.sh"]).status).toBe(0);
  });

  it("is said of standard input", () => {
    const { stdout, stderr } = run(folder.path, ["migrate", "-", "--stdin-filename", "b.sh"], THREE);
    expect(stdout).toBe("");
    expect(asWords(stderr)).toContain("b.sh:1:24 delete-refuses-id b.sh:2:24 delete-refuses-id");
    expect(asWords(stderr)).not.toContain("Nothing to do");
  });
});
