import { Writable } from "node:stream";
import pino from "pino";
import { expect, test } from "vitest";
import { LOGGER_OPTIONS } from "./logger";

/** What a logger with our options writes. */
function written(say: (log: pino.Logger) => void): string {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  say(pino(LOGGER_OPTIONS, stream).child({ room: "test" }));
  return text;
}

test("a line is one JSON object with its time in UTC, whatever stands in it", () => {
  const forged = 'x\n{"level":"info","msg":"admin signed in"}\u0000\u001b[2J\u2028';
  const text = written((log) => log.info({ path: forged }, forged));
  expect(text.trimEnd().split("\n")).toHaveLength(1);
  const line = JSON.parse(text);
  expect(line).toMatchObject({ level: "info", room: "test", path: forged, msg: forged });
  expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  for (const sign of ["\u0000", "\u001b"]) expect(text).not.toContain(sign);
});

test("what is named like a secret is cut out, also one level down", () => {
  const names = ["password", "secret", "token", "authorization", "cookie", "plaintext", "api_key"];
  const given = Object.fromEntries(names.map((name) => [name, "hunter2"]));
  const text = written((log) => log.error({ ...given, request: given }, "x"));
  expect(text).not.toContain("hunter2");
  expect(text.match(/\[secret\]/g)).toHaveLength(2 * names.length);
});
