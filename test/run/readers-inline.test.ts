import { describe, it } from "vitest";
import { MEMORY, useTemporaryFolder } from "../repo/temporary.ts";
import { expectReaders, type Repository } from "./reading.ts";

const script = (...lines: string[]): Repository["files"] => ({ "run.sh": `${lines.join("\n")}\n` });

const repositories: Repository[] = [
  {
    idea: "node",
    files: script(
      `node -e 'console.log(require("./sip/rule.json").trunk_ids)'`,
      `node -p "require('./sip/rule.json').name"`,
      `NAME=$(node --eval 'console.log(JSON.parse(fs.readFileSync("sip/rule.json")).rule)')`,
      `node --input-type=module -e "import r from './sip/rule.json' with { type: 'json' }; console.log(r.metadata)"`,
      "node <<'EOF'",
      'const rule = require("./sip/rule.json");',
      "console.log(rule.attributes);",
      "EOF",
      "node - <<'EOF'",
      'console.log(require("./sip/rule.json").room_preset);',
      "EOF",
    ),
    readers: [
      "run.sh:1 dispatch_rule.trunk_ids",
      "run.sh:2 dispatch_rule.name",
      "run.sh:3 dispatch_rule.rule",
      "run.sh:4 dispatch_rule.metadata",
      "run.sh:7 dispatch_rule.attributes",
      "run.sh:10 dispatch_rule.room_preset",
    ],
  },
  {
    idea: "node that sets",
    files: script(
      `node -e "const r=require('./sip/rule.json'); r.name='x'; require('fs').writeFileSync('sip/rule.json', JSON.stringify(r))"`,
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.sh:1 sets name"],
  },
  {
    idea: "Python",
    files: script(
      `python3 -c 'import json; print(json.load(open("sip/rule.json"))["name"])'`,
      "python - <<EOF",
      "import json",
      'print(json.load(open("sip/rule.json"))["trunk_ids"])',
      "EOF",
    ),
    readers: ["run.sh:1 dispatch_rule.name", "run.sh:4 dispatch_rule.trunk_ids"],
  },
  {
    idea: "Python that sets",
    files: script(
      "python3 <<'EOF'",
      "import json",
      'd = json.load(open("sip/rule.json"))',
      'd["trunk_ids"] = ["ST_8mWc2LqXoRbA"]',
      'json.dump(d, open("sip/rule.json", "w"))',
      "EOF",
    ),
    verdict: "unfollowed-use",
    readers: [],
    setters: ["run.sh:4 sets trunk_ids"],
  },
  {
    idea: "what is read from the standard input",
    files: script(
      `cat sip/rule.json | python3 -c 'import json,sys; print(json.load(sys.stdin)["rule"])'`,
      `python3 -c "import json,sys; d=json.load(sys.stdin); print(d['name'])" < sip/rule.json`,
      `cat sip/rule.json | node -p 'JSON.parse(require("fs").readFileSync(0)).metadata'`,
      `node -p 'JSON.parse(require("fs").readFileSync("/dev/stdin", "utf8")).trunk_ids' < sip/rule.json`,
      `curl -s "$HOST" | python3 -c 'import json,sys; print(json.load(sys.stdin)["name"])'`,
      `lk room list --json | node -p 'JSON.parse(require("fs").readFileSync(0)).name'`,
    ),
    readers: [
      "run.sh:1 dispatch_rule.rule",
      "run.sh:2 dispatch_rule.name",
      "run.sh:3 dispatch_rule.metadata",
      "run.sh:4 dispatch_rule.trunk_ids",
    ],
  },
  {
    idea: "scripts of package.json, and others with programs in strings",
    files: {
      "package.json": JSON.stringify({
        scripts: {
          show: `node -p "require('./sip/rule.json').name"`,
          check: `python3 -c "import json; print(json.load(open('sip/rule.json'))['rule'])"`,
        },
      }),
      Makefile: "show:\n\tnode -e 'console.log(require(\"./sip/rule.json\").trunk_ids)'\n",
    },
    readers: ["Makefile:2 dispatch_rule.trunk_ids", "package.json:1 dispatch_rule.name, dispatch_rule.rule"],
  },
  {
    idea: "a script without an ending",
    files: {
      "bin/show": "#!/usr/bin/env node\nconsole.log(require('../sip/rule.json').name);\n",
    },
    readers: ["bin/show:2 dispatch_rule.name"],
  },
];

describe("whoever reads a file that migrates is told, in programs inside of scripts", () => {
  const folder = useTemporaryFolder(MEMORY);

  it.each(repositories)("$idea", async (repository) => expectReaders(folder.path, repository));
});
