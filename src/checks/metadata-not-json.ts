import { metadataIn } from "../rule/metadata.ts";
import { check } from "./check.ts";
import { placeholderIn } from "./placeholder.ts";

export const metadataNotJson = check({
  id: "metadata-not-json",
  severity: "warning",
  title: "Metadata that looks like JSON and is none",
  why: "LiveKit hands metadata on as a text. A program that parses it fails.",
  next: "Write it as JSON, if a program parses it.",
  ofRule: ({ document, fields }) =>
    metadataIn(fields).flatMap(({ field, value: { value, start } }) =>
      /^\s*[{[]/.test(value) && placeholderIn(value) === undefined && !isJson(value)
        ? [{ message: `\`${field}\` looks like JSON and is none`, place: document.place(start) }]
        : [],
    ),
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
