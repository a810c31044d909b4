/** A message of LiveKit's programs, and what to do about it. */
export interface KnownMessage {
  /** As it is printed; what differs from one to the next is `…`. */
  message: string;
  /** Finds it in a text. */
  pattern: RegExp;
  /** The programs and versions that print it. */
  by: string;
  /** Sentences. */
  means: string;
  /** Sentences, with commands. */
  next: string;
}

/** The messages in a text, the first ones first; none where there are none. */
export function messagesIn(text: string): KnownMessage[] {
  return KNOWN.flatMap((known) => {
    const at = text.search(known.pattern);
    return at < 0 ? [] : [{ at, known }];
  })
    .toSorted((a, b) => a.at - b.at)
    .map(({ known }) => known);
}

const LIST_RULES = "`lk sip dispatch list --json > rules.json`";
const LIST_TRUNKS = "`lk sip inbound list --json > trunks.json`";
const WITH_LOG = `${LIST_RULES}, ${LIST_TRUNKS}, then \`sip-dispatch diagnose LOG --rules rules.json --known-trunks trunks.json\``;
const ROUTED = "The call was routed: look at what took it, not at the rules.";

/**
 * Sources: livekit-cli v2.18.2 cmd/lk/sip.go; protocol v1.54.0 sip/sip.go, livekit/sip.go; livekit v1.13.11
 * pkg/service/ioservice_sip.go; sip v1.11.0 pkg/sip/inbound.go. Most were printed by the programs when they were run.
 */
const KNOWN: readonly KnownMessage[] = [
  {
    message: "missing rule",
    pattern: /\bmissing rule\b/i,
    by: "lk from 2.4.11 on, before it sends anything; livekit-server from 1.8.4 on (400)",
    means:
      "The request has no rule where the program looks for it. `lk` looks inside `dispatch_rule` alone, and the file is in the flat form, with `rule` at the top. livekit-server says it to `dispatch_rule: {}`, and before 1.9.0 to every wrapped request.",
    next: "`sip-dispatch migrate FILE` shows the wrapped form and what it does to calls; `--write` rewrites the file.",
  },
  {
    message: 'unknown field "dispatch_rule"',
    pattern: /unknown field "dispatch_?rule"/i,
    by: "lk sip dispatch update, every version; lk before 2.4.0",
    means:
      "`update` reads a bare rule, without the wrapper. An `lk` before 2.4.0 does not know the wrapper at all.",
    next: "`sip-dispatch convert FILE --to info | lk sip dispatch update --id SDR_… -` (lk 2.14.0 or newer).",
  },
  {
    message: 'unknown field "numbers"',
    pattern: /unknown field "numbers"/,
    by: "lk before 2.13.2; lk sip dispatch create, every version, where `numbers` stands outside `dispatch_rule`",
    means:
      "`numbers` is the filter on the called number. It exists inside `dispatch_rule` alone, since January 2026.",
    next: "Update lk to 2.13.2 or newer, and put `numbers` into `dispatch_rule`: `sip-dispatch migrate FILE` says where it stands.",
  },
  {
    message: 'could not read request: proto: (line …): unknown field "…"',
    pattern: /unknown field "(?!dispatch_?rule"|numbers")/,
    by: "lk, every version, at every depth",
    means:
      "`lk` refuses every key that it does not know, `_comment` too, and comments. livekit-server's HTTP API ignores them.",
    next: "`sip-dispatch convert FILE --to wrapped | lk sip dispatch create -` (lk 2.14.0 or newer) leaves annotations out and names misspelled keys.",
  },
  {
    message: "could not read request",
    pattern: /could not read request(?!.*unknown field)/,
    by: "lk, every version",
    means:
      "The file is not there, or is not the JSON of a request. `lk` takes no comments and no trailing commas.",
    next: "`sip-dispatch convert FILE --to wrapped` says where it breaks, and prints JSON that `lk` takes.",
  },
  {
    message: "flag provided but not defined: -id",
    pattern: /flag provided but not defined: -id\b/,
    by: "lk sip dispatch delete",
    means: "`delete` takes the id without an option. `update` does have `--id`.",
    next: "`lk sip dispatch delete SDR_…`.",
  },
  {
    message: "flag provided but not defined: -…",
    pattern: /flag provided but not defined: -(?!id\b)/,
    by: "lk, every version",
    means: "The command has no such flag, so `lk` did nothing.",
    next: "`sip-dispatch check FILE` says of a script which flag does it; `lk sip dispatch create --help` has all of them.",
  },
  {
    message: "unsupported list update operation",
    pattern: /unsupported list update operation/,
    by: 'lk sip dispatch update --trunks ""',
    means: "An update can't clear the list of trunks in this way.",
    next: "Replace the whole rule: `lk sip dispatch update --id SDR_… rule.json`, with a file that has no `trunk_ids`.",
  },
  {
    message: "no ID specified",
    pattern: /\bno ID specified\b/,
    by: "lk sip dispatch update",
    means: "The command has no `--id`, and the file has no `sip_dispatch_rule_id`.",
    next: "`lk sip dispatch list` shows the ids; `lk sip dispatch update --id SDR_… FILE`.",
  },
  {
    message: "rule id must not be set",
    pattern: /rule id must not be set/,
    by: "livekit-server from 1.9.0 on, to a create",
    means: "A rule that is to be created has a `sip_dispatch_rule_id`, as rules in a listing have.",
    next: "`sip-dispatch convert FILE --to wrapped` leaves the id out; to change the rule that has it: `lk sip dispatch update`.",
  },
  {
    message: "unsupported SIP Dispatch Rule: <nil>",
    pattern: /unsupported SIP Dispatch Rule/i,
    by: "livekit-server; up to 1.8.0 with HTTP 500, also to every wrapped request",
    means:
      "A rule is neither direct nor individual nor callee (`rule: {}`). Every call for which it is listed fails.",
    next: "Give it a rule, or delete it. `sip-dispatch route RULES --to … --from …` names it.",
  },
  {
    message:
      'Dispatch rule for the same trunk, inbound number, number, and PIN combination already exists in dispatch rule "…" "…"',
    pattern: /already exists in dispatch rule|Conflicting SIP Dispatch Rules/,
    by: "livekit-server to a create or update; livekit-sip to a call, at `SIP handle dispatch rule error`",
    means:
      'Two rules are the same to the server: same trunk, numbers and PIN, whatever their kind. `"<new>"` is the one that is created. Numbers are normalised here, so one rule with both spellings of a number is in conflict with itself. Every wrapped create is checked against all rules, so an old conflict between others refuses it.',
    next: `${LIST_RULES}, then \`sip-dispatch route rules.json --to … --from …\` names both. Replace the old rule (\`lk sip dispatch update --id …\`) instead of creating a second one, or delete it.`,
  },
  {
    message: "Conflicting inbound SIP Trunks: …",
    pattern: /Conflicting inbound SIP Trunks/,
    by: "livekit-server to the creation of a trunk",
    means:
      "Another trunk has one of these numbers, or neither of the two has any, and both take the same callers.",
    next: `${LIST_TRUNKS} shows them. Give them different numbers, or different \`allowed_numbers\`.`,
  },
  {
    message: "Multiple SIP Trunks matched for …",
    pattern: /Multiple (?:default )?SIP Trunks matched for/,
    by: "livekit-server, in livekit-sip's line `Rejecting inbound, auth check failed`",
    means:
      "Several trunks have the called number (`default`: have no numbers, and none has the called one). The caller gets 503. The server refuses such trunks at their creation, but not when an update makes them.",
    next: `${WITH_LOG} names them.`,
  },
  {
    message: "No SIP Dispatch Rules defined",
    pattern: /No SIP Dispatch Rules (?:defined|matched)/,
    by: "livekit-server, inside; it reaches nobody since 1.5.3",
    means: "No rule took the call, be there rules or not.",
    next: WITH_LOG,
  },
  {
    message: "Rejecting inbound flood; reason flood",
    pattern: /Rejecting inbound flood|\bflood\b/,
    by: "livekit-sip, with livekit-server up to 1.13.7",
    means:
      "It is no flood: no dispatch rule took the call. With `sipTrunk` on the line a trunk matched, without it none did. The caller hears it ring and gets no answer; the status 486 stands in the log alone. Wrong credentials are not logged like this.",
    next: WITH_LOG,
  },
  {
    message: "Dropping inbound flood",
    pattern: /Dropping inbound flood/,
    by: "livekit-sip's code; the open-source livekit-server never makes it say so",
    means: "The server told livekit-sip to drop the call before rules were looked at.",
    next: "Ask whoever runs the server: this is not the self-hosted one.",
  },
  {
    message: "Rejecting inbound call, doesn't match any Dispatch Rules; 404; reason no-dispatch",
    pattern:
      /doesn't match any (?:Dispatch Rules|Trunks)|Does not match (?:Trunks or Dispatch Rules|any SIP Trunks)|no-dispatch\b|\bno trunk found|^404\b|SIP\/2\.0 404/i,
    by: "livekit-sip, with livekit-server from 1.13.8 on; livekit-sip up to 1.3.0 also for two rules in conflict",
    means:
      "No dispatch rule took the call, and the caller got 404 `Does not match Trunks or Dispatch Rules`.",
    next: WITH_LOG,
  },
  {
    message: "SIP handle dispatch rule error; reason dispatch-error",
    pattern: /SIP handle dispatch rule error|dispatch evaluation failed|\bdispatch-error\b/,
    by: "livekit-sip; the reason since 1.3.1, up to 1.3.0 no-dispatch",
    means:
      "livekit-server could not decide the call, mostly because two rules are in conflict. The caller got 503.",
    next: WITH_LOG,
  },
  {
    message: "Rejecting inbound, auth check failed",
    pattern: /auth check failed/,
    by: "livekit-sip",
    means:
      "livekit-server could not say how the caller has to authenticate: several trunks match, or it did not answer. The caller got 503, and the call is not closed in the log. It says nothing of passwords.",
    next: "The line's `error` says which of the two it is.",
  },
  {
    message: "no response from servers",
    pattern: /no response from servers/,
    by: "livekit-sip, livekit-server (psrpc)",
    means: "A program asked another one over Redis, and nobody answered.",
    next: "Check that livekit-server runs, and that both have the same `redis` in their configs.",
  },
  {
    message: "Authentication failed - …",
    pattern: /Authentication failed - |\bresponse mismatch\b|\busername mismatch\b/,
    by: "livekit-sip from 1.2.0 on",
    means:
      "User name or password don't fit the trunk's `auth_username` and `auth_password`. The caller got 407, then 401.",
    next: "Compare both at the provider or PBX with the trunk: `lk sip inbound update --id ST_… --auth-user … --auth-pass …`.",
  },
  {
    message: "auth challenge timed out without authenticated retry; finalizing call as error",
    pattern: /auth challenge timed out|No Proxy header found/,
    by: "livekit-sip; the time-out since 1.3.1",
    means: "The trunk wants credentials, and the caller sent none after the 407.",
    next: "Set them at the provider or PBX, or take them off the trunk and name its addresses in `allowed_addresses`.",
  },
  {
    message: "Rejecting call; reason wrong-pin",
    pattern: /\bwrong-pin\b|\bRejecting call\b(?!,)/,
    by: "livekit-sip",
    means: "No rule has the PIN that was entered. A caller who enters one never gets a rule without a PIN.",
    next: "`sip-dispatch route RULES --to … --from … --pin …` says which rules have which.",
  },
  {
    message: "reason cannot-subscribe",
    pattern: /\bcannot-subscribe\b/,
    by: "livekit-sip",
    means: `Nobody in the room published audio before the ringing time-out: the agent did not come. ${ROUTED}`,
    next: "Look whether the agent runs, and whether `room_config.agents` names it.",
  },
  {
    message: "not dispatching agent job since no worker is available",
    pattern: /not dispatching agent job/,
    by: "livekit-server",
    means: `No agent of that name runs, so nobody answers. ${ROUTED}`,
    next: "Start the agent, or correct `agent_name` in the rule's `room_config.agents`.",
  },
  {
    message: "Cannot create LiveKit participant; reason participant-failed",
    pattern:
      /Cannot create LiveKit participant|participant-failed\b|could not (?:establish|dial) signal connection|could not join room/,
    by: "livekit-sip; livekit-server logs `could not join room`",
    means: `livekit-sip could not enter the room: it is full, or \`ws_url\` is wrong. The caller got 486. ${ROUTED}`,
    next: "Look at the error of `could not join room` in livekit-server's log, and at `ws_url` in livekit-sip's config.",
  },
  {
    message: "room has exceeded its max participants",
    pattern: /room has exceeded its max participants/,
    by: "livekit-server",
    means: `The room is full. ${ROUTED}`,
    next: "Raise `max_participants` in the rule's `room_config`, or give each caller a room (an individual rule).",
  },
  {
    message: "Cannot start media; reasons no-common-codec, no-common-crypto, sdp-error",
    pattern:
      /Cannot start media|\bno-common-(?:codec|crypto)\b|\bsdp-error\b|common audio codec not found|no audio in sdp|no common encryption profiles/,
    by: "livekit-sip",
    means: `Caller and livekit-sip have no codec or encryption in common, or the INVITE has no SDP. The caller got 400 (up to 1.3.0: 500); the 488 stands in the log alone. ${ROUTED}`,
    next: "Compare what the provider or PBX offers with the trunk's `media`.",
  },
  {
    message: "triggering media timeout; reason media-timeout",
    pattern: /triggering media timeout|\bmedia-timeout\b|no ACK received|\bno-ack\b/,
    by: "livekit-sip",
    means: `The call was accepted, and nothing came from the caller. ${ROUTED}`,
    next: "Open livekit-sip's `rtp_port` range (UDP), and check the address that it announces (`use_external_ip`, `nat_1_to_1_ip`).",
  },
  {
    message: "replaying cached INVITE rejection",
    pattern: /replaying cached INVITE rejection/,
    by: "livekit-sip 1.4.0 and newer (debug)",
    means:
      "The caller tried again with the same Call-ID, and got the answer of the first time. No rule was looked at.",
    next: "Repair what refused the first call, and make a new one.",
  },
  {
    message: "Inbound SIP request not handled; 405",
    pattern: /Inbound SIP request not handled|405 Method Not Allowed/,
    by: "livekit-sip",
    means: "This is no call but a request such as REGISTER, which livekit-sip does not take.",
    next: "Configure the provider or PBX to send calls without registering.",
  },
  {
    message: "reason UNKNOWN_REASON",
    pattern: /\bUNKNOWN_REASON\b/,
    by: "livekit-sip 1.6.0 to 1.8.0, on the closing line of every call",
    means: "It means nothing. The line `SIP call ended` of the same callID has the reason.",
    next: "`sip-dispatch diagnose LOG` reads that line.",
  },
  {
    message: "No SIP trunk matched; SIP trunk matched; SIP dispatch rule matched",
    pattern: /\bSIP (?:trunk|dispatch rule) matched/,
    by: "livekit-server (debug)",
    means:
      "What the server found for a call, first for its credentials (`for auth`). `SIP dispatch rule matched` is the best candidate: a caller may still be asked for its PIN. Without that line no rule took the call, or two are in conflict.",
    next: WITH_LOG,
  },
  {
    message: "503 Try again later",
    pattern: /\b503\b|Try again later/,
    by: "livekit-sip, on the wire",
    means:
      "livekit-server could not decide the call: two rules or two trunks are in conflict, or it did not answer.",
    next: WITH_LOG,
  },
  {
    message: "status 486",
    pattern: /\b486\b/,
    by: "livekit-sip, on the closing line of nearly every call",
    means:
      "The status proves nothing: a good call has it, too. Only after `cannot-subscribe` and `participant-failed` the caller really got 486.",
    next: "Look at the line's `reason`: `sip-dispatch diagnose LOG` does.",
  },
  {
    message: "reasons hangup, cancelled, removed",
    pattern: /\b(?:hangup|cancelled|removed)\b/,
    by: "livekit-sip",
    means: `The caller hung up; gave up while it rang; or LiveKit ended the call, as an agent does that hangs up. ${ROUTED}`,
    next: "Nothing is to be repaired in the rules.",
  },
];
