import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { allDocuments, readDocument } from "../../src/sources/document.ts";
import { markdown, mdx } from "../../src/documents/markdown/index.ts";
import { expectRegionLaw, editsOf } from "../sources/region-law.ts";

const JSON_TEXT = '{\n  "rule": {},\n\n  "trunk_ids": []\n}';

const found = (text: string, syntax = markdown) =>
  syntax.read(text).regions.map((region) => ({
    label: region.label,
    syntax: region.syntax,
    text: region.text,
    at: region.toOuter(0),
  }));
const texts = (text: string, syntax = markdown): string[] =>
  syntax.read(text).regions.map((region) => region.text);

describe("a fence", () => {
  it.each([
    ["```json", "```"],
    ["``` json", "```"],
    ["````json", "````"],
    ["```json", "`````  "],
    ["~~~json", "~~~"],
    ["~~~~ json `x`", "~~~~~~"],
    ["  ```json", "   ```"],
    ["```", "```"],
    ["~~~", "~~~"],
    ["```json", ""],
  ])("of %j and %j is a region from its first to its last line", (open, close) => {
    const indent = /^ */.exec(open)?.[0] ?? "";
    const text = `# Title\n\nText:\n${open}\n${JSON_TEXT.replaceAll(/^(?=.)/gm, indent)}\n${close}`;
    expect(texts(text)).toEqual([JSON_TEXT]);
    expect(found(text)[0]?.at).toBe(text.indexOf("{\n"));
  });

  it.each([
    ["```json", "json", "json fence"],
    ["```JSON", "json", "JSON fence"],
    ['```json title="rule.json" {1,3}', "json", "json fence"],
    ["```json{1,3}", "json", "json fence"],
    ["```{.json .wide}", "json", "json fence"],
    ["```{ .json }", "json", "json fence"],
    ["```jsonc", "json", "jsonc fence"],
    ["```json5", "json", "json5 fence"],
    ["```yml", "yaml", "yml fence"],
    ["```console", "json", "console fence"],
    ["```http", "http", "http fence"],
    ["```text", "json", "text fence"],
    ['``` title="rule.json"', "json", "fence"],
    ["```", "json", "fence"],
    ["```rule.json.example", "json", "rule.json.example fence"],
  ])("that opens with %s is written in %s", (open, syntax, label) => {
    expect(found(`${open}\n${JSON_TEXT}\n\`\`\`\n`)).toMatchObject([{ syntax, label }]);
  });

  it.each(["brainfuck", "{brainfuck}", "mermaid", "constructor", "__proto__"])(
    "in a language that is not known is none: %s",
    (name) => {
      expect(found(`\`\`\`${name}\n${JSON_TEXT}\n\`\`\`\n`)).toEqual([]);
    },
  );

  it("without the trigger words is none", () => {
    expect(found('```json\n{"room": "x"}\n```\n\nSee dispatch_rule.\n')).toEqual([]);
  });

  it("that nothing tells the language of is none", () => {
    expect(found("```\nthe dispatch_rule\n```\n")).toEqual([]);
  });
});

describe("where fences stand", () => {
  const fence = `\`\`\`json\n${JSON_TEXT}\n\`\`\``;
  const indented = (text: string, by: string): string => text.replaceAll(/^/gm, by);
  const after = (first: string, text: string, by: string): string =>
    first + indented(text, by).slice(by.length);

  it.each([
    ["a list item", after("1. ", `Create it:\n\n${fence}`, "   ")],
    ["a list item that begins with it", after("- ", fence, "  ")],
    ["a list in a list", after("- a\n\n  1) ", fence, "     ")],
    ["a quote", indented(fence, "> ")],
    ["an alert", indented(`[!NOTE]\n${fence}`, "> ")],
    ["a list in a quote", indented(after("- ", fence, "  "), "> ")],
    ["a quote in a list", after("* ", indented(fence, "> "), "  ")],
    ["<details>", `<details>\n<summary>The request</summary>\n\n${fence}\n\n</details>`],
    ["<details> without blank lines", `<details>\n<summary>It</summary>\n${fence}\n</details>`],
    ["<details> in a list", after("- ", `<details>\n\n${fence}\n\n</details>`, "  ")],
    ["after a comment", `<!-- prettier-ignore -->\n${fence}`],
    ["after a heading", `# Title\n${fence}`],
    ["after a paragraph", `Text:\n${fence}\ntext`],
    ["at once after another", `\`\`\`\nx\n\`\`\`\n${fence}`],
    ["after front matter", `---\ntitle: "\`\`\`"\n---\n${fence}`],
    ["after what is no front matter", `---\n\n${fence}`],
    ["after a byte order mark", `\uFEFF${fence}`],
    ["a list item whose blank line holds no spaces", after("1. ", fence, "   ").replaceAll(/^ +$/gm, "")],
  ])("%s", (_, text) => {
    for (const syntax of [markdown, mdx]) expect(texts(text, syntax)).toEqual([JSON_TEXT]);
    for (const ending of ["\r\n", "\r"]) {
      expect(texts(text.replaceAll("\n", ending))).toEqual([JSON_TEXT.replaceAll("\n", ending)]);
    }
  });

  it("a list whose lines a tab indents", () => {
    const text = '-\ttext\n\n\t```json\n\t{\n\t\t"trunk_ids": []\n\t}\n\t```\n';
    expect(texts(text)).toEqual(['{\n\t"trunk_ids": []\n}']);
  });

  it("a quote whose lines go without the space after its mark, and a fence before flush lines", () => {
    expect(texts(`>\`\`\`json\n${JSON_TEXT.replaceAll(/^/gm, ">")}\n>\`\`\``)).toEqual([JSON_TEXT]);
    expect(texts(`  \`\`\`json\n${JSON_TEXT}\n  \`\`\``)).toEqual([JSON_TEXT]);
  });

  it("a fence in a fence is the inner document's", () => {
    const [outer] = markdown.read(`\`\`\`\`md\nText:\n\n${fence}\n\`\`\`\`\n`).regions;
    expect(outer).toMatchObject({ syntax: "markdown", text: `Text:\n\n${fence}` });
    expect(texts(outer?.text ?? "")).toEqual([JSON_TEXT]);
  });

  it("what stands in a comment is no fence, and what follows it is", () => {
    expect(found(`<!--\n${fence}\n-->\n`)).toEqual([]);
    expect(texts(`<!--\n${fence}\n-->\n\n${fence}\n`)).toEqual([JSON_TEXT]);
  });

  it("a fence ends with its quote", () => {
    expect(texts(`> \`\`\`json\n> {"trunk_ids": []}\ntext\n\n${fence}`)).toEqual([
      '{"trunk_ids": []}',
      JSON_TEXT,
    ]);
  });

  it("all of a long page, in their order", () => {
    const pages = Array.from({ length: 500 }, (_, index) =>
      index % 3 === 0 ? `<!--\n\nx\n\n-->\n` : `Text\n\n\`\`\`json\n{"trunk_ids": [${index}]}\n\nx\n\`\`\`\n`,
    );
    const expected = pages.flatMap((_, index) => (index % 3 === 0 ? [] : [`{"trunk_ids": [${index}]}\n\nx`]));
    expect(texts(pages.join("\n"))).toEqual(expected);
  });

  it("a fence or a comment that is longer than a piece of the page", () => {
    const long = "x\n\n".repeat(4_000);
    const text = `${fence}\n\n<!--\n${long}${fence}\n-->\n\n\`\`\`text\n${long}\`\`\`\n\n${fence}\n`;
    expect(texts(text)).toEqual([JSON_TEXT, JSON_TEXT]);
  });
});

describe("code without a fence", () => {
  const indented = JSON_TEXT.replaceAll(/^(?=.)/gm, "    ");

  it("is a region in Markdown, told by how it begins", () => {
    const text = `Text:\n\n${indented}\n\ntext\n`;
    expect(found(text)).toEqual([
      { label: "indented code", syntax: "json", text: JSON_TEXT, at: text.indexOf("{") },
    ]);
    expect(texts(text.replaceAll("    ", "\t"))).toEqual([JSON_TEXT]);
  });

  it("is none in MDX, where a fence in JSX may be indented", () => {
    const fence = ["```json", ...JSON_TEXT.split("\n"), "```"].map((line) => `        ${line}`).join("\n");
    const text = `import X from "x"\n\n<Tabs>\n    <Tab>\n${fence}\n    </Tab>\n</Tabs>\n\n${indented}\n`;
    expect(texts(text, mdx)).toEqual([JSON_TEXT]);
  });

  it("that holds a fence is a page of its own", () => {
    const fence = `\`\`\`json\n${JSON_TEXT}\n\`\`\``;
    const text = `!!! note\n\n    Text:\n\n${fence.replaceAll(/^/gm, "    ")}\n`;
    expect(found(text)).toMatchObject([
      { label: "indented code", syntax: "markdown", text: `Text:\n\n${fence}` },
    ]);
  });
});

describe("front matter", () => {
  it("is a region of YAML", () => {
    const text = "---\ntitle: x\ntrunk_ids: []\n---\n\ntext\n";
    expect(found(text)).toEqual([
      { label: "front matter", syntax: "yaml", text: "title: x\ntrunk_ids: []", at: 4 },
    ]);
    expect(texts(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(["title: x\r\ntrunk_ids: []"]);
  });

  it("stands on the first line, and is closed", () => {
    expect(found("\n---\ntrunk_ids: []\n---\n")).toEqual([]);
    expect(found("---\ntrunk_ids: []\n")).toEqual([]);
    expect(found("---\n---\ntrunk_ids: []\n---\n")).toEqual([]);
  });
});

describe("hostile pages", () => {
  const last = '\n\nText\n\n```json\n{"trunk_ids": []}\n```\n';

  it.each([
    ["100,000 backticks", "`".repeat(100_000)],
    ["a fence that never ends", `\`\`\`\n${"x\n\n".repeat(2_000)}`],
    ["fences that never end", "````\n```\n~~~\n".repeat(500)],
    ["comments that never end", "<!--\n".repeat(2_000)],
    ["underlines", "a\n=\nb\n-\n".repeat(1000)],
    ["brackets", "[".repeat(20_000)],
    ["emphasis", "*a _b ".repeat(10_000)],
    ["quotes that end at once", "> a\nb\n\n".repeat(2_000)],
    ["nothing but carriage returns", "\r".repeat(100_000)],
    ["nothing but tabs", "\t".repeat(100_000)],
  ])("%s", (_, text) => {
    const { problems } = markdown.read(text + last);
    expect(problems).toEqual([]);
  });

  it.each([
    ["quotes", ">".repeat(20_000)],
    ["lists", "- ".repeat(20_000)],
    ["both", "> - ".repeat(20_000)],
  ])("%s that stand too deep in each other are a problem, where they do", (_, text) => {
    expect(markdown.read(`${text}dispatch_rule${last}`)).toMatchObject({
      regions: [],
      problems: [{ message: "quotes and lists stand too deep in each other here" }],
    });
  });

  it("a list of many levels is a problem, and one of ninety is not", () => {
    const list = (levels: number): string =>
      Array.from({ length: levels }, (_, level) => `${"  ".repeat(level)}- a\n`).join("");
    expect(markdown.read(`${list(90)}dispatch_rule${last}`)).toMatchObject({ regions: [{}], problems: [] });
    expect(markdown.read(`${list(200)}dispatch_rule${last}`).problems).toHaveLength(1);
  });

  it("a list that the parser would take minutes for is a problem", () => {
    const { problems } = markdown.read(`Text\n\n${"> ```\nb\n".repeat(50_000)}${last}`);
    expect(problems).toMatchObject([{ message: "this page is too long to be read from here on" }]);
  });

  it("any text is read without an exception, into regions that are pieces of it", () => {
    const marks = ["```", "~~~", "````", "json", "\n", "\n\n", "\r\n", "\r", "> ", "- ", "1. ", "  ", "    "];
    const others = [
      "\t",
      "{",
      "}",
      '"trunk_ids": []',
      "<!--",
      "-->",
      "<details>",
      "---\n",
      "\uFEFF",
      "\0",
      "x",
    ];
    const piece = fc.constantFrom(...marks, ...others);
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join("");
        for (const { regions } of [markdown.read(text), mdx.read(text)]) {
          for (const region of regions) {
            const line = region.text.split(/[\r\n]/, 1)[0] ?? "";
            expect(text.startsWith(line, region.toOuter(0))).toBe(true);
          }
        }
      }),
      cases(200),
    );
  });
});

describe("the region law", () => {
  const container = fc.constantFrom(
    { first: "", rest: "" },
    { first: "- ", rest: "  " },
    { first: "1.\t", rest: "\t" },
    { first: "> ", rest: "> " },
    { first: ">", rest: ">" },
    { first: "> - ", rest: ">   " },
    { first: "- > ", rest: "  > " },
    { first: "  ", rest: "  " },
    { first: "  ", rest: "" },
    { first: "- ```\n  ```\n\n    ", rest: "  " },
    { first: "    ", rest: "    " },
  );
  const page = fc
    .record({
      container,
      fence: fc.constantFrom("```", "~~~", "````"),
      ending: fc.constantFrom("\n", "\r\n"),
      closed: fc.boolean(),
    })
    .map(({ container: { first, rest }, fence, ending, closed }) => {
      const inner = ['{ "name": [', "", '  "ST_1"', '], "rule":', "\t{ }", "} // trunk_ids"];
      const code = rest === "    " ? inner : [`${fence}json`, ...inner, ...(closed ? [fence] : [])];
      const lines = code.map((line, index) => (index === 0 ? first : rest) + line);
      return ["Text:", "", ...lines, ""].join(ending);
    });

  it("holds for every fence and for indented code", () => {
    expect.hasAssertions();
    const edited = page.chain((text) => {
      const inner = markdown.read(text).regions[0]?.text ?? "";
      const isInLineEnd = (offset: number): boolean => inner.startsWith("\r\n", offset - 1);
      return editsOf(inner)
        .filter((edits) => !edits.some(({ start, end }) => isInLineEnd(start) || isInLineEnd(end)))
        .map((edits) => ({ text, edits }));
    });
    fc.assert(
      fc.property(edited, ({ text, edits }) => expectRegionLaw(markdown, text, edits)),
      cases(150),
    );
  });
});

describe("a request in an element is a site that is only pointed at", () => {
  const FLAT = '{ "trunk_ids": ["ST_a"], "rule": { "dispatchRuleDirect": { "roomName": "desk" } } }';
  const sites = async (text: string): Promise<string[]> =>
    allDocuments(await readDocument("a.mdx", text)).flatMap((document) =>
      document.reading.sites.map(({ at, remarks }) => {
        const said = text.slice(document.inSource(at.start), document.inSource(at.end));
        return `${said} ${document.syntaxId === "elements" ? remarks?.[0]?.weighs : ""}`;
      }),
    );

  it.each([
    ["<pre>", `<pre><code>${FLAT}</code></pre>`],
    ["<CodeBlock>", `<CodeBlock language="json">{\`${FLAT}\`}</CodeBlock>`],
    ["<Code> over several lines", `<Code\n  lang="json"\n>\n${FLAT}\n</Code>`],
    ["a shortcode of Hugo's", `{{< highlight json "linenos=table" >}}\n${FLAT}\n{{< /highlight >}}`],
    ["another one", `{{% code %}}\n${FLAT}\n{{%/code%}}`],
    ["a tag of Jekyll's", `{% highlight json %}\n${FLAT}\n{% endhighlight %}`],
    ["after one that is closed", `<pre>\n</pre>\n<pre>${FLAT}</pre>`],
  ])("%s", async (_, text) => {
    expect(await sites(`# Rules\n\nIt's "so:\n\n${text}\n`)).toEqual([`${FLAT} manual`]);
  });

  it("whatever its quotes are written as", async () => {
    expect(await sites(`<pre>${FLAT.replaceAll('"', "&quot;")}</pre>`)).toHaveLength(1);
  });

  it.each([
    ["in a comment", `<!-- <pre>${FLAT}</pre> -->`],
    ["in a comment of JSX", `{/* <pre>${FLAT}</pre> */}`],
    ["wrapped", `<pre>{ "dispatch_rule": ${FLAT} }</pre>`],
    ["in prose", `<Note>Not \`${FLAT}\`.</Note>`],
    ["behind what nothing closes", `<pre>${FLAT}`],
  ])("but not %s", async (_, text) => {
    expect(await sites(text)).toEqual([]);
  });

  it("but not in a fence in it, which is one", async () => {
    const fence = `<CodeGroup>\n\n\`\`\`json\n${FLAT}\n\`\`\`\n\n</CodeGroup>`;
    expect(await sites(fence)).toEqual([`${FLAT} `]);
  });
});
