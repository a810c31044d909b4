import { micromark } from "micromark";
import { describe, expect, it } from "vitest";
import { ALL_CHECKS } from "../../src/checks/index.ts";
import { findingsMarkdown } from "../../src/report/findings-markdown.ts";
import { checkedFiles, finding } from "./findings.ts";

const FLAT = "this request is in the flat form, which `lk` refuses";

/** The tags that the report itself makes. */
const OURS = ["<h3", "<p", "<ul", "<li", "<strong", "<code", "<details", "<summary"];

describe("Markdown for a comment", () => {
  it("says in its first lines what matters, the most severe first, and counts plain moves in one line", () => {
    const plain = Array.from({ length: 40 }, (_, index): [string, ReturnType<typeof finding>[]] => [
      `sip/${index}.json`,
      [finding({ id: "flat-form", message: FLAT })],
    ]);
    const routed = finding({ id: "flat-form", message: `${FLAT}; its calls change` });
    const checked = checkedFiles({
      ...Object.fromEntries(plain),
      "z.json": [
        finding({ id: "lk-refuses", severity: "note", line: 4 }),
        routed,
        finding({
          id: "overlap",
          severity: "error",
          line: 7,
          rule: "night",
          next: "Delete one.",
          certainty: "likely",
        }),
      ],
    });
    expect(findingsMarkdown(checked).split("\n").slice(0, 10)).toEqual([
      "### sip-dispatch: 1 error, 41 warnings, 1 note",
      "",
      "41 rules in 41 files.",
      "",
      "- **error** `overlap` `z.json:7`: **night**: this is overlap (likely, not certain). Delete one.",
      "- **warning** `flat-form`, 40 times: this request is in the flat form, which `lk` refuses. `sip/0.json:1`, `sip/1.json:1`, `sip/2.json:1` and 37 more",
      "- **warning** `flat-form` `z.json:1`: this request is in the flat form, which `lk` refuses; its calls change.",
      "- **note** `lk-refuses` `z.json:4`: this is lk-refuses.",
      "",
      "<details><summary>All 43 findings</summary>",
    ]);
  });

  it("names a kind by its title where it says many things", () => {
    const many = [1, 2, 3, 4].map((line) =>
      finding({ id: "overlap", line, message: `beside b.json:${line}` }),
    );
    expect(findingsMarkdown(checkedFiles({ "a.json": many })).split("\n")[4]).toBe(
      "- **warning** `overlap`, 4 times: Two rules that want the same calls. `a.json:1`, `a.json:2`, `a.json:3` and 1 more",
    );
  });

  it("says it in fifteen lines, however many kinds there are", () => {
    const all = ALL_CHECKS.map(({ id, severity }) => finding({ id, severity }));
    const lines = findingsMarkdown(checkedFiles({ "a.json": all })).split("\n");
    const errors = ALL_CHECKS.filter(({ severity }) => severity === "error").slice(0, 10);
    expect(lines.slice(4, 14).map((line) => /`([\w-]+)`/.exec(line)?.[1])).toEqual(
      errors.map(({ id }) => id),
    );
    expect(lines[14]).toContain(`- and ${all.length - 10} more findings: \``);
  });

  it("is short where little or nothing is to be said", () => {
    expect(findingsMarkdown(checkedFiles({ "a.json": [] }))).toBe(
      "### sip-dispatch: nothing to report\n\n1 rule in 1 file.\n",
    );
    expect(findingsMarkdown(checkedFiles({ "a.json": [finding({ id: "overlap" })] }))).not.toContain(
      "<details>",
    );
  });

  it("shows text from files as it is, whatever markup it holds", () => {
    const odd = [
      "<script>alert(1)</script>",
      "<!-- </details> -->",
      "[x](javascript:alert(1)) ![x](https://example.com/a.png)",
      "**a** _b_ ~~c~~ | d | &lt; \\*",
      "`code` and ``more`` `",
      "# head\n- item\n> quote",
    ];
    for (const text of odd) {
      const findings = [1, 2].map((line) =>
        finding({ id: "overlap", line, message: text, next: text, rule: text }),
      );
      const html = micromark(findingsMarkdown(checkedFiles({ [text]: findings })), {
        allowDangerousHtml: true,
      });
      expect(html.match(/<\w+/g)?.filter((tag) => !OURS.includes(tag)) ?? []).toEqual([]);
    }
  });

  it("mentions nobody, and links nothing", () => {
    const text = "@octocat #1 https://example.com www.example.com";
    const said = findingsMarkdown(checkedFiles({ "a.json": [finding({ id: "overlap", message: text })] }));
    expect(said).not.toMatch(/@octocat|#1|https:\/\/|www\.e/);
  });

  it("fits into a comment, and counts the findings that do not", () => {
    const many = Array.from({ length: 10_000 }, (_, line) =>
      finding({ id: "overlap", line: line + 1, message: `beside b.json:${line}`, rule: "*".repeat(200) }),
    );
    const long = finding({ id: "flat-form", message: "x".repeat(100_000), rule: "y".repeat(100_000) });
    const text = findingsMarkdown(checkedFiles({ "a.json": many, "b.json": [long] }));
    expect(text.length).toBeLessThan(65_536);
    expect(text.length).toBeGreaterThan(50_000);
    expect(text).toMatch(/[\d,]+ more findings: `sip-dispatch check` shows all of them\.\n\n<\/details>\n$/);
  });
});
