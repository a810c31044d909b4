import { SIPMediaConfigSchema } from "../gen/livekit/livekit_sip_pb.ts";
import { fieldOf } from "../rule/fields.ts";
import { supports } from "../rule/server.ts";
import type { Value } from "../rule/value.ts";
import { check } from "./check.ts";

/** Protocol livekit/sip.go at v1.50.4, SIPDispatchRuleInfo.Upgrade. */
export const deprecatedMediaEncryption = check({
  id: "deprecated-media-encryption",
  severity: "note",
  title: "The rule says how media is encrypted in a deprecated field",
  why: "livekit-server copies `media_encryption` into `media.encryption` from 1.12.0 on, unless that is set.",
  next: "Write `media.encryption` instead, where livekit-server is 1.12.0 or newer; older ones don't know it.",
  ofRule: ({ document, fields, server }) => {
    const old = fields.get("media_encryption");
    if (!old || !isSet(old) || (server && !supports(server, "media"))) return [];
    const place = document.place(old.start);
    const newer = fieldOf(fields.get("media"), SIPMediaConfigSchema, "encryption");
    if (!newer || !isSet(newer)) return [{ place, message: "`media_encryption` is deprecated" }];
    const message = "`media.encryption` stands beside `media_encryption`, which has no effect then";
    return [{ place, message, severity: "warning" }];
  },
});

/** Tells whether an encryption is anything but the default, which is none. */
function isSet(value: Value): boolean {
  if (value.kind === "string") return value.value !== "SIP_MEDIA_ENCRYPT_DISABLE";
  return value.kind !== "null" && !(value.kind === "number" && Number(value.raw) === 0);
}
