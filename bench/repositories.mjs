// Makes folders as large as real repositories: files of about 6 KB in many languages, three in a thousand of which hold
// dispatch rules; or of Python alone. The same number gives the same files.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ENDINGS = "ts ts ts tsx py py go js json yaml md md sh rs java css html svg txt kt rb".split(" ");
const WORDS =
  "import from return const function value string number phone call room agent service handler config default request response session error user client server track audio video token grant self def class await async if else for in of null true false name id key data list map type public private static void new this sip trunk rule".split(
    " ",
  );

/** Those of them that can be names in Python. */
const NAMES = WORDS.slice(WORDS.indexOf("value"), WORDS.indexOf("self"));

/** Files with rules: nothing in them is left to do, or all of it. */
const RULES = {
  wrapped: {
    json: `{\n  "dispatch_rule": { "name": "lobby", "rule": { "dispatchRuleDirect": { "roomName": "lobby" } } }\n}\n`,
    yaml: `dispatch_rule:\n  name: lobby\n  rule:\n    dispatchRuleDirect:\n      roomName: lobby\n`,
  },
  flat: {
    json: `{\n  "name": "lobby",\n  "trunk_ids": ["ST_a"],\n  "rule": { "dispatchRuleDirect": { "roomName": "lobby" } }\n}\n`,
    yaml: `name: lobby\ntrunk_ids: [ST_a]\nrule:\n  dispatchRuleDirect:\n    roomName: lobby\n`,
  },
};

/** Writes `count` files into a folder; in a work tree if `tracked`. Gives the names of the files with rules. */
export function makeRepository(folder, count, { tracked, rules }) {
  const random = generator(count);
  const texts = Array.from({ length: 400 }, () => text(random));
  const named = [];
  for (let done = 0; done < count; done++) {
    const part = Math.floor(done / 20);
    const inner = join(folder, `package-${part % 37}`, `module-${part % 211}`, `part-${part}`);
    if (done % 20 === 0) mkdirSync(inner, { recursive: true });
    if (done % 333 === 7) {
      const ending = ["json", "yaml"][named.length % 2];
      named.push(`rule-${done}.${ending}`);
      // A tenth of them are created by a script, and another tenth read by one.
      const use = [CREATES, READS][named.length % 10];
      if (rules === "flat" && use) {
        writeFileSync(join(inner, `use-${done}.${use.ending}`), use.text(`rule-${done}.${ending}`));
      }
      writeFileSync(join(inner, `rule-${done}.${ending}`), RULES[rules][ending]);
    } else {
      const ending = ENDINGS[Math.floor(random() * ENDINGS.length)];
      writeFileSync(join(inner, `file-${done}.${ending}`), texts[Math.floor(random() * texts.length)]);
    }
  }
  writeFileSync(join(folder, ".gitignore"), "node_modules/\ndist/\n*.log\n.env\n");
  if (tracked) track(folder);
  return named;
}

/** Writes `count` Python modules of about 6 KB, tracked by git. One in a hundred makes a request. */
export function makePythonRepository(folder, count) {
  const random = generator(count);
  const texts = Array.from({ length: 100 }, () => pythonModule(random, 40 + random() * 300));
  for (let done = 0; done < count; done++) {
    const inner = join(folder, `package_${Math.floor(done / 400)}`, `part_${Math.floor(done / 20)}`);
    if (done % 20 === 0) mkdirSync(inner, { recursive: true });
    const module = texts[done % texts.length];
    writeFileSync(join(inner, `module_${done}.py`), done % 100 === 7 ? module + REQUEST : module);
  }
  track(folder);
}

/** A Python module of this many lines, of which the last ones make a request. */
export function pythonFile(lines) {
  return pythonModule(generator(lines), lines - REQUEST.split("\n").length + 1) + REQUEST;
}

const REQUEST = `

async def create_lobby(lk):
    request = api.CreateSIPDispatchRuleRequest(
        name="lobby",
        trunk_ids=["ST_a"],
        rule=api.SIPDispatchRule(dispatch_rule_direct=api.SIPDispatchRuleDirect(room_name="lobby")),
    )
    return await lk.sip.create_dispatch_rule(request)
`;

const CREATES = { ending: "sh", text: (file) => `lk sip dispatch create ${file}\n` };
const READS = {
  ending: "py",
  text: (file) => `import json\n\nwith open("${file}") as file:\n    print(json.load(file)["trunk_ids"])\n`,
};

function track(folder) {
  const git = (...args) =>
    execFileSync("git", ["-c", "gc.auto=0", "-c", "core.looseCompression=0", "-C", folder, ...args], {
      stdio: "ignore",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    });
  git("init", "-q");
  git("add", "--all");
}

/** Functions of a few statements each. */
function pythonModule(random, lines) {
  const name = () => `${NAMES[Math.floor(random() * NAMES.length)]}_${Math.floor(random() * 40)}`;
  const made = ["from livekit import api", "", ""];
  while (made.length < lines - 6) {
    made.push(`def ${name()}(${name()}, session=None):`, `    # ${name()} before ${name()}`);
    for (let left = 2 + random() * 6; left > 0 && made.length < lines - 5; left--) {
      made.push(`    ${name()} = session.${name()}(${name()}, "${name()}", {"${name()}": ${left | 0}})`);
    }
    made.push(`    if session is not None:`, `        return [${name()} for item in session]`, "", "");
  }
  while (made.length < lines) made.push(`# ${name()}`);
  return made.map((line) => `${line}\n`).join("");
}

/** Lines of words, none of them trigger words. From 1 to 17 KB, 6 KB on average. */
function text(random) {
  const size = Math.exp(Math.log(1000) + random() * Math.log(17)) * 1.05;
  let made = "";
  while (made.length < size) {
    const words = Array.from({ length: 3 + random() * 8 }, () => WORDS[Math.floor(random() * WORDS.length)]);
    made += `${"  ".repeat(random() * 3)}${words.join(", ")}\n`;
  }
  return made;
}

/** Numbers from 0 to 1, the same every time (mulberry32). */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
