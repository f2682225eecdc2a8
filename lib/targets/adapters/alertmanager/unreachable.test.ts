import { expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { observeVersion, type Replica, type Send, verifyReplica } from "./replica";

const replica: Replica = {
  name: "am-0",
  url: "http://am-0:9093",
  routePrefix: "",
  auth: { type: "bearer", token: "t" },
};
const failing =
  (error: unknown): Send =>
  async () => {
    throw error;
  };
const down = new AppError("target_unreachable", "connection refused");

it("what cannot be asked is unverified, with the reason, after it was asked as often as one that is slow", async () => {
  const waits: number[] = [];
  let asked = 0;
  const send: Send = async (request) => {
    asked += 1;
    expect(request.headers).toEqual({ authorization: "Bearer t" });
    throw down;
  };
  expect(await verifyReplica(send, replica, 2, async (ms) => waits.push(ms))).toEqual({
    kind: "unverified",
    detail: "Its metrics cannot be read: connection refused",
  });
  expect(asked).toBe(6);
  expect(waits).toEqual([250, 500, 750, 1000, 1250]);
  expect(await observeVersion(failing(down), replica)).toBeNull();
});

it("an error of ours is not taken for an answer of the target", async () => {
  const ours = new TypeError("x is not a function");
  await expect(verifyReplica(failing(ours), replica, 2, async () => {})).rejects.toBe(ours);
  await expect(observeVersion(failing(ours), replica)).rejects.toBe(ours);
});

it.each([
  "null",
  '"0.25.0"',
  "{}",
  '{"versionInfo":null}',
  '{"versionInfo":{}}',
  '{"versionInfo":{"version":7}}',
  '{"versionInfo":{"version":"main"}}',
])("%s tells no version", async (body) => {
  expect(await observeVersion(async () => ({ status: 200, headers: {}, body }), replica)).toBeNull();
});
