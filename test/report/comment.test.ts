import { micromark } from "micromark";
import { describe, expect, it } from "vitest";
import { commentOf } from "../../src/report/comment.ts";
import { checkedFiles, finding } from "./findings.ts";

describe("a report as Markdown for a comment", () => {
  it("has the result for its heading, and the report below it, 100 columns wide", () => {
    const text = commentOf("1 rule of 1 differs.", ({ width }) => `${width}\n  + gains    calls\n`);
    expect(text).toBe("### sip-dispatch: 1 rule of 1 differs.\n\n```text\n100\n  + gains    calls\n```\n");
  });

  it("shows text from files as it is, whatever markup it holds, and mentions nobody", () => {
    const odd =
      "```\n# x <img src=x onerror=a()>\n````\n</details> [x](javascript:a) @octocat #1 https://example.com";
    for (const report of [odd, `${odd}\n`.repeat(30)]) {
      const html = micromark(
        commentOf("x", () => report),
        { allowDangerousHtml: true },
      );
      expect(new Set(html.match(/<\w+/g))).toEqual(
        new Set(["<h3", "<pre", "<code", ...(report === odd ? [] : ["<details", "<summary"])]),
      );
    }
  });

  it("names the kinds of findings first, the most severe first, whatever their files are called", () => {
    const many = [1, 2, 3, 4].map((line) => finding({ id: "overlap", severity: "warning", line }));
    const { files } = checkedFiles({
      "a`<b>.json": [finding({ id: "wildcard-rule", severity: "note" }), ...many],
      "z.json": [finding({ id: "unknown-lk-flag", severity: "error", line: 7 })],
    });
    expect(
      commentOf("x", () => "report", files)
        .split("\n")
        .slice(2, 6),
    ).toEqual([
      "- **error** `unknown-lk-flag`: A command of `lk` is given a flag that it doesn't have (`z.json:7`)",
      "- **warning** `overlap`: Two rules that want the same calls (`a'<b>.json:1`, `a'<b>.json:2` and `a'<b>.json:3`; 4 places in all)",
      "- **note** `wildcard-rule`: A rule without trunks (`a'<b>.json:1`)",
      "",
    ]);
  });

  it("shows its first lines and folds the rest", () => {
    const html = micromark(
      commentOf("x", () => `${"a\n".repeat(40)}b\n`),
      { allowDangerousHtml: true },
    );
    expect(html).toMatch(
      /a\n<\/code><\/pre>\n<details><summary>The rest of the report<\/summary>\n<pre><code class="language-text">b\n<\/code><\/pre>\n<\/details>/,
    );
  });

  it("fits into a comment", () => {
    const text = commentOf("x", () => `${"x".repeat(200)}\n`.repeat(400));
    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/\n102 more lines: run it with `--format text` to see all of them\.\n$/);
  });
});
