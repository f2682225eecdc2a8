import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { driftOf, placeState } from "./drift";

it.each([
  [null, null, "unpublished"],
  ["a", null, "foreign"],
  [null, "a", "missing"],
  ["a", "a", "in_sync"],
  ["b", "a", "drifted"],
] as const)("live %s, published %s: %s", (live, published, state) => expect(placeState(live, published)).toBe(state));

it("tells the worst and names each place", async () => {
  const places = [
    { replica: "am-0", targetName: "t", publishedDigest: "a" },
    { replica: "am-1", targetName: "t", publishedDigest: "b" },
  ];
  const drift = await driftOf("id", places, async () => "a", new Date(0));
  expect(drift).toMatchObject({
    state: "drifted",
    places: [
      { replica: "am-0", state: "in_sync" },
      { replica: "am-1", state: "drifted" },
    ],
  });
});

it("does not show the operator's paths", async () => {
  const place = { replica: null, targetName: "t", publishedDigest: "a" };
  const failing = async () => Promise.reject(new AppError("invalid_input", "/etc/secret/path"));
  expect(JSON.stringify(await driftOf("id", [place], failing, new Date(0)))).not.toContain("/etc");
});
