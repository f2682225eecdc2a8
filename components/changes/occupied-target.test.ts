import { describe, expect, it } from "vitest";
import { occupiedTarget } from "./occupied-target";

const prod = { id: "1", name: "prod" };
const staging = { id: "2", name: "staging" };

describe("the target that refused", () => {
  it("is the one that the error names", () => {
    expect(occupiedTarget([prod, staging], { target: "staging", replica: "a" })).toBe(staging);
    expect(occupiedTarget([prod], { target: "gone" })).toBeUndefined();
  });

  it("is guessed only where there is no choice", () => {
    expect(occupiedTarget([prod], { path: "/etc/alertmanager.yml" })).toBe(prod);
    expect(occupiedTarget([prod, staging], {})).toBeUndefined();
    expect(occupiedTarget([], {})).toBeUndefined();
  });
});
