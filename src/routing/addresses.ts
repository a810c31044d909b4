import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Call } from "./call.ts";
import { type Server, supports } from "../rule/server.ts";

/** An IP address as Go's net/netip holds it. An IPv4 address is none of its IPv6 forms. */
interface Address {
  address: string;
  family: "ipv4" | "ipv6";
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
  { sourceIp = "", fromHost = "" }: Pick<Call, "sourceIp" | "fromHost">,
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
  if (prefix.zone !== source.zone || prefix.family !== source.family) return false;
  const covered = new BlockList();
  covered.addSubnet(prefix.address, prefix.length, prefix.family);
  return covered.check(source.address, source.family);
}

/** Source: net/netip ParseAddr and ParsePrefix: a length, and then no zone. */
function parsePrefix(mask: string): Prefix | undefined {
  const slash = mask.lastIndexOf("/");
  const address = parseAddress(slash === -1 ? mask : mask.slice(0, slash));
  if (!address) return undefined;
  const most = address.family === "ipv4" ? 32 : 128;
  if (slash === -1) return { ...address, length: most };
  const length = mask.slice(slash + 1);
  if (address.zone !== "" || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > most) return undefined;
  return { ...address, length: Number(length) };
}

/** Source: net/netip ParseAddr. */
function parseAddress(text: string): Address | undefined {
  if (isIPv4(text)) return { address: text, family: "ipv4", zone: "" };
  const [, address = "", zone = ""] = /^([^%]*)(?:%(.+))?$/s.exec(text) ?? [];
  return isIPv6(address) ? { address, family: "ipv6", zone } : undefined;
}
