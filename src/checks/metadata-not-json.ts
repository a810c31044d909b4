import { parsedJson } from "../rule/value.ts";
import { check } from "./check.ts";
import type { WrittenText } from "./facts.ts";
import { placeholderIn } from "./placeholder.ts";

export const metadataNotJson = check({
  id: "metadata-not-json",
  severity: "warning",
  title: "Metadata that is no JSON where that of other rules is",
  why: "LiveKit hands metadata on as a text. A program that parses that of the other rules fails at this one.",
  next: "Write it as JSON, if a program parses it.",
  ofRules: ({ rules }) => {
    const all = rules.flatMap((rule) => rule.metadata.map((one) => ({ rule, one })));
    const likes = new Map<string, (typeof all)[number]>();
    for (const found of all)
      if (!likes.has(nameOf(found.one)) && isJson(found.one.text)) likes.set(nameOf(found.one), found);
    return all.flatMap(({ rule, one }) => {
      if (one.text.trim() === "" || isJson(one.text) || placeholderIn(one.text) !== undefined) return [];
      const like = likes.get(nameOf(one));
      const isMeant = /^\s*[{[]/.test(one.text);
      if (!like && !isMeant) return [];
      const beside = like ? `, and that of ${like.rule.path}:${like.one.line} is` : "";
      const message = `\`${one.field}\` ${isMeant ? "looks like JSON and is none" : "is no JSON"}${beside}`;
      return [{ rule, message, place: one, ...(!isMeant && { severity: "note" as const }) }];
    });
  },
});

/** The field, whichever of the agents has it. */
function nameOf({ field }: WrittenText): string {
  return field.replace(/\[\d+\]/, "");
}

/** An object or a list. */
function isJson(text: string): boolean {
  const json = parsedJson(text);
  return typeof json === "object" && json !== null;
}
