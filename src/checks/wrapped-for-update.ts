import { verdictOf } from "../evidence/verdict.ts";
import { check } from "./check.ts";
import { convertCommand } from "./command-line.ts";
import { createdAndBare, placesInWords } from "./places.ts";

/** `lk sip dispatch update` reads a SIPDispatchRuleInfo (livekit-cli cmd/lk/sip.go). */
export const wrappedForUpdate = check({
  id: "wrapped-for-update",
  severity: "error",
  title: "A wrapped request is used as a bare rule",
  why: "`lk sip dispatch update` refuses the wrapper, and a line that puts it around the request does so twice.",
  ofWrapped: (request) => {
    const { known } = request;
    const { verdict, places } = verdictOf(known);
    const byName = known.isByName;
    if (verdict !== "update" && verdict !== "both") return [];
    const used =
      verdict === "both"
        ? createdAndBare(places)
        : `this request is used as a bare rule (${placesInWords(places)})`;
    const message = byName
      ? "nothing but the file's name says that a rule is updated with it, and an update takes a bare rule, without the wrapper"
      : `${used}, which has no wrapper`;
    const otherwise = byName
      ? "if it is for create, give its file another name"
      : "for an update, pipe that into `lk sip dispatch update --id SDR_… -`";
    const next = `${convertCommand(request, "info")} prints the bare rule; ${otherwise}.`;
    const isSure = !byName && (verdict === "update" || places.length > 1);
    return [{ message, next, ...(!isSure && { certainty: "likely" }) }];
  },
});
