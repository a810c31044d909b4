import { isIPv4, isIPv6 } from "node:net";
import { type Server, supports } from "../rule/server.ts";

/** An IP address as Go's net/netip holds it: 4 or 16 bytes. An IPv4 address is none of its IPv6 forms. */
interface Address {
  bytes: number[];
  zone: string;
}

/** Addresses that have their first bits in common. */
interface Prefix extends Address {
  length: number;
}

/**
 * Tells whether a trunk's `allowed_addresses` admit a call. Masks that are no address, prefix or host name are
 * dropped; when none is left, or the source is no IP address, every call passes.
 * Source: protocol sip/sip.go at v1.50.4 and at v1.53.2, matchAddrMasks.
 */
export function admitsAddress(
  masks: readonly string[],
  { sourceIp = "", fromHost = "" }: { sourceIp?: string | undefined; fromHost?: string },
  server: Server,
): boolean {
  const source = parseAddress(sourceIp);
  if (!source) return true;
  const valid = masks.filter((mask) => !/[()+*;, \t\n\r]|:\/\//.test(mask));
  const admits = supports(server, "addressesOfSourceAlone") ? isSourceOrElseHost : isSourceOrHost;
  return valid.length === 0 || valid.some((mask) => admits(mask, source, fromHost));
}

/** From protocol v1.53.2 on. A zone in a mask plays no part. */
function isSourceOrElseHost(mask: string, source: Address, fromHost: string): boolean {
  const prefix = parsePrefix(mask.replace(/^\[([^/]*)\](?=\/|$)/, "$1"));
  return prefix ? covers({ ...prefix, zone: "" }, source) : mask === fromHost;
}

/** Up to protocol v1.53.1. */
function isSourceOrHost(mask: string, source: Address, fromHost: string): boolean {
  const prefix = parsePrefix(mask);
  return mask === fromHost || (prefix !== undefined && covers(prefix, source));
}

/** Source: net/netip Prefix.Contains: no other family, and no address with a zone. */
function covers(prefix: Prefix, source: Address): boolean {
  return prefix.zone === source.zone && sameBits(prefix, source, prefix.length);
}

/** Source: net/netip ParseAddr and ParsePrefix: a length, and then no zone. */
function parsePrefix(mask: string): Prefix | undefined {
  const slash = mask.lastIndexOf("/");
  const address = parseAddress(slash === -1 ? mask : mask.slice(0, slash));
  if (!address) return undefined;
  const most = address.bytes.length * 8;
  if (slash === -1) return { ...address, length: most };
  const length = mask.slice(slash + 1);
  if (address.zone !== "" || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > most) return undefined;
  return { ...address, length: Number(length) };
}

function sameBits(a: Address, b: Address, bits: number): boolean {
  if (a.bytes.length !== b.bytes.length) return false;
  return a.bytes.every((byte, at) => {
    const ignored = Math.min(8, Math.max(0, (at + 1) * 8 - bits));
    return byte >> ignored === (b.bytes[at] ?? 0) >> ignored;
  });
}

/** Source: net/netip ParseAddr. */
function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { bytes: text.split(".").map(Number), zone: "" };
  const [, address = "", zone] = /^([^%]*)(?:%(.+))?$/s.exec(text) ?? [];
  return isIPv6(address) ? { bytes: bytesOfIPv6(address), zone: zone ?? "" } : undefined;
}

function bytesOfIPv6(address: string): number[] {
  const [head = "", tail] = address.split("::");
  const [first, last] = [bytesOfGroups(head), bytesOfGroups(tail ?? "")];
  return [...first, ...Array.from({ length: 16 - first.length - last.length }, () => 0), ...last];
}

function bytesOfGroups(groups: string): number[] {
  if (groups === "") return [];
  return groups.split(":").flatMap((group) => {
    if (group.includes(".")) return group.split(".").map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
