import type { RemarkOf } from "../sources/remark.ts";
import { barrierCheck, type Said } from "./check.ts";

export const unknownFields = barrierCheck({
  id: "unknown-fields",
  title: "Code makes the request from fields that can't be seen",
  why: "What they are, and where they are put together, is not known.",
  say: saidOfFields,
});

function saidOfFields(fields: RemarkOf<"unknown-fields">): Said {
  switch (fields.is) {
    case "class-by-name":
      return { message: "the class is taken by its name here, so that the request is made elsewhere" };
    case "class-handed-on":
      return { message: "the class is handed on here, so that the request is made elsewhere" };
    case "dict":
      return { message: "which fields this dict holds can't be seen from here" };
    case "dict-elsewhere":
      return { message: "this dict is used in other places too" };
    case "not-a-keyword":
      return { message: `\`${fields.text}\` is not a keyword argument` };
    case "spread": {
      const what = fields.text === undefined ? "what is spread here" : `\`**${fields.text}\``;
      return { message: `which fields ${what} holds can't be seen from here` };
    }
    case "in-file":
      return {
        message: `${fields.isAll ? "" : "some of "}its fields stand in \`${fields.file}\``,
        next: fields.isAll
          ? "Migrate that file. This call takes the wrapped form as well; what reaches into the request has to reach into `dispatch_rule`."
          : "Migrate that file, and put what stands here beside its fields into `dispatch_rule`, too.",
      };
  }
}
