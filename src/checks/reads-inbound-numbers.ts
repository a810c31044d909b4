import { check } from "./check.ts";

export const readsInboundNumbers = check({
  id: "reads-inbound-numbers",
  severity: "warning",
  title: "Code reads `inbound_numbers` of a rule that LiveKit gave",
  why: "That list is empty once the rule's numbers stand in `numbers`.",
  next: "Read `numbers` here, and both as long as some rules are as they were.",
  ofLine: ({ inboundNumbersAs }) =>
    inboundNumbersAs === "inbound_numbers"
      ? undefined
      : {
          message:
            "this reads `inbound_numbers` of a rule that LiveKit gave, which will be empty once its numbers stand in `numbers`",
        },
});
