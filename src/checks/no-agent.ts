import { isAny } from "../routing/rule-routing.ts";
import { misplacedNames } from "./agent-names.ts";
import { check } from "./check.ts";

/**
 * Agents come by `room_config.agents` alone: livekit-server v1.13.5 pkg/service/roommanager.go, and protocol
 * RoomAgentDispatch.
 */
export const noAgent = check({
  id: "no-agent",
  severity: "warning",
  title: "The rule sends no agent, although it names one elsewhere",
  why: "LiveKit sends the agents of `room_config.agents`. Attributes and metadata are handed on and not looked at, so that a caller waits in an empty room unless an agent comes to every room.",
  next: 'Name it in `room_config.agents`: `[{"agent_name": "…"}]`.',
  ofRule: (rule) => {
    if (!isAny(rule.routing.agents) || rule.fields.get("room_preset") !== undefined) return [];
    const [name] = misplacedNames(rule);
    if (!name) return [];
    const { where, place } = name;
    const message = `no agent is sent: ${where.startsWith("`") ? where : `\`${where}\``} names one, and \`room_config\` has no agents`;
    return [{ message, place, certainty: "likely" }];
  },
});
