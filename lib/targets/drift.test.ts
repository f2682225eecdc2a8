import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { comparePlaces, placeState, toDrift } from "./drift";

it.each([
  [null, null, "unpublished"],
  ["a", null, "foreign"],
  [null, "a", "missing"],
  ["a", "a", "in_sync"],
  ["b", "a", "drifted"],
] as const)("live %s, published %s: %s", (live, published, state) => expect(placeState(live, published)).toBe(state));

it("tells the worst and names each place", async () => {
  const places = [
    { id: "1", replica: "am-0", targetName: "t", publishedDigest: "a" },
    { id: "2", replica: "am-1", targetName: "t", publishedDigest: "b" },
  ];
  const compared = await comparePlaces(places, async () => "a");
  expect(toDrift("id", compared, new Map(), new Date(0))).toEqual({
    targetId: "id",
    state: "drifted",
    places: [
      { replica: "am-0", state: "in_sync" },
      { replica: "am-1", state: "drifted" },
    ],
    acknowledged: false,
    checkedAt: "1970-01-01T00:00:00.000Z",
  });
});

it("is acknowledged only as long as the very same bytes lie there, at every place that differs", async () => {
  const places = ["1", "2"].map((id) => ({ id, replica: id, targetName: "t", publishedDigest: "a" }));
  const drift = async (live: string | null, seen: [string, string][]) => {
    const compared = await comparePlaces(places, async () => live);
    return toDrift("id", compared, new Map(seen), new Date(0)).acknowledged;
  };
  const both = (seen: string): [string, string][] => [
    ["1", seen],
    ["2", seen],
  ];
  expect(await drift("b", both("b"))).toBe(true);
  expect(await drift("b", [["1", "b"]])).toBe(false);
  expect(await drift("c", both("b"))).toBe(false);
  expect(await drift(null, both("missing"))).toBe(true);
  expect(await drift("a", both("b"))).toBe(false);
});

it("does not show the operator's paths", async () => {
  const place = { id: "1", replica: null, targetName: "t", publishedDigest: "a" };
  const compared = await comparePlaces([place], () =>
    Promise.reject(new AppError("invalid_input", "/etc/secret/path")),
  );
  expect(JSON.stringify(toDrift("id", compared, new Map(), new Date(0)))).not.toContain("/etc");
});
