import { expect, it } from "vitest";
import { FileNames } from "../../src/migrate/file-names.ts";

const names = new FileNames([
  "sip/lobby.json",
  "sip/dispatch-support.json",
  "sip/dispatch-night.json",
  "a/rule.json",
  "b/rule.json",
  "b/a/rule.json",
  "scripts/local.json",
]);

it.each([
  ["from the top", "sip/lobby.json", "scripts/run.sh", ["sip/lobby.json"]],
  ["from the folder of the script", "local.json", "scripts/run.sh", ["scripts/local.json"]],
  ["from there, upwards", "../sip/lobby.json", "scripts/run.sh", ["sip/lobby.json"]],
  ["with ./", "./sip/lobby.json", "run.sh", ["sip/lobby.json"]],
  ["in a container", "/app/sip/lobby.json", "Dockerfile", ["sip/lobby.json"]],
  ["behind a variable", "${DIR}/lobby.json", "scripts/run.sh", ["sip/lobby.json"]],
  ["by a name that only one file has", "elsewhere/lobby.json", "run.sh", ["sip/lobby.json"]],
  ["by a name that two files have", "elsewhere/rule.json", "run.sh", []],
  ["by a name that two files have, with its folder", "/etc/b/rule.json", "run.sh", ["b/rule.json"]],
  [
    "with a variable in the name",
    "sip/dispatch-${k}.json",
    "run.sh",
    ["sip/dispatch-support.json", "sip/dispatch-night.json"],
  ],
  [
    "with a star",
    "sip/*.json",
    "run.sh",
    ["sip/lobby.json", "sip/dispatch-support.json", "sip/dispatch-night.json"],
  ],
  ["by nothing but a variable", "${f}", "run.sh", []],
  ["by nothing but an ending", "${DIR}/${f}.json", "run.sh", []],
  ["by an ending, in a folder that is known", "a/${f}.json", "run.sh", ["a/rule.json"]],
  ["by a folder that is known", "/app/b/${f}", "run.sh", ["b/rule.json"]],
  ["by an ending, elsewhere", "/tmp/${f}.json", "run.sh", []],
  ["by a star elsewhere", "/tmp/*.json", "run.sh", []],
  [
    "by nothing but a folder",
    "sip/${f}.json",
    "run.sh",
    ["sip/lobby.json", "sip/dispatch-support.json", "sip/dispatch-night.json"],
  ],
  ["from the script's own folder", "${.}/local.json", "scripts/run.sh", ["scripts/local.json"]],
  ["from there, upwards to the top", "${.}/../a/rule.json", "scripts/run.sh", ["a/rule.json"]],
  ["from the top, although it is also beside the script", "${/}/rule.json", "a/run.sh", []],
  ["beside the script", "rule.json", "a/run.sh", ["a/rule.json"]],
  [
    "at the top or beside the script, wherever it is run",
    "a/rule.json",
    "b/run.sh",
    ["a/rule.json", "b/a/rule.json"],
  ],
  ["beside the package, where npm runs it", "a/rule.json", "b/package.json", ["b/a/rule.json"]],
  ["beside the Makefile, where make runs", "a/rule.json", "b/Makefile", ["b/a/rule.json"]],
  ["at the top, if none is beside the Makefile", "a/rule.json", "c/Makefile", ["a/rule.json"]],
  ["with more unknown parts than tell anything", "${a}x${b}x${c}x${d}", "run.sh", []],
  ["that is not there", "sip/none.json", "run.sh", []],
])("finds what a line means: %s", (_, written, from, meant) => {
  expect(names.meantBy(written, from)).toEqual(meant);
});

it("is no other file than the one that is there", () => {
  const some = new FileNames(["sip/rule.json"], (path) => path === "web/rule.json");
  expect(some.meantBy("web/rule.json", "check.py")).toEqual([]);
  expect(some.meantBy("rule.json", "web/check.py")).toEqual([]);
  expect(some.meantBy("gone/rule.json", "check.py")).toEqual(["sip/rule.json"]);
});
