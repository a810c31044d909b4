import type { PlainUse, RemarkOf } from "../sources/remark.ts";
import type { Said } from "./check.ts";

/** Returns what to say of a use in code that keeps a request from being followed. */
export function saidOfUse(use: RemarkOf<"unfollowed-use">): Said {
  switch (use.is) {
    case "annotation":
      return { message: `\`${use.name}\` stands among the fields, and what removes it can't be seen` };
    case "exported":
      return {
        message: `\`${use.name}\` gives the request to code in other files, which may read or change its flat fields`,
        next: `Look where \`${use.name}\` is used: what reaches into the request has to reach into \`dispatch_rule\`. Then migrate this with \`--unsafe\`.`,
      };
    case "imported":
      return {
        message: `\`${use.name}\` gives the request to ${use.by}, which may read or change its flat fields`,
        next: "Look there: what reaches into the request has to reach into `dispatch_rule`. Then migrate this with `--unsafe`.",
      };
    case "given-away": {
      const from = use.from === undefined ? "" : `, imported from ${use.from},`;
      return {
        message: `\`${use.name}\`${from} is given the request, and may read or change its flat fields`,
        next: `Look at \`${use.function}\`: where it reaches into the request, it has to reach into \`dispatch_rule\`. Then migrate this with \`--unsafe\`.`,
      };
    }
    case "reached-into": {
      const does = use.isSet ? "changes" : "reads";
      return {
        message: `\`${use.name}\` ${does} \`${use.field}\` of the request at ${use.by}, outside of \`dispatch_rule\``,
        next: "Let that line reach into `dispatch_rule`, and what else there reaches into the request. Then migrate this with `--unsafe`.",
      };
    }
    case "readers": {
      const fields = use.fields.map((field) => `\`${field}\``).join(", ");
      const whose = use.owner === undefined ? "this line" : `\`${use.owner}\``;
      return {
        message: `${whose} reaches into ${fields} of what may be this request or another one`,
      };
    }
    case "object":
      return {
        message: `\`${use.name}\` holds a flat request here, which is sent to create a rule`,
        next: "Put its fields into an object of their own, as `dispatch_rule`. There `inbound_numbers` becomes `numbers` if they are your own numbers; it stays if they are callers.",
      };
    case "method":
      return { message: `the request is used here by \`.${use.name}\`, which can't be followed` };
    case "odd-variable":
      return { message: `the request is \`${use.name}\`, which is not an ordinary variable here` };
    case "kept-outside":
      return { message: `\`${use.name}\` can't go into the wrapper with the other fields`, next: FIRST };
    case "shape":
      return { message: `\`$${use.name}\` is used here in a way that depends on its shape`, next: FIRST };
    case "too-shallow":
      return {
        message: `\`ConvertTo-Json\` goes ${use.depth} deep here, and the wrapped request is ${use.needed} deep`,
        next: FIRST,
      };
    case "unread-part":
      return { message: PLAIN[use.is], next: FIRST };
    default:
      return { message: PLAIN[use.is] };
  }
}

const FIRST = "Change that first, or change both by hand.";

const PLAIN: Readonly<Record<PlainUse, string>> = {
  "any-way": "the request is used here in a way that can't be followed",
  compared: "the request is compared here",
  decorator: "the request is given to this decorator, which may read or change its fields",
  "either-form": "it is reached into here, where its fields may be flat or wrapped",
  "expression-printed": "the request is reached into by an expression whose text is printed",
  "in-request": "this request stands inside another one",
  "inside-request": "the request is reached into inside another request here",
  kept: "the request is kept or handed on here, where other code can reach it",
  "open-field": "the request has a field that is only known when the program runs",
  "parsed-fields": "its fields come from what is parsed here, and are reached into afterwards",
  returned: "the request is what this function returns",
  spread: "the request is spread into something else here",
  "string-of-code": "the request is a variable that code in a string may reach",
  text: "the request becomes text or a dict here, in which its fields will stand somewhere else",
  "unread-part": "this part of a hashtable can't be read as `name = value`",
  "update-too": "this dict is sent to update a rule, too, which takes no wrapper",
};
