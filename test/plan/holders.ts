import { micromark } from "micromark";
import { parse, parseAllDocuments } from "yaml";
import { printed } from "../scripts/bash.ts";

/**
 * A way to put a text into another document. Texts and documents go by the names of files: a name tells the language,
 * and stands where the document says what it holds.
 */
export interface Holder {
  /** The document's name. */
  file: string;
  /** The names of the texts that it can hold. */
  holds: RegExp;
  /** What tells a text from other strings there; none is taken for a request that lacks it. */
  tells?: RegExp;
  /** What arbitrary edits may make, and no language does, that would mean something else there. */
  never?: RegExp;
  /**
   * The document, its lines ending as the text's do. What can't be said there in this way comes out as something else:
   * `read` tells.
   */
  write: (text: string, file: string) => string;
  /** The text, read out of the document by another program than ours, or by a few lines where there is none. */
  read: (document: string) => string | Promise<string>;
}

const ANY = /./;
const JSON_TEXT = /\.json$/;
const SCRIPT = /\.sh$/;

export const HOLDERS: Readonly<Record<string, Holder>> = {
  "a YAML block": yamlHolder((key, text) => [`data:`, `  ${key}: |-`, ...indented(text, "    "), "x: 1"]),
  "a YAML block that says its indentation": yamlHolder((key, text) => [
    `- - ${key}: |2-`,
    ...indented(text, "      "),
    "- x # it's",
  ]),
  "a YAML string in double quotes": yamlHolder((key, text) => [`{${key}: ${JSON.stringify(text)}, x: 1}`]),
  "a YAML string in single quotes": yamlHolder((key, text) => [
    `a:`,
    `- ${key}: '${text.replaceAll("'", "''")}'`,
  ]),
  "a folded YAML block": {
    ...yamlHolder((key, text) => [`${key}: >-`, ...indented(text, "  ")]),
    // A line stays one only behind more spaces than the others, as those of JSON do.
    never: /\n/,
  },
  "a step of a workflow": {
    ...yamlHolder((_, text) => [
      "jobs:",
      "  a:",
      "    steps:",
      "      - name: Create",
      "        run: |-",
      ...indented(text, "          "),
      "      - uses: x",
    ]),
    holds: SCRIPT,
  },
  "a JSON string": {
    file: "request.json",
    holds: ANY,
    write: (text, file) => pretty({ item: [{ [file]: text }], name: "trunk_ids" }, text),
    read: (document) => Object.values((JSON.parse(document) as { item: [object] }).item[0])[0] as string,
  },
  "a line of NDJSON": {
    file: "requests.ndjson",
    holds: JSON_TEXT,
    write: (text) => `{"name": 1}\n\n${text}\n{"name": "x"}`,
    read: (document) => document.split("\n")[2] ?? "",
  },
  "a fence": fence("", ""),
  "a fence in a list": fence("10. ", "    "),
  "a fence in a list behind tabs": fence("-\t", "\t"),
  "a fence in a quote": fence("> ", "> "),
  "a fence in a list in a quote": fence("> - ", ">   "),
  "a fence in a quote in a list": fence("- > ", "  > "),
  "a fence that is indented": fence("  ", "  "),
  "a fence in details": {
    ...fence("", ""),
    write: (text, file) =>
      lines(text, "<details>", "<summary>It</summary>", "", ...fenced(text, file), "", "</details>", ""),
  },
  "a fence in details, without blank lines": {
    ...fence("", ""),
    // To CommonMark this is HTML; what renders it shows a fence all the same.
    write: (text, file) => lines(text, "<details>", ...fenced(text, file), "</details>", ""),
    read: (document) => document.split(/\r?\n/).slice(2, -3).join("\n"),
  },
  "indented code": {
    file: "page.md",
    holds: JSON_TEXT,
    write: (text) => lines(text, "Text:", "", ...indented(text, "    "), "", "Text."),
    read: codeIn,
  },
  "a fence in a component": {
    file: "page.mdx",
    holds: ANY,
    write: (text, file) =>
      lines(text, "<Tabs>", "  <Tab>", ...fenced(text, file).map((line) => `      ${line}`), "  </Tab>"),
    read: (document) =>
      document
        .split(/\r?\n/)
        .slice(3, -2)
        .map((line) => line.slice(6))
        .join("\n"),
  },
  "a heredoc": heredoc((tag, file) => `cat <<${tag} > ${file}`, escapedFor(/[$`\\]/g)),
  "a heredoc in which nothing expands": heredoc((tag, file) => `cat > ${file} <<'${tag}' # it's`),
  "a heredoc behind a backslash": heredoc((tag, file) => `tee ${file} <<\\${tag} >/dev/null`),
  "a heredoc behind tabs": {
    ...heredoc((tag, file) => `if true; then\n\tcat <<-"${tag}" > ${file}`),
    write: (text, file) => {
      const tag = tagFor(text);
      const body = text.split("\n").map((line) => `\t${line}`);
      return ["if true; then", `\tcat > ${file} <<-"${tag}"`, ...body, `\t\t${tag}`, "fi", ""].join("\n");
    },
  },
  "a heredoc in a substitution": {
    file: "run.sh",
    holds: JSON_TEXT,
    write: (text) => {
      const tag = tagFor(text);
      return `X="$(cat <<${tag}\n${escapedFor(/[$`\\]/g)(text)}\n${tag}\n)"\nprintf %s "$X"\n`;
    },
    read: printed,
  },
  "the input of a command": {
    ...heredoc((tag) => `lk() { cat; }\nlk sip dispatch create - <<'${tag}'`),
    holds: JSON_TEXT,
    read: async (document) => (await printed(document)).replace(/\n$/, ""),
  },
  "a script in a heredoc": {
    ...heredoc((tag) => `ssh() { cat; }\nssh host <<'${tag}'`),
    holds: SCRIPT,
    read: async (document) => (await printed(document)).replace(/\n$/, ""),
  },
  "single quotes": word((text) => `'${text.replaceAll("'", String.raw`'\''`)}'`),
  "double quotes": word((text) => `"${escapedFor(/["$`\\]/g)(text)}"`),
  "ANSI quotes": word(
    (text) => `$'${escapedFor(/['\\]/g)(text).replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`,
  ),
  "a script in single quotes": script((text) => `'${text.replaceAll("'", String.raw`'\''`)}'`),
  "a script in double quotes": script((text) => `"${escapedFor(/["$`\\]/g)(text)}"`),
  "a PowerShell here-string": {
    file: "run.ps1",
    holds: JSON_TEXT,
    write: (text) => lines(text, "# it's", "$a = @'", text, "'@", ""),
    read: (document) => between(document, /@'\r?\n/, /\r?\n'@\s*$/),
  },
  "an expandable PowerShell here-string": {
    file: "run.ps1",
    holds: JSON_TEXT,
    write: (text) => lines(text, '@"', text.replaceAll(/[`$]/g, "`$&"), '"@ | lk sip dispatch create -'),
    read: (document) => between(document, /@"\r?\n/, /\r?\n"@.*$/).replaceAll(/`(.)/g, "$1"),
  },
  "a PowerShell string": {
    file: "run.ps1",
    holds: JSON_TEXT,
    write: (text) => `Send '${text.replaceAll(/['\u2018-\u201B]/g, "$&$&")}' # it's`,
    read: (document) => between(document, /Send '/, /' # it's$/).replaceAll(/(['\u2018-\u201B])\1/g, "$1"),
  },
  "a cell, as lines": cell((text) => text.split(/(?<=\n)/)),
  "a cell, as one string": cell((text) => text),
  "a body of HTTP": {
    file: "rules.http",
    holds: JSON_TEXT,
    write: (text) =>
      lines(
        text,
        "@a = b",
        "### one",
        "POST {{host}}/x",
        "A: b",
        "",
        text,
        "",
        "> {% x %}",
        "",
        "### two",
        "GET x",
      ),
    read: (document) => between(document, /A: b\r?\n\r?\n/, /\r?\n\r?\n> \{% x %\}.*$/s),
  },
  "a recipe of make": {
    file: "run.mk",
    holds: SCRIPT,
    write: (text) => `a: b\n\t@true\n\t@${text.replaceAll("$", "$$$$")}\n\nc:\n\tx`,
    // A shell of its own for each line: a text of several is not said here.
    read: (document) => (document.split("\n")[2] ?? "").slice(2).replaceAll("$$", "$"),
  },
  "a variable of make": {
    ...variable("run.mk", (text) => {
      const value = text.replaceAll("$", "$$$$").replaceAll("#", String.raw`\#`);
      return `export A := ${value}\na:\n\t@printf %s "$$A"\n`;
    }),
    // What make joins with the next line is read as one.
    never: /\\/,
  },
  "a variable of make, over lines": variable(
    "run.mk",
    (text) => `define A\n${text.replaceAll("$", "$$$$")}\nendef\nexport A\na:\n\t@printf %s "$$A"\n`,
  ),
  "a string of just": {
    file: "run.just",
    holds: JSON_TEXT,
    tells: /"rule"\s*:\s*[{$]/,
    write: (text) => `a := "${escapedFor(/["\\]/g)(text)}" # it's\n\nb:\n    x {{a}}\n`,
    read: (document) =>
      between(document, /^a := "/, /" # it's\n\nb:\n {4}x \{\{a\}\}\n$/).replaceAll(/\\([^])/g, "$1"),
  },
  "a raw string of just": {
    file: "run.just",
    holds: JSON_TEXT,
    tells: /"rule"\s*:\s*[{$]/,
    write: (text) => `export a := '''\n${text}\n'''\nb c='d': a\n`,
    read: (document) => between(document, /^export a := '''\n/, /\n'''\nb c='d': a\n$/),
  },
  "a recipe of just": {
    file: "run.just",
    holds: SCRIPT,
    // Two braces begin an expression.
    never: /\{\{/,
    write: (text) =>
      ["a:", "    #!/bin/sh", ...indented(text.replaceAll("{{", "{{{{"), "    "), "", "b:", "    x"].join(
        "\n",
      ),
    read: (document) =>
      document
        .split("\n")
        .slice(2, -3)
        .map((line) => line.slice(4))
        .join("\n")
        .replaceAll("{{{{", "{{"),
  },
  "a script of docker": {
    file: "run.dockerfile",
    holds: SCRIPT,
    write: (text) => {
      const tag = tagFor(text);
      return ["FROM x", "WORKDIR /a", `RUN <<'${tag}'`, text, tag, "CMD x"].join("\n");
    },
    read: (document) => document.split("\n").slice(3, -2).join("\n"),
  },
  "a variable of docker": {
    file: "run.dockerfile",
    holds: JSON_TEXT,
    tells: /"rule"\s*:\s*[{$]/,
    // An instruction is one line.
    write: (text) =>
      /[\r\n]/.test(text) ? "" : `FROM x\nENV A=b R='${text.replaceAll("'", String.raw`'\''`)}' C=d\nCMD x\n`,
    read: (document) =>
      between(document, /^FROM x\nENV A=b R='/, /' C=d\nCMD x\n$/).replaceAll(String.raw`'\''`, "'"),
  },
  "a word of a command of docker": {
    file: "run.dockerfile",
    holds: JSON_TEXT,
    tells: /"rule"\s*:\s*[{$]/,
    write: (text) => `FROM x\nCMD ["curl", "-d", ${JSON.stringify(text)}, "x"]\n`,
    read: (document) => (JSON.parse(between(document, /^FROM x\nCMD /, /\n$/) || "[]") as string[])[2] ?? "",
  },
  "a variable in a list of YAML": {
    ...yamlHolder((_, text) => ["a:", "  environment:", "    - A=b", `    - ${JSON.stringify(`R=${text}`)}`]),
    holds: JSON_TEXT,
    // Nothing but how it begins tells that it is JSON.
    never: /^\[\s*\{(?!\s*["}])/,
    read: (document) => {
      const { a } = parse(document || "a: {}") as { a: { environment?: string[] } };
      return a.environment?.[1]?.slice(2) ?? "";
    },
  },
  "a file of docker": {
    file: "run.dockerfile",
    holds: ANY,
    write: (text, file) => {
      const tag = tagFor(text);
      return ["FROM x", `COPY <<'${tag}' /${file}`, text, tag, ""].join("\n");
    },
    read: (document) => document.split("\n").slice(2, -2).join("\n"),
  },
  "a string of Python": {
    file: "run.py",
    holds: JSON_TEXT,
    tells: /"rule"\s*:/,
    write: (text) => `body = '''${escapedFor(/['\\]/g)(text)}'''\nsend(body)\n`,
    read: (document) => between(document, /^body = '''/, /'''\nsend\(body\)\n$/).replaceAll(/\\(.)/g, "$1"),
  },
};

/** What makes of a text a document that says it in a way in which it can't be edited. */
export const BARRED: Readonly<Record<string, Pick<Holder, "file" | "holds" | "write">>> = {
  "a folded YAML block with lines that are kept": {
    file: "a.yaml",
    holds: JSON_TEXT,
    write: (text) => `x: >\n  {\n  "a": 1, "b":\n    ${text.replaceAll(/\r?\n/g, "\n  ")}\n  }\n`,
  },
  "a substitution in another document": {
    file: "run.sh",
    holds: JSON_TEXT,
    write: (text) =>
      `cat <<EOF\n{"a": "$(lk '${text.replaceAll("'", String.raw`'\''`)}')", "dispatch_rule": {}}\nEOF\n`,
  },
};

function yamlHolder(write: (key: string, text: string) => string[]): Holder {
  return {
    file: "values.yaml",
    holds: ANY,
    write: (text, file) => lines(text, ...write(file, text)),
    read: (document) => {
      const [first] = parseAllDocuments(document);
      return first && first.errors.length === 0 ? longest(first.toJS({ mapAsMap: true })) : "";
    },
  };
}

/** The longest string of a value: what holds a document holds nothing longer. */
function longest(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return "";
  return [...(value instanceof Map ? value.values() : Object.values(value))]
    .map(longest)
    .reduce((a, b) => (b.length > a.length ? b : a), "");
}

function fence(first: string, rest: string): Holder {
  return {
    file: "page.md",
    holds: ANY,
    write: (text, file) => {
      const [open = "", ...others] = fenced(text, file);
      return lines(text, "# Rules", "", first + open, ...others.map((line) => rest + line), "", "Text.");
    },
    read: codeIn,
  };
}

function fenced(text: string, file: string): string[] {
  const longestFence = Math.max(2, ...(text.match(/`+/g) ?? []).map((one) => one.length));
  const mark = "`".repeat(longestFence + 1);
  return [mark + (file.split(".").at(-1) ?? ""), ...text.split(/\r?\n/), mark];
}

/** The only code of a page, as a browser would show it. */
function codeIn(page: string): string {
  const [, code = ""] = /<pre><code[^>]*>([^]*?)\n?<\/code><\/pre>/.exec(micromark(page)) ?? [];
  return code
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

function heredoc(command: (tag: string, file: string) => string, escape = (text: string) => text): Holder {
  return {
    file: "run.sh",
    holds: ANY,
    write: (text, file) => {
      const tag = tagFor(text);
      return `set -e # it's\n${command(tag, file)}\n${escape(text)}\n${tag}\n`;
    },
    read: async (document) => {
      const [, file = ""] = /(?:> |tee )([\w.]+)/.exec(document) ?? [];
      return (await printed(`${document}\ncat ${file}`)).replace(/\n$/, "");
    },
  };
}

/** The value of a variable of a Makefile that prints it. */
function variable(file: string, write: (text: string) => string): Holder {
  return {
    file,
    holds: JSON_TEXT,
    tells: /"rule"\s*:\s*[{$]/,
    // Make wants its own lines to end with a line feed alone.
    write: (text) => (text.includes("\r") ? "" : write(text)),
    read: (document) => {
      const tag = tagFor(document);
      return printed(`cat > ${file} <<'${tag}'\n${document}\n${tag}\nmake -s -f ${file}`);
    },
  };
}

/** JSON in one word. Nothing stands around it, so that it may be a line of something else. */
function word(quoted: (text: string) => string): Holder {
  return {
    file: "run.sh",
    holds: JSON_TEXT,
    write: (text) => `printf %s ${quoted(text)} | cat`,
    read: printed,
  };
}

function script(quoted: (text: string) => string): Holder {
  return {
    file: "run.sh",
    holds: SCRIPT,
    write: (text) => `bash -c ${quoted(text)}`,
    read: (document) => printed(document.replace("bash -c", "printf %s")),
  };
}

function cell(source: (text: string) => string | string[]): Holder {
  return {
    file: "book.ipynb",
    holds: ANY,
    write: (text, file) =>
      pretty(
        {
          cells: [
            { cell_type: "markdown", metadata: {}, source: ["# Rules"] },
            { cell_type: "code", metadata: {}, source: source(`%%writefile ${file}\n${text}`) },
          ],
          nbformat: 4,
        },
        text,
      ),
    read: (document) => {
      const { cells } = JSON.parse(document) as { cells: { source: string | string[] }[] };
      return [cells[1]?.source ?? ""].flat().join("").replace(/^.*\n/, "");
    },
  };
}

const newlineOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? "\n";

/** Lines that end as those of a text do. */
function lines(text: string, ...all: string[]): string {
  return all.join(newlineOf(text));
}

/** The text's lines without their ends, behind an indentation; blank ones without. */
function indented(text: string, indent: string): string[] {
  return text.split(/\r?\n/).map((line) => (line === "" ? "" : indent + line));
}

function pretty(value: unknown, like: string): string {
  return JSON.stringify(value, null, 1).replaceAll("\n", newlineOf(like));
}

function escapedFor(characters: RegExp): (text: string) => string {
  return (text) => text.replaceAll(characters, String.raw`\$&`);
}

/** A tag that is no line of the text. */
function tagFor(text: string): string {
  let tag = "EOF";
  while (text.includes(tag)) tag += "F";
  return tag;
}

function between(document: string, before: RegExp, after: RegExp): string {
  const from = before.exec(document);
  return document.slice((from?.index ?? 0) + (from?.[0].length ?? 0)).replace(after, "");
}
