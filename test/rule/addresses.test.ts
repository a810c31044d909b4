import { expect, test } from "vitest";
import { admitsAddress } from "../../src/rule/addresses.ts";

test.for<[string, string, boolean]>([
  ["192.0.2.1", "192.0.2.1", true],
  ["192.0.2.1", "192.0.2.2", false],
  ["192.0.2.0/24", "192.0.2.255", true],
  ["192.0.2.0/25", "192.0.2.128", false],
  ["192.0.2.0/024", "192.0.2.1", false],
  ["192.0.2.0/33", "192.0.2.1", false],
  ["0.0.0.0/0", "2001:db8::1", false],
  ["2001:db8::/32", "2001:DB8:1::", true],
  ["2001:db8:0:0::1", "2001:db8::1", true],
  ["::ffff:192.0.2.1", "192.0.2.1", false],
  ["fe80::1%eth0", "fe80::1%eth0", true],
  ["fe80::1", "fe80::1%eth0", false],
  ["fe80::/10", "fe80::1%eth0", false],
  ["sip.example.com", "192.0.2.1", true],
  ["sip.example.org", "192.0.2.1", false],
])("%s for a call from %s at sip.example.com: %s", ([mask, source, admits]) => {
  expect(admitsAddress([mask], source, "sip.example.com")).toBe(admits);
});

test("masks that are not valid are dropped, and no mask admits all", () => {
  expect(admitsAddress(["192.0.2.9 ", "https://example.com", "*"], "192.0.2.1", "")).toBe(true);
});

test("a source that is no address is admitted", () => {
  expect(admitsAddress(["192.0.2.9"], "", "")).toBe(true);
});
