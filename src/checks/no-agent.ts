import { isAny } from "../routing/rule-routing.ts";
import { metadataIn } from "../rule/metadata.ts";
import type { RuleFacts } from "./facts.ts";
import { check } from "./check.ts";

/** Agents come by `room_config.agents` alone: livekit-server v1.13.5 pkg/service/roommanager.go, and protocol RoomAgentDispatch. */
export const noAgent = check({
  id: "no-agent",
  severity: "warning",
  title: "The rule sends no agent, although it names one elsewhere",
  why: "LiveKit sends the agents of `room_config.agents`. Attributes and metadata are handed on and not looked at, so that a caller waits in an empty room unless an agent comes to every room.",
  next: 'Name it in `room_config.agents`: `[{"agent_name": "…"}]`.',
  ofRule: (rule) => {
    if (!isAny(rule.routing.agents) || rule.fields.get("room_preset") !== undefined) return [];
    const [name] = namesElsewhere(rule);
    if (!name) return [];
    const message = `no agent is sent: ${name.where} names one, and \`room_config\` has no agents`;
    return [{ message, place: rule.document.place(name.at), certainty: "likely" }];
  },
});

/** Where attributes, and metadata that is JSON, name an agent. That of an agent is its own matter. No name is shown: it may be secret. */
function namesElsewhere({ fields }: RuleFacts): { where: string; at: number }[] {
  const attributes = fields.get("attributes");
  return [
    ...(attributes?.kind === "object" ? attributes.members : []).flatMap(({ key, at, value }) =>
      NAMES_AGENT.test(key) && value.kind === "string" && value.value !== ""
        ? [{ where: `\`attributes.${key}\``, at: at.start }]
        : [],
    ),
    ...metadataIn(fields).flatMap(({ field, value }) =>
      (field.includes("agents[") ? [] : Object.entries(objectIn(value.value))).flatMap(([key, held]) =>
        NAMES_AGENT.test(key) && typeof held === "string" && held !== ""
          ? [{ where: `\`${key}\` in ${field}`, at: value.start }]
          : [],
      ),
    ),
  ];
}

const NAMES_AGENT = /^(?:lk\.|livekit[._])?agent(?:[_.-]?name)$/i;

function objectIn(text: string): object {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === "object" && json !== null ? json : {};
  } catch {
    return {};
  }
}
