import { isAny, knownItems } from "../routing/rule-routing.ts";
import { misplacedNames } from "./agent-names.ts";
import { check, type Said } from "./check.ts";
import { codeWords } from "./words.ts";

export const agentNameInAttributes = check({
  id: "agent-name-in-attributes",
  severity: "note",
  title: "The attributes name another agent than the one that is sent",
  why: "LiveKit sends the agents of `room_config.agents`; attributes are handed on to whoever is in the room, and not looked at.",
  next: "Name the agent in `room_config.agents`, if it is to come.",
  ofRule: (rule) => {
    const { agents } = rule.routing;
    // Without any agent it is no-agent.
    if (isAny(agents) || !Array.isArray(agents)) return [];
    const sent = knownItems(agents);
    if (sent.length < agents.length) return [];
    return misplacedNames(rule).flatMap(({ agent, where, isAttribute, place }): Said[] => {
      if (!isAttribute || sent.includes(agent)) return [];
      const named = sent.filter((one) => one !== "");
      const others = named.length === 0 ? "one without a name" : codeWords(named);
      return [{ message: `\`${where}\` names another agent than the one that is sent: ${others}`, place }];
    });
  },
});
