import { describe, expect, it } from "vitest";
import { notebook } from "../../src/documents/notebook/index.ts";
import { pieceRegion, cellText } from "../../src/documents/notebook/cell-text.ts";
import { codeRegions } from "../../src/documents/notebook/cell-regions.ts";
import { readJson } from "../../src/documents/json/read.ts";

/** As Jupyter writes it: a line an item, each with its line break. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
const notebookOf = (cells: [string, string | string[]][], metadata: unknown = {}, indent = 1): string =>
  JSON.stringify(
    {
      cells: cells.map(([cell_type, source]) => ({ cell_type, metadata: {}, source })),
      metadata,
      nbformat: 4,
    },
    null,
    indent,
  );
const regionsOf = (cells: [string, string | string[]][], metadata?: unknown): string[] =>
  notebook
    .read(notebookOf(cells, metadata))
    .regions.map(({ label, syntax, text }) => `${label} ${syntax}: ${text}`);

describe("cells", () => {
  it.each<[string, [string, string], string[]]>([
    ["markdown", ["markdown", "# trunk_ids\n"], ["cell 1 markdown: # trunk_ids\n"]],
    ["raw, by its content", ["raw", '{"trunk_ids": []}'], ['cell 1 json: {"trunk_ids": []}']],
    ["raw, of no language", ["raw", "Some trunk_ids."], []],
    ["%%bash", ["code", "%%bash\nlk sip dispatch list\n"], ["cell 1 shell: lk sip dispatch list\n"]],
    [
      "%%sh after blank lines",
      ["code", "\n%%sh -e\nlk sip dispatch list"],
      ["cell 1 shell: lk sip dispatch list"],
    ],
    [
      "%%script",
      ["code", "%%script /bin/bash -e\nlk sip dispatch list"],
      ["cell 1 shell: lk sip dispatch list"],
    ],
    ["%%writefile", ["code", "%%writefile -a a/rule.yaml\ntrunk_ids: []"], ["cell 1 yaml: trunk_ids: []"]],
    ["a magic of another language", ["code", "%%latex\ntrunkIds"], []],
    [
      "%%time, after which all is as without it",
      ["code", "%%time\n!lk sip dispatch list"],
      ["cell 1 shell: lk sip dispatch list"],
    ],
    [
      "commands among Python",
      [
        "code",
        'ids = !lk sip dispatch list \\\n  --json\nif x:\n    !echo "a"\nprint(a != b)\n%pip install x',
      ],
      ['cell 1 shell: lk sip dispatch list \\\n  --json\necho "a"'],
    ],
    ["Python that says nothing of requests", ["code", "!ls\nx = 1"], []],
  ])("%s", (_, [type, source], expected) => {
    expect(regionsOf([[type, source]])).toEqual(expected);
    expect(regionsOf([[type, linesOf(source)]])).toEqual(expected);
  });

  it("are in the language of the kernel", () => {
    const shell = { kernelspec: { name: "bash", language: "bash" } };
    expect(regionsOf([["code", "x\nlk sip dispatch list"]], shell)).toEqual([
      "cell 1 shell: x\nlk sip dispatch list",
    ]);
    const other = { language_info: { name: "powershell" } };
    expect(regionsOf([["code", "lk sip dispatch list"]], other)).toEqual([
      "cell 1 powershell: lk sip dispatch list",
    ]);
  });

  it("are counted from one, and outputs are not looked at", () => {
    const outputs = [{ data: { "text/plain": ['{"trunk_ids": []}'] } }];
    const document = {
      cells: [
        { cell_type: "code", source: [], outputs },
        { cell_type: "raw", source: "- trunk_ids: 1" },
      ],
    };
    expect(notebook.read(JSON.stringify(document)).regions.map(({ label }) => label)).toEqual(["cell 2"]);
  });

  it.each(["", "{", "[]", '{"cells": 1}', '{"cells": [1, {"source": [1]}, {"source": ""}, {}]}'])(
    "are none in %j, and nothing is thrown",
    (text) => {
      expect(notebook.read(text).regions).toEqual([]);
    },
  );
});

describe("Python beside commands", () => {
  it("has an expression in the place of each escape, so that it can be parsed", () => {
    const source = "# trunk_ids\nids = !lk sip dispatch list\nif x:\n    %time f()\ny = 2";
    const outer = JSON.stringify(linesOf(source));
    const read = readJson(outer);
    const cell = "value" in read ? cellText(outer, read.value, "cell 1") : undefined;
    if (!cell) throw new Error("no cell");
    const python = codeRegions(cell, "python", () => true).find(({ syntax }) => syntax === "python");
    if (python) expect(python.text).toBe("# trunk_ids\nids = None\nif x:\n    None\ny = 2");
    expect(pieceRegion(cell, "python", cell.pieces({ start: 0, end: 3 }))[0]?.text).toBe("# t");
  });
});

describe("edits of a cell's text", () => {
  it("put a new line into a new item, indented like the others", () => {
    const text = notebookOf([["raw", ['{ "trunk_ids": []\n', "}"]]]);
    const [region] = notebook.read(text).regions;
    expect(region?.encode("a\nb\n", 3)).toBe('a\\n",\n    "b\\n",\n    "');
  });
});
