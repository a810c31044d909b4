/** A file that grows: its name, and its text for a number. */
export interface Growing {
  file: string;
  text: (count: number) => string;
}

const RULE = '"rule":{"dispatchRuleDirect":{"roomName":"lobby"}}';
const flat = (index: number): string => `{"name":"desk ${index}","trunk_ids":["ST_a"],${RULE}}`;
const json = flat(0);

const times = (count: number, one: (index: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, index) => one(index)).join(between);

/** A program's concatenation of many strings that is a command of `lk`, and the same with brackets around each part. */
function concatenations(file: string, plus: string, statement: (value: string) => string): Growing[] {
  const quoted = '"lk sip dispatch create r.json"';
  return [
    { file, text: (count) => statement(`${times(count, () => '"a"', plus)}${plus}${quoted}`) },
    {
      file,
      text: (count) => statement(`${"(".repeat(count)}"a"${`${plus}"b")`.repeat(count)}${plus}${quoted}`),
    },
    {
      file,
      text: (count) => times(count, (index) => statement(`"a"${plus}"lk sip dispatch create ${index}.json"`)),
    },
  ];
}

function named(what: string, growing: Growing[]): Record<string, Growing> {
  return Object.fromEntries(growing.map((one, index) => [`${what}, ${index + 1}`, one]));
}

/** Every language with what may be long in it: a line, a list, a chain, a nest. None of it is odd but in its length. */
export const GROWING: Readonly<Record<string, Growing>> = {
  "JSON: requests on one line": { file: "a.json", text: (n) => `[${times(n, flat, ",")}]` },
  "JSON: requests on lines": {
    file: "a.json",
    text: (n) => `[\n${times(n, (i) => `  ${flat(i)}`, ",\n")}\n]`,
  },
  "JSON: requests with comments": {
    file: "a.json",
    text: (n) => `[\n${times(n, (i) => `  // desk\n  ${flat(i)}, // here\n`, "")}\n]`,
  },
  "JSON: requests that are silenced": {
    file: "a.json",
    text: (n) => `[\n${times(n, (i) => `  // sip-dispatch-ignore: old\n  ${flat(i)}`, ",\n")}\n]`,
  },
  "JSON: silences of one finding": {
    file: "a.json",
    text: (n) =>
      `[\n${times(n, (i) => `  // sip-dispatch-ignore lk-refuses, live-rule: old\n  ${flat(i)}`, ",\n")}\n]`,
  },
  "JSON: a silence of many findings": {
    file: "a.json",
    text: (n) => `// sip-dispatch-ignore ${times(n, (i) => `id-${i}`, ",")}\n${json}`,
  },
  "JSON: silences of nothing": {
    file: "a.json",
    text: (n) => `[\n${times(n, () => `  // sip-dispatch-ignore: old`)}\n  ${json}\n]`,
  },
  "JSON: annotations of one request": {
    file: "a.json",
    text: (n) => `{\n  "name": "a",\n${times(n, (i) => `  "_${i}": "x", // here`)}\n  ${RULE}\n}`,
  },
  "JSON: fields that nobody knows": {
    file: "a.json",
    text: (n) => `{ ${times(n, (i) => `"x${i}": 1`, ", ")}, ${RULE} }`,
  },
  "JSON: a nest of lists": { file: "a.json", text: (n) => `${"[".repeat(n)}${json}${"]".repeat(n)}` },
  "JSON: a nest in a request": {
    file: "a.json",
    text: (n) => `{"_x":${'{"a":['.repeat(n)}${"]}".repeat(n)},${RULE}}`,
  },
  "JSON: requests in strings": {
    file: "a.json",
    text: (n) => `[${times(n, (i) => JSON.stringify({ body: flat(i) }), ",")}]`,
  },
  "JSON: one long string": { file: "a.json", text: (n) => JSON.stringify({ x: `${json}\n`.repeat(n) }) },
  "NDJSON: requests": { file: "a.ndjson", text: (n) => times(n, flat) },
  "YAML: documents": {
    file: "a.yaml",
    text: (n) => times(n, (i) => `name: desk ${i}\nrule:\n  dispatchRuleDirect:\n    roomName: a\n`, "---\n"),
  },
  "YAML: a list of requests": {
    file: "a.yaml",
    text: (n) =>
      times(n, (i) => `- name: desk ${i}\n  rule:\n    dispatchRuleDirect:\n      roomName: a\n`, ""),
  },
  "YAML: requests in one line": { file: "a.yaml", text: (n) => `[${times(n, flat, ",")}]\n` },
  "YAML: requests in blocks": {
    file: "a.yaml",
    text: (n) => `data:\n${times(n, (i) => `  rule-${i}.json: |\n    ${flat(i)}`)}\n`,
  },
  "YAML: one long block": {
    file: "a.yaml",
    text: (n) => `data:\n  a.ndjson: |\n${times(n, (i) => `    ${flat(i)}`)}\n`,
  },
  "YAML: steps of a workflow": {
    file: ".github/workflows/a.yml",
    text: (n) =>
      `jobs:\n  a:\n    steps:\n${times(n, (i) => `      - run: lk sip dispatch create ${i}.json`)}\n`,
  },
  "YAML: a nest": { file: "a.yaml", text: (n) => `x: ${"[".repeat(n)}${json}${"]".repeat(n)}\n` },
  "YAML: comments": {
    file: "a.yaml",
    text: (n) => `${times(n, () => "# sip dispatch-rule")}\nrule:\n  dispatchRuleDirect:\n    roomName: a\n`,
  },
  "Markdown: fences": {
    file: "a.md",
    text: (n) => times(n, (i) => `Create rule ${i}:\n\n\`\`\`json\n${flat(i)}\n\`\`\`\n`),
  },
  "Markdown: one long fence": {
    file: "a.md",
    text: (n) => `\`\`\`sh\n${times(n, (i) => `lk sip dispatch create ${i}.json`)}\n\`\`\`\n`,
  },
  "Markdown: lists in lists": {
    file: "a.md",
    text: (n) =>
      `${times(n, (i) => `${"  ".repeat(i % 20)}- dispatch rule`)}\n\n\`\`\`json\n${json}\n\`\`\`\n`,
  },
  "Markdown: quotes in quotes": { file: "a.md", text: (n) => `${"> ".repeat(n)}\`\`\`json\n${json}\n` },
  "Markdown: openings": {
    file: "a.md",
    text: (n) => `${"[".repeat(n)} dispatch_rule ${"*a ".repeat(n)}\n\n\`\`\`json\n${json}\n\`\`\`\n`,
  },
  "MDX: fences": {
    file: "a.mdx",
    text: (n) => times(n, (i) => `<Tab>\n\`\`\`json\n${flat(i)}\n\`\`\`\n</Tab>\n`),
  },
  "HTTP: requests": {
    file: "a.http",
    text: (n) =>
      times(n, (i) => `### ${i}\nPOST https://a/twirp/livekit.SIP/CreateSIPDispatchRule\n\n${flat(i)}\n`),
  },
  "a notebook: cells": {
    file: "a.ipynb",
    text: (n) =>
      JSON.stringify({
        cells: Array.from({ length: n }, (_, i) => ({
          cell_type: "code",
          metadata: {},
          source: `!lk sip dispatch create ${i}.json`,
        })),
        nbformat: 4,
      }),
  },
  "shell: commands": { file: "a.sh", text: (n) => times(n, (i) => `lk sip dispatch create ${i}.json`) },
  "shell: commands in one line": {
    file: "a.sh",
    text: (n) => times(n, (i) => `lk sip dispatch create ${i}.json`, "; "),
  },
  "shell: heredocs": {
    file: "a.sh",
    text: (n) =>
      times(n, (i) => `cat > ${i}.json <<'EOF'\n${flat(i)}\nEOF\nlk sip dispatch create ${i}.json`),
  },
  "shell: variables": {
    file: "a.sh",
    text: (n) => times(n, (i) => `A${i}=$A${i - 1}x\nlk sip dispatch create $A${i}.json`),
  },
  "shell: a variable that grows": {
    file: "a.sh",
    text: (n) =>
      `${times(n, (i) => `A="$A ${i}.json"`)}\nfor f in $A; do lk sip dispatch create "$f"; done\n`,
  },
  "shell: words": {
    file: "a.sh",
    text: (n) => `for f in ${times(n, (i) => `${i}.json`, " ")}; do lk sip dispatch create $f; done\n`,
  },
  "shell: a pipe": {
    file: "a.sh",
    text: (n) => `cat r.json ${"| cat ".repeat(n)}| lk sip dispatch create -\n`,
  },
  "shell: a nest": {
    file: "a.sh",
    text: (n) => `x=${"$(echo ".repeat(n)}lk sip dispatch create r.json${")".repeat(n)}\n`,
  },
  "shell: blocks in blocks": {
    file: "a.sh",
    text: (n) => `${"if true; then\n".repeat(n)}lk sip dispatch create r.json\n${"fi\n".repeat(n)}`,
  },
  "shell: functions": {
    file: "a.sh",
    text: (n) => `${times(n, (i) => `f${i}() { f${i - 1} "$1"; }`)}\nf${n - 1} dispatch_rule.json\n`,
  },
  "shell: quotes": {
    file: "a.sh",
    text: (n) => times(n, (i) => `printf %s '${flat(i)}' | lk sip dispatch create -`),
  },
  "PowerShell: commands": { file: "a.ps1", text: (n) => times(n, (i) => `lk sip dispatch create ${i}.json`) },
  "PowerShell: hashtables": {
    file: "a.ps1",
    text: (n) =>
      times(
        n,
        (i) =>
          `$a${i} = @{ name = 'a'; rule = @{ dispatchRuleDirect = @{ roomName = 'a' } } }\n$a${i} | ConvertTo-Json -Depth 9 | lk sip dispatch create -`,
      ),
  },
  "PowerShell: hashtables in one line": {
    file: "a.ps1",
    text: (n) =>
      `$all = @(${times(n, () => `@{ rule = @{ dispatchRuleDirect = @{ roomName = 'a' } } }`, ", ")})`,
  },
  "PowerShell: a nest": { file: "a.ps1", text: (n) => `$dispatch_rule = ${"(".repeat(n)}1${")".repeat(n)}` },
  "PowerShell: quotes": {
    file: "a.ps1",
    text: (n) => times(n, (i) => `'${flat(i)}' | lk sip dispatch create -`),
  },
  ...named(
    "PowerShell: concatenation",
    concatenations("a.ps1", " + ", (value) => `$x = ${value}`),
  ),
  "make: recipes": {
    file: "Makefile",
    text: (n) => times(n, (i) => `a${i}: r.json\n\tlk sip dispatch create ${i}.json`),
  },
  "make: variables": {
    file: "Makefile",
    text: (n) =>
      `${times(n, (i) => `A${i} = $(A${i - 1})x`)}\na:\n\tlk sip dispatch create $(A${n - 1}).json\n`,
  },
  "just: recipes": {
    file: "justfile",
    text: (n) => times(n, (i) => `a${i}:\n    lk sip dispatch create ${i}.json`),
  },
  "docker: lines": {
    file: "Dockerfile",
    text: (n) => `FROM x\n${times(n, (i) => `RUN lk sip dispatch create ${i}.json`)}`,
  },
  "Python: calls": {
    file: "a.py",
    text: (n) =>
      `from livekit import api\n${times(n, (i) => `lk.sip.create_sip_dispatch_rule(api.CreateSIPDispatchRuleRequest(name="${i}", rule=api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="a"))))`)}\n`,
  },
  "Python: calls in one list": {
    file: "a.py",
    text: (n) =>
      `from livekit import api\nall = [${times(n, (i) => `api.CreateSIPDispatchRuleRequest(name="${i}", rule=api.SIPDispatchRule())`, ", ")}]\n`,
  },
  "Python: dicts": {
    file: "a.py",
    text: (n) =>
      times(
        n,
        (i) =>
          `a${i} = ${flat(i)}\nrequests.post(u + "/twirp/livekit.SIP/CreateSIPDispatchRule", json=a${i})`,
      ),
  },
  "Python: one list of dicts": {
    file: "a.py",
    text: (n) =>
      `a = [${times(n, flat, ", ")}]\nfor one in a:\n    requests.post(u + "/twirp/livekit.SIP/CreateSIPDispatchRule", json=one)\n`,
  },
  "Python: commands": {
    file: "a.py",
    text: (n) =>
      `import subprocess\n${times(n, (i) => `subprocess.run(["lk", "sip", "dispatch", "create", "${i}.json"])`)}\n`,
  },
  "Python: names": {
    file: "a.py",
    text: (n) =>
      `${times(n, (i) => `a${i} = a${i - 1}`)}\nrequests.post("/twirp/livekit.SIP/CreateSIPDispatchRule", json=a${n - 1})\n`,
  },
  "Python: blocks in blocks": {
    file: "a.py",
    text: (n) => `${times(n, (i) => `${" ".repeat(i)}if a:`)}\n${" ".repeat(n)}x = "dispatch_rule"\n`,
  },
  "Python: functions": {
    file: "a.py",
    text: (n) => `${times(n, (i) => `def f${i}(a):\n    return f${i - 1}(a)`)}\nf${n - 1}(${json})\n`,
  },
  "Python: a nest of lists": { file: "a.py", text: (n) => `x = ${"[".repeat(n)}${json}${"]".repeat(n)}\n` },
  "Python: a chain of calls": { file: "a.py", text: (n) => `x = dispatch_rule${".a(1)".repeat(n)}\n` },
  "Python: strings": { file: "a.py", text: (n) => times(n, (i) => `a${i} = '''${flat(i)}'''`) },
  ...named(
    "Python: concatenation",
    concatenations("a.py", " + ", (value) => `x = ${value}`),
  ),
  "JavaScript: commands": {
    file: "a.js",
    text: (n) => times(n, (i) => `execSync("lk sip dispatch create ${i}.json");`),
  },
  "JavaScript: calls": {
    file: "a.js",
    text: (n) => times(n, () => `client.createSipDispatchRule({ type: "direct", roomName: "a" });`),
  },
  "JavaScript: objects in one line": {
    file: "a.js",
    text: (n) =>
      `const all = [${times(n, flat, ", ")}];\nfetch("/twirp/livekit.SIP/CreateSIPDispatchRule", all)`,
  },
  "JavaScript: a nest": { file: "a.js", text: (n) => `const x = ${"[".repeat(n)}${json}${"]".repeat(n)};\n` },
  "JavaScript: names": {
    file: "a.js",
    text: (n) =>
      `${times(n, (i) => `const a${i} = a${i - 1};`)}\nfetch("/twirp/livekit.SIP/CreateSIPDispatchRule", a${n - 1})\n`,
  },
  ...named(
    "JavaScript: concatenation",
    concatenations("a.js", " + ", (value) => `const x = ${value};`),
  ),
  ...named(
    "TypeScript: concatenation",
    concatenations("a.ts", " + ", (value) => `const x: string = ${value};`),
  ),
  "Go: calls": {
    file: "a.go",
    text: (n) =>
      `package a\nfunc b() {\n${times(n, (i) => `\tc.CreateSIPDispatchRule(ctx, &livekit.CreateSIPDispatchRuleRequest{Name: "${i}"})`)}\n}\n`,
  },
  ...named(
    "Go: concatenation",
    concatenations("a.go", " + ", (value) => `var x = ${value}`),
  ),
  ...named(
    "Ruby: concatenation",
    concatenations("a.rb", " + ", (value) => `x = ${value}`),
  ),
  "Ruby: commands": {
    file: "a.rb",
    text: (n) => times(n, (i) => `system("lk sip dispatch create ${i}.json")`),
  },
};
