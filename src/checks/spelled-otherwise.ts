import { check } from "./check.ts";
import { numbersInWords } from "./words.ts";

/** Trunks compare normalised, and rules exactly: protocol sip/sip.go, MatchTrunkDetailed and EvaluateDispatchRule. */
export const spelledOtherwise = check({
  id: "spelled-otherwise",
  severity: "warning",
  title: "The known trunks spell a number in another way",
  why: "livekit-server compares the numbers of trunks normalised and those of rules exactly, so that a call may match the trunk and not the rule.",
  next: "Write numbers as they come in the calls, most often as the trunks have them; `sip-dispatch route` shows whether a rule takes a call.",
  routing: "beside-table",
  ofMigrated: ({ choice: { otherwise = [] } }) => {
    if (otherwise.length === 0) return [];
    const message = `the known trunks spell ${numbersInWords([...otherwise])} in another way, and livekit-server compares the numbers of a rule exactly`;
    return [{ message }];
  },
});
