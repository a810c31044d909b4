import { writtenPath } from "../sources/written.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { docker } from "../../src/scripts/docker/index.ts";
import { just } from "../../src/scripts/just/index.ts";
import { make } from "../../src/scripts/make/index.ts";
import type { Syntax } from "../../src/sources/syntax.ts";

const all = () => true;

function commands(syntax: Syntax, text: string): string[] {
  return syntax.read(text, all).regions.map((region) => region.text);
}

describe("make", () => {
  it.each([
    ["each line is a command", "a:\n\tone\n\ttwo\n", ["one", "two"]],
    ["lines that go on are one", "a:\n\tone \\\n\t  two\n\tthree\n", ["one \\\n  two", "three"]],
    ["what marks a line is none of it", "a:\n\t@-one\n\t+two\n", ["one", "two"]],
    ["a command beside its target", "a: b ; one\n", ["one"]],
    ["two dollars are one", 'a:\n\techo "$$HOME" $${X}\n', ['echo "$HOME" ${X}']],
    ["a variable that is set once", "F := a.json\na:\n\tone $(F) ${F}\n", ["one a.json a.json"]],
    ["a variable of others", "D = sip\nF = $(D)/a.json\na:\n\tone $(F)\n", ["one sip/a.json"]],
    ["a variable that is set twice", "F = a\nF = b\na:\n\tone $(F)\n", ["one ${_F_}"]],
    ["a function", "a:\n\tone $(shell cat b)\n", ["one ${_shell_1_}", "cat b"]],
    [
      "what make itself runs",
      "F := $(shell cat $(D)/b | one '$$x') c\nD = d\n# $(shell e)\na:\n\tone $(shell cat b) \\\n\t  $(shell f) $(F)\n",
      ["cat d/b | one '$x'", "one ${_shell_1_} \\\n  ${_shell_2_} ${_shell_3_} c", "cat b", "f"],
    ],
    ["its own names", "a.json: b.json c.json\n\tone $< $@ $^\n", ["one b.json a.json b.json c.json"]],
    ["a pattern, in any folder", "%.json: %.tmpl\n\tone $< > $@\n", ["one **/*.tmpl > **/*.json"]],
    ["a pattern in a folder", "%.done: a/%.json\n\tone $< $*\n", ["one a/*.json *"]],
    ["words that are added", "F = a\nF += b\nc:\n\tone $(F)\n", ["one a b"]],
    ["a variable that is set below", "F = $(D)/a\nD = b\nc:\n\tone $(F)\n", ["one b/a"]],
    [
      "functions of names",
      "F := $(addprefix a/,b.json c.json)\nd:\n\tone $(filter %,$(sort $(F))) $(F:.json=.x)\n",
      ["one a/b.json a/c.json ${_F_json_x_}"],
    ],
    ["files by a pattern", "F := $(wildcard a/*.json)\nb:\n\tone $(F)\n", ["one a/*.json"]],
    ["a command for each word", "a:\n\t$(foreach r,b c,one $(r).json;)\n", ["one ${_r_}.json;"]],
    ["what leads to itself", "F = $(G)\nG = $(F) x\na:\n\tone $(F)\n", ["one ${_F_} x"]],
    ["Windows line ends", "a:\r\n\tone \\\r\n\ttwo\r\n", ["one \\\ntwo"]],
  ])("%s", (_, text, expected) => {
    expect(commands(make, text)).toEqual(expected);
  });

  it.each([
    ["Makefile", "a:\n\tlk sip dispatch create $(F)\n\tlk sip dispatch list\n"],
    ["README.md", "```sh\nlk sip dispatch list\n```\n\n```sh\nlk sip dispatch create a.json\n```\n"],
  ])("counts once where no request stands: %s", async (path, text) => {
    const { sites } = await migrateText(path, text);
    expect(sites.map(({ line, reason }) => [line, reason])).toEqual([[1, "not-a-request"]]);
  });

  it("migrates JSON in a recipe", async () => {
    const body = (inner: string): string =>
      `create:\n\t@curl $(URL)/CreateSIPDispatchRule -d '${inner}' # $$1\n`;
    const { newText } = await migrateText(
      "Makefile",
      body('{"name": "$(NAME)", "rule": {"dispatchRuleDirect": {"roomName": "a"}}}'),
    );
    expect(newText).toBe(
      body('{"dispatch_rule": {"name": "$(NAME)", "rule": {"dispatchRuleDirect": {"roomName": "a"}}}}'),
    );
  });
});

describe("just", () => {
  it.each([
    ["each line is a command", "a:\n    one\n    @two\n", ["one", "two"]],
    ["lines that go on are one", "a:\n  one \\\n    two\n", ["one \\\n  two"]],
    [
      "a script",
      "a b:\n    #!/usr/bin/env bash\n    one\n      two\n\n    three\n",
      ["one\n  two\n\nthree\n"],
    ],
    ["a script of another language", "a:\n    #!/usr/bin/env python3\n    one\n", []],
    ["a variable that is set once", "f := 'a.json'\na:\n  one {{ f }} {{g}}\n", ["one a.json ${_g_}"]],
    ["braces that begin no expression", "f := 'x'\na:\n  one '{{{{f}}' {{f}}\n", ["one '{{f}}' x"]],
    ["what is indented elsewhere", "set shell := [\n  'bash'\n]\n", []],
  ])("%s", (_, text, expected) => {
    expect(commands(just, text).filter((command) => command.trim() !== "")).toEqual(expected);
  });
});

describe("docker", () => {
  it.each([
    ["each instruction", "FROM a\nRUN one\nCMD two\n", ["one", "two"]],
    ["options of its own", "RUN --mount=type=cache,target=/x one --two\n", ["one --two"]],
    ["lines that go on", "RUN one \\\n  # why\n  && two\n", ["one \\\n  && two"]],
    ["a list of words", 'ENTRYPOINT ["lk", "sip", "a b"]\n', ["lk sip 'a b'"]],
    ["a script as a heredoc", "RUN <<EOF\none\ntwo\nEOF\nRUN three\n", ["one\ntwo", "three"]],
    ["a heredoc of a command", "RUN cat <<EOF > a\none\nEOF\n", ["cat <<EOF > a\none\nEOF"]],
    ["its folder", "WORKDIR /a\nWORKDIR b\nRUN one\nFROM c\nRUN two\n", ["cd /a/b\none", "two"]],
  ])("%s", (_, text, expected) => {
    expect(commands(docker, text)).toEqual(expected);
  });

  it("says what is copied into the image", () => {
    const text =
      'WORKDIR /app\nCOPY --chown=a sip/a.json b.json x/\nADD ["a.json", "/c.json"]\nCOPY --from=b /d /e\n';
    expect(docker.read(text, all).facts?.map(({ paths, writes }) => [...paths, ">", ...writes])).toEqual([
      [writtenPath("sip/a.json"), ">", writtenPath("/app/x/a.json")],
      [writtenPath("b.json"), ">", writtenPath("/app/x/b.json")],
      [writtenPath("a.json"), ">", writtenPath("/c.json")],
    ]);
  });

  it("migrates a request in a heredoc, and one in a command of a folder", async () => {
    const flat = '{"rule": {"dispatchRuleDirect": {"roomName": "a"}}}';
    const wrapped = `{"dispatch_rule": ${flat}}`;
    const text = (inner: string): string =>
      `FROM a\nWORKDIR /app\nCOPY <<EOF rule.json\n${inner}\nEOF\nRUN echo '${inner}' > b.json\n`;
    expect((await migrateText("Dockerfile", text(flat))).newText).toBe(text(wrapped));
  });
});

it("reads any text", () => {
  const piece = fc.constantFrom(
    ..."a: b $< $@ $(X) $$ ${Y} := \\ # ; RUN COPY <<EOF EOF [ ] {{x}} #!/bin/sh @ - %".split(" "),
    "\n",
    "\n\t",
    "\\\n",
    "\r\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join(" ");
      for (const syntax of [make, just, docker]) {
        for (const region of syntax.read(text, all).regions) {
          expect(region.toOuter(0)).toBeGreaterThanOrEqual(0);
          expect(region.toOuter(region.text.length)).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    cases(200),
  );
});
