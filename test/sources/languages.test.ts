import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/sources/languages.ts";

describe("what follows the ending of a copied file", () => {
  const page = readFileSync(join(import.meta.dirname, "../../docs/migrate.md"), "utf8");
  const [, list = ""] = /One of these behind the ending doesn't count[^:]*: (.*?)\. \|/ms.exec(page) ?? [];
  const endings = [...list.matchAll(/`([^`]+)`/g)].map(([, ending = ""]) => ending);

  it("is listed in the docs", () => {
    expect(endings).toEqual(expect.arrayContaining([".example", ".txt", ".gotmpl", "~"]));
  });

  it.each(endings)("does not count where it is %s", (ending) => {
    expect(languageOf(`sip/rule.json${ending}`)?.id).toBe("json");
    expect(languageOf(`sip/rule.yaml.local${ending}`)).toBeUndefined();
  });

  it("counts where it says something else, or alone", () => {
    expect(
      ["rule.json.png", "requirements.txt", "notes~", "rule.json.5"].map((path) => languageOf(path)),
    ).toEqual([undefined, undefined, undefined, undefined]);
  });
});
