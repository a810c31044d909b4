import { check } from "./check.ts";

/** Livekit-cli 8ea1c99 (v2.16.7), cmd/lk/sip.go, createSIPDispatchRule; run with 2.16.6 and 2.18.2. */
export const mediaLost = check({
  id: "media-lost",
  severity: "warning",
  title: "`lk` drops the rule's `media`",
  why: "From lk 2.16.7 on, `lk sip dispatch create` puts its own options for media in the place of the file's `media`, also where it is given none.",
  next: "Create the rule, then replace it: `lk sip dispatch update --id SDR_… FILE` keeps `media`, and takes a bare rule.",
  ofRule: ({ document, form, fields, known }) => {
    const media = fields.get("media");
    const by = known.creates.find(({ flags }) => flags !== undefined);
    if (form !== "wrapped" || media?.kind !== "object" || media.members.length === 0 || !by) return [];
    const place = document.place(media.start);
    const message = `${by.path}:${by.line} creates this rule with \`lk\`, which drops its \`media\` from lk 2.16.7 on`;
    return [{ place, message }];
  },
});
