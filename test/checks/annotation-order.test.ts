import { describe, expect, it } from "vitest";
import { readJson } from "../../src/documents/json/read.ts";
import { overtakingIn } from "../../src/checks/annotation-order.ts";

/** The keys of the annotation and the field of a request whose order counts. */
function overtaking(text: string): string[] | undefined {
  const read = readJson(text);
  if (!("value" in read) || read.value.kind !== "object") throw new Error("no JSON object");
  const found = overtakingIn(text, read.value);
  return found && [found.annotation.key, found.field.key];
}

function request(name: string, comment: string): string {
  return JSON.stringify({ name, _comment: comment, rule: {} });
}

describe("overtakingIn", () => {
  it.each([
    ["arguments of a format", "%s", "by %s"],
    ["conversions of other kinds", "%-5.2f", "%d"],
    ["commands", "$(next)", "$(next)"],
    ["commands between backticks", "`next`", "`next`"],
    ["a counter before its use", "$((n++))", "$n"],
    ["a counter behind its use", "$n", "$((n += 1))"],
    ["a default that is kept", "${N:=1}", "$N"],
    ["a counter of PowerShell", "$($n++)", "$n"],
    ["calls of a template", "{{ next() }}", "{{ next() }}"],
  ])("sees %s", (_, name, comment) => {
    expect(overtaking(request(name, comment))).toEqual(["_comment", "name"]);
  });

  it.each([
    ["arguments by name", "%(name)s", "%(who)s"],
    ["arguments by number", "%1$s", "%2$s"],
    ["variables", "$NAME", "${WHO}"],
    ["one command alone", "$NAME", "$(date)"],
    ["a sum that sets nothing", "$((n + 1))", "$n"],
    ["a comparison", "$((n == 1))", "$n"],
    ["one placeholder alone", "%s", "by ops"],
    ["percentages", "100% open", "50% staffed"],
    ["names of a template", "{{ name }}", "{{ who }}"],
  ])("lets %s move", (_, name, comment) => {
    expect(overtaking(request(name, comment))).toBeUndefined();
  });

  it("lets annotations stand that do not move", () => {
    expect(overtaking('{"_a": "%s", "name": "%s", "rule": {}, "_b": "%s"}')).toBeUndefined();
  });
});
