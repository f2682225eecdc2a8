import { describe, expect, it } from "vitest";
import { AppError } from "@/lib/errors";
import { observeVersion, ownWords, type Replica, reloadReplica, type Send, verifyReplica } from "./replica";

const replica: Replica = {
  name: "am-0",
  url: "http://am-0:9093/",
  routePrefix: "/alerts/",
  auth: { type: "basic", username: "u", password: "pä:ss" },
};
const answering =
  (body: string, status = 200, type = "text/plain; charset=utf-8"): Send =>
  async () => ({ status, body, headers: { "content-type": type } });
const wait = async () => {};

describe("reloadReplica", () => {
  it("posts under the prefix with its credentials", async () => {
    let sent: Parameters<Send>[0] | undefined;
    const send: Send = async (request) => {
      sent = request;
      return { status: 200, headers: {}, body: "" };
    };
    expect(await reloadReplica(send, replica, [])).toEqual({ kind: "accepted" });
    expect(sent).toMatchObject({ purpose: "targets", url: "http://am-0:9093/alerts/-/reload", method: "POST" });
    expect(sent?.headers?.authorization).toBe(`Basic ${Buffer.from("u:pä:ss").toString("base64")}`);
  });

  it("keeps the target's own words", async () => {
    const words = 'failed to reload config: undefined receiver "x" used in route\n';
    expect(await reloadReplica(answering(words, 500), replica, [])).toEqual({ kind: "refused", words: words.trim() });
    expect(await reloadReplica(answering("<h1>Bad gateway</h1>", 502, "text/html"), replica, [])).toEqual({
      kind: "refused",
      words: "HTTP 502",
    });
  });

  it("knows whether an unreachable replica can have seen the request", async () => {
    const failing =
      (neverConnected: boolean): Send =>
      async () => {
        throw new AppError("target_unreachable", "no", { neverConnected });
      };
    expect(await reloadReplica(failing(true), replica, [])).toMatchObject({ kind: "unreachable", untouched: true });
    expect(await reloadReplica(failing(false), replica, [])).toMatchObject({ kind: "unreachable", untouched: false });
  });
});

it("takes secrets and control characters out of the words", () => {
  const answer = {
    status: 500,
    headers: { "content-type": "text/plain" },
    body: 'bad url "https://h/T0/\\"q\\"" \u001b[31mred',
  };
  expect(ownWords(answer, ['https://h/T0/"q"'])).toBe('bad url "<secret>" [31mred');
});

describe("verifyReplica", () => {
  const metrics = (hash: string, ok: number) =>
    `# HELP alertmanager_config_hash x\nalertmanager_config_hash ${hash}\nalertmanager_config_last_reload_successful ${ok}\n`;

  it("is green only on the hash of our bytes", async () => {
    expect(await verifyReplica(answering(metrics("2.31157695250832e+14", 1)), replica, 231157695250832, wait)).toEqual({
      kind: "verified",
    });
    expect(await verifyReplica(answering(metrics("1", 1)), replica, 2, wait)).toMatchObject({ kind: "mismatch" });
    expect(await verifyReplica(answering(metrics("2", 0)), replica, 2, wait)).toMatchObject({ kind: "mismatch" });
  });

  it("says unverified when nobody can prove it", async () => {
    expect(await verifyReplica(answering("", 404), replica, 2, wait)).toMatchObject({ kind: "unverified" });
    expect(await verifyReplica(answering("go_threads 3\n"), replica, 2, wait)).toMatchObject({ kind: "unverified" });
  });

  it("waits until the replica has it", async () => {
    let asked = 0;
    const send: Send = async (request) => answering(metrics(++asked < 3 ? "1" : "2", 1))(request);
    expect(await verifyReplica(send, replica, 2, wait)).toEqual({ kind: "verified" });
  });
});

it("reads the version", async () => {
  expect(await observeVersion(answering('{"versionInfo":{"version":"0.25.0"}}'), replica)).toBe("0.25.0");
  expect(await observeVersion(answering("<html>"), replica)).toBeNull();
  expect(await observeVersion(answering("{}", 401), replica)).toBeNull();
});
