import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { allDocuments, readDocument } from "../../src/sources/document.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { useTemporaryFolder } from "../files/temporary.ts";
import { HEREDOCS, request, scriptOf, USES, WORDS, type Written } from "./shell-scripts.ts";

const folder = useTemporaryFolder();

/** What bash prints for each statement of a script, without the line break that heredocs end with. */
function printed(script: string): string[] {
  const { stdout, stderr } = spawnSync("bash", ["-s"], { input: script, cwd: folder.path, encoding: "utf8" });
  expect(stderr.replaceAll(/.*unterminated here-document\n/g, "")).toBe("");
  return stdout
    .split("\u0001")
    .slice(0, -1)
    .map((one) => one.replace(/\n$/, ""));
}

/** Every way to write a request. */
const WAYS: Record<string, (written: Written) => string> = {
  ...Object.fromEntries(
    Object.entries(WORDS).flatMap(([name, word]) =>
      Object.entries(USES).map(([use, statement]) => [
        `${name}, ${use}`,
        ({ pieces }: Written) => statement(word(pieces)),
      ]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(HEREDOCS).map(([name, heredoc]) => [
      `heredoc, ${name}`,
      ({ pieces }: Written) => heredoc(pieces),
    ]),
  ),
};

const script = fc
  .array(fc.tuple(request, fc.constantFrom(...Object.keys(WAYS).filter((way) => !way.startsWith("bare")))), {
    minLength: 1,
    maxLength: 6,
  })
  .map((statements) => ({
    said: statements.map(([written]) => written.said),
    text: scriptOf(statements.map(([written, way]) => WAYS[way]?.(written) ?? "")),
  }));

/** What a flat request has to become, by its own words. */
const wrapped = (said: string): unknown => ({ dispatch_rule: JSON.parse(said) });

describe("bash as the judge", () => {
  it.each(Object.entries(WAYS))("%s", async (name, way) => {
    const some = request.filter(({ said }) => !name.startsWith("bare") || !said.includes("\n"));
    await fc.assert(
      fc.asyncProperty(fc.array(some, { minLength: 10, maxLength: 15 }), async (all) => {
        const before = scriptOf(all.map(way));
        expect(printed(before)).toEqual(all.map(({ said }) => said));
        const { sites, newText } = await migrateText("x.sh", before);
        expect(sites.map(({ outcome }) => outcome)).toEqual(all.map(() => "migrated"));
        expect(printed(newText ?? "").map((one) => JSON.parse(one))).toEqual(
          all.map(({ said }) => wrapped(said)),
        );
      }),
      // One script of many requests, because starting bash takes longer than they do.
      cases(1),
    );
  });

  it("prints the wrapped requests of whole scripts, and a second migration finds nothing to do", () =>
    fc.assert(
      fc.asyncProperty(script, async ({ said, text }) => {
        const { newText = "" } = await migrateText("x.sh", text);
        expect(printed(newText).map((one) => JSON.parse(one))).toEqual(said.map(wrapped));
        const again = await migrateText("x.sh", newText);
        expect(again.newText).toBeUndefined();
        expect(again.sites.map(({ outcome }) => outcome)).toEqual(said.map(() => "already-wrapped"));
      }),
      cases(20),
    ));

  it("prints what the regions say", () =>
    fc.assert(
      fc.asyncProperty(script, async ({ text }) => {
        const regions = allDocuments(await readDocument("x.sh", text)).filter(
          ({ syntaxId }) => syntaxId === "json",
        );
        const said = regions.map((region) => substituted(region.text).trimEnd());
        expect(said).toEqual(printed(text));
      }),
      cases(20),
    ));
});

/** The substitutions made, as regions hold them: no letter in them that JSON minds. */
function substituted(text: string): string {
  return text
    .replaceAll(/\$T(?=-)|\$\{T\}/g, "ST_t")
    .replaceAll("${U:-'u'}", "u")
    .replaceAll(/\$\(t\)|`t`/g, "tt")
    .replaceAll("$(printf '%s' ']'')", ")'")
    .replaceAll("`printf '%s' x`", "x");
}
