import { describe, expect, it } from "vitest";
import { classifyAddress, inRange } from "./addresses";

describe("classifyAddress", () => {
  it.each([
    ["8.8.8.8", "public"],
    ["2606:4700:4700::1111", "public"],
    ["::ffff:8.8.8.8", "public"],
    ["10.0.0.1", "private"],
    ["127.0.0.1", "private"],
    ["100.64.0.1", "private"],
    ["0.0.0.0", "private"],
    ["224.0.0.1", "private"],
    ["::1", "private"],
    ["::", "private"],
    ["fd12::1", "private"],
    ["ff02::1", "private"],
    ["::ffff:10.0.0.1", "private"],
    ["64:ff9b::808:808", "private"],
    ["2002:808:808::1", "private"],
    ["2001:db8::1", "private"],
    ["169.254.169.254", "metadata"],
    ["100.100.100.200", "metadata"],
    ["168.63.129.16", "metadata"],
    ["fe80::1%eth0", "metadata"],
    ["fd00:ec2::254", "metadata"],
    ["::ffff:169.254.169.254", "metadata"],
    ["::ffff:a9fe:a9fe", "metadata"],
    ["::169.254.169.254", "metadata"],
    ["64:ff9b::169.254.169.254", "metadata"],
    ["2002:a9fe:a9fe::", "metadata"],
  ])("%s is %s", (address, expected) => expect(classifyAddress(address)).toBe(expected));
});

it("compares mapped addresses by value", () => {
  expect(inRange("::ffff:10.1.2.3", "10.0.0.0", 8)).toBe(true);
  expect(inRange("fd12::1", "fd00::", 8)).toBe(true);
  expect(inRange("11.1.2.3", "10.0.0.0", 8)).toBe(false);
});
