import { PassThrough, Readable, Writable } from "node:stream";
import { expect, it } from "vitest";
import { answerLines } from "./batch";

const MIB = 1024 * 1024;

it("answers a line without end with an error, once, and goes on with the next", async () => {
  function* chunks() {
    yield Buffer.from('{"id":1,"op":"hash","text":"a"}\n{"id":2,"op":"hash","text":"');
    for (let sent = 0; sent < 66; sent++) yield Buffer.alloc(MIB, "x");
    yield Buffer.from('"}\n{"id":3,"op":"hash","text":"b"}\n');
  }
  const output = new PassThrough();
  const said: string[] = [];
  output.on("data", (chunk) => said.push(String(chunk)));
  await answerLines(Readable.from(chunks()), output);
  const answers = said
    .join("")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers).toMatchObject([
    { id: 1, ok: true },
    { id: null, ok: false, error: `the line is longer than ${64 * MIB} bytes` },
    { id: 3, ok: true },
  ]);
});

it("waits for a slow reader, and keeps the order", async () => {
  const requests = 1_000;
  const input = Array.from({ length: requests }, (_, id) => `${JSON.stringify({ id, op: "hash", text: "a" })}\n`).join(
    "",
  );
  const said: string[] = [];
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      most = Math.max(most, slow.writableLength);
      setTimeout(() => {
        said.push(String(chunk));
        done();
      }, 5);
    },
  });
  await answerLines(Readable.from([Buffer.from(input)]), slow);
  await new Promise<void>((resolve) => slow.end(resolve));
  // A part is handed over only when the one before has been taken.
  expect(most).toBeLessThan(said.join("").length / 2);
  expect(
    said
      .join("")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).id),
  ).toEqual(Array.from({ length: requests }, (_, id) => id));
});
