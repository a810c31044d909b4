import { isAnnotation } from "../rule/annotations.ts";
import { infoField, isInfoOnly } from "../rule/fields.ts";
import { check, type Said } from "./check.ts";
import { convertCommand } from "./command-line.ts";
import { placesInWords } from "./places.ts";
import { codeWords } from "./words.ts";

/** Protocol livekit_sip.proto, CreateSIPDispatchRuleRequest: what only SIPDispatchRuleInfo has is no field of it. */
export const bareForCreate = check({
  id: "bare-for-create",
  severity: "error",
  title: "A rule is created with a bare rule",
  why: "`lk sip dispatch create` reads a request, whose rule stands in `dispatch_rule`, and refuses the fields that only a rule has. The server's HTTP interface ignores them.",
  ofRule: (rule) => {
    const { form, object, document, known } = rule;
    const { creates, changes } = known;
    const fields = object.members.filter(({ key }) => !isAnnotation(key) && isInfoOnly(key));
    const [first] = fields;
    // What a line makes of it on the way, nobody knows.
    if (form !== "info" || creates.length === 0 || changes.length > 0 || !first) return [];
    const keys = codeWords(fields.map(({ key }) => key));
    const place = document.place(first.at.start);
    const next = `${convertCommand(rule, "wrapped")} prints the request that creates it.`;
    const byLk = creates.filter((one) => one.byLk);
    const others = creates.filter((one) => !one.byLk);
    const isOpen = fields.some(({ key }) => infoField(key) === "numbers");
    const said: Said[] = [
      {
        message: `this bare rule is given to \`lk sip dispatch create\` (${placesInWords(byLk)}), which refuses ${keys} outside of \`dispatch_rule\``,
        next,
        place,
      },
      {
        message: `this bare rule is sent to create a rule (${placesInWords(others)}), and livekit-server ignores ${keys} outside of \`dispatch_rule\`${isOpen ? ", so that the rule takes every call on its trunks" : ""}`,
        ...(!isOpen && { severity: "warning" as const }),
        next,
        place,
      },
    ];
    return said.filter((_, index) => (index === 0 ? byLk : others).length > 0);
  },
});
