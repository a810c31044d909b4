// Makes folders as large as real repositories: files of about 6 KB in many languages, three in a thousand of which hold
// dispatch rules. The same number gives the same files.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ENDINGS = "ts ts ts tsx py py go js json yaml md md sh rs java css html svg txt kt rb".split(" ");
const WORDS =
  "import from return const function value string number phone call room agent service handler config default request response session error user client server track audio video token grant self def class await async if else for in of null true false name id key data list map type public private static void new this sip trunk rule".split(
    " ",
  );

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
      writeFileSync(join(inner, `rule-${done}.${ending}`), RULES[rules][ending]);
    } else {
      const ending = ENDINGS[Math.floor(random() * ENDINGS.length)];
      writeFileSync(join(inner, `file-${done}.${ending}`), texts[Math.floor(random() * texts.length)]);
    }
  }
  writeFileSync(join(folder, ".gitignore"), "node_modules/\ndist/\n*.log\n.env\n");
  if (!tracked) return named;
  const git = (...args) =>
    execFileSync("git", ["-c", "gc.auto=0", "-c", "core.looseCompression=0", "-C", folder, ...args], {
      stdio: "ignore",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
    });
  git("init", "-q");
  git("add", "--all");
  return named;
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
