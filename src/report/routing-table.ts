import type { RoutingChange } from "../migrate/outcome.ts";
import { codeInWords, type Expression, type NumberList, type Routing } from "../rule/routing.ts";
import { type Style, visible } from "./style.ts";

const LABEL = 16;
const COLUMN = 20;
/** By how much whoever prints the table indents it. */
const INDENT = 2;
/** Of a longer list the rest is counted. */
const MOST_ITEMS = 6;

/**
 * What decides about calls, before under both readings and after. A row that is the same in all three is said
 * once.
 */
export function routingTable({ documented, server, after }: RoutingChange, style: Style): string[] {
  const rows = ROWS.map(([label, cells]) => ({
    label,
    cells: [documented, server, after].map((routing) => cells(routing).map(visible)),
  }));
  const lines = [
    row("", [["before, as", "documented"], ["before, as", "livekit-server does"], ["after"]]).map((line) =>
      style.paint("dim", line),
    ),
  ];
  for (const { label, cells } of rows) {
    const same = cells.every((cell) => cell.join("\n") === cells[0]?.join("\n"));
    if (same) {
      const room = style.width - INDENT - LABEL;
      const [first = "", ...rest] = (cells[0] ?? []).flatMap((item) => chunks(item, room));
      lines.push([label.padEnd(LABEL) + first, ...rest.map((item) => " ".repeat(LABEL) + item)]);
    } else {
      lines.push(row(label, cells).map((line) => style.paint("yellow", line)));
    }
  }
  return lines.flat();
}

const ROWS: [string, (routing: Routing) => string[]][] = [
  ["called number", (routing) => listCell(routing.calledNumbers)],
  ["calling number", (routing) => listCell(routing.callingNumbers)],
  ["trunks", (routing) => listCell(routing.trunkIds)],
  ["PIN", (routing) => [routing.pin === "" ? "none" : inWords(routing.pin)]],
  ["room", (routing) => [inWords(routing.room)]],
];

function row(label: string, cells: readonly string[][]): string[] {
  const broken = cells.map((cell) => cell.flatMap((item) => chunks(item, COLUMN - 1)));
  const height = Math.max(...broken.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) =>
    [(line === 0 ? label : "").padEnd(LABEL), ...broken.map((cell) => (cell[line] ?? "").padEnd(COLUMN))]
      .join("")
      .trimEnd(),
  );
}

function chunks(text: string, size: number): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += size) pieces.push(text.slice(at, at + size));
  return pieces.length > 0 ? pieces : [""];
}

function listCell(list: NumberList): string[] {
  if (!Array.isArray(list)) return [inWords(list)];
  if (list.length === 0) return ["any"];
  const items = list.map(inWords);
  if (items.length <= MOST_ITEMS) return items;
  return [...items.slice(0, MOST_ITEMS - 1), `and ${items.length - MOST_ITEMS + 1} more`];
}

function inWords(value: string | Expression): string {
  if (typeof value !== "string") return codeInWords(value);
  return value === "" ? '""' : value;
}
