// Makes a log as a busy server writes it: of a hundred lines one is about a call, the others are requests, health checks
// and rooms.
import { closeSync, openSync, writeSync } from "node:fs";

/** Writes so many megabytes, and returns how many calls are in them. */
export function writeLog(file, megabytes) {
  const output = openSync(file, "w");
  const random = randomFrom(7);
  let calls = 0;
  let at = 1_769_860_800;
  const waiting = [];
  for (let size = 0; size < megabytes * 1e6;) {
    const lines = [];
    for (let line = 0; line < 10_000; line++) {
      at += 0.001;
      if (line % 100 !== 0) {
        lines.push(line % 2 === 0 ? roomLine(at, random) : accessLine(at, random));
        continue;
      }
      if (waiting.length === 0) {
        waiting.push(...callLines(at, calls, random));
        calls++;
      }
      lines.push(waiting.shift());
    }
    size += writeSync(output, `${lines.join("\n")}\n`);
  }
  closeSync(output);
  return calls;
}

/** What livekit-sip logs about a call that no rule takes, at level info. */
function callLines(at, number, random) {
  const fields = {
    nodeID: "NE_example0001",
    callID: `SCL_${id(random)}`,
    sipCallID: `${number}@192.0.2.10`,
    fromIP: "192.0.2.10",
    fromHost: "sip.example.com",
    fromUser: `+155501${10 + (number % 90)}`,
    toUser: "+15550100",
    direction: "inbound",
  };
  const line = (message, more) =>
    JSON.stringify({
      level: "info",
      ts: at,
      logger: "sip",
      caller: "sip/inbound.go:414",
      msg: message,
      ...fields,
      ...more,
    });
  const end = { sipTrunk: "ST_example", status: 486, result: "client_error", reason: "flood" };
  return [
    line("processing invite"),
    line("Closing inbound call", end),
    line("call statistics", end),
    line("SIP call ended", { reason: "flood" }),
  ];
}

function roomLine(at, random) {
  return JSON.stringify({
    level: "info",
    ts: at,
    logger: "livekit.room",
    caller: "rtc/room.go:712",
    msg: "participant active",
    room: `room-${Math.floor(random() * 1e4)}`,
    roomID: `RM_${id(random)}`,
    participant: `user-${Math.floor(random() * 1e6)}`,
    participantID: `PA_${id(random)}`,
    remote: false,
    connectTime: random(),
  });
}

function accessLine(at, random) {
  const time = new Date(at * 1000).toISOString();
  return `${time} 10.0.0.${Math.floor(random() * 255)} "GET /rtc/validate?room=${id(random)} HTTP/1.1" 200 ${Math.floor(random() * 5000)} "-" "kube-probe/1.31"`;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function id(random) {
  return Array.from({ length: 12 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join("");
}

/** The same numbers each time (mulberry32). */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
