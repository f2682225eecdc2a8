import { describe, expect, test } from "vitest";
import { isTooDeep, MAX_BODY, readForm, readJson, readText } from "./read-body";

const post = (body?: BodyInit, headers: Record<string, string> = {}) =>
  new Request("https://signalbox.example/api/x", {
    method: "POST",
    headers,
    ...(body === undefined ? {} : { body, duplex: "half" }),
  } as RequestInit);

/** Sends without saying how much, and counts what was asked of it. */
function endless(part: string) {
  let parts = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      parts += 1;
      controller.enqueue(new TextEncoder().encode(part));
    },
  });
  return { stream, parts: () => parts };
}

test("bodies: JSON, empty, broken, too large", async () => {
  expect(await readJson(post('{"a":1}'))).toEqual({ a: 1 });
  expect(await readJson(post())).toBeUndefined();
  await expect(readJson(post("{"))).rejects.toMatchObject({ code: "invalid_input" });
  await expect(readJson(post("x".repeat(MAX_BODY + 1)))).rejects.toMatchObject({ code: "too_large" });
  expect(await readForm(post("a=1&b=2&a=3"))).toEqual({ a: "3", b: "2" });
});

test("what is announced as too large is not read at all", async () => {
  const { stream, parts } = endless("x");
  const refused = readText(post(stream, { "content-length": String(MAX_BODY + 1) }));
  await expect(refused).rejects.toMatchObject({ code: "too_large", status: 413 });
  expect(parts()).toBeLessThanOrEqual(1);
});

test("what does not end is read to the limit and no further, counted in bytes", async () => {
  const { stream, parts } = endless("é".repeat(512));
  await expect(readText(post(stream), 64 * 1024)).rejects.toMatchObject({
    code: "too_large",
    message: "The body is larger than 64 KiB.",
  });
  expect(parts()).toBeLessThan(70);
});

test("a character that is cut between two parts is whole", async () => {
  const bytes = new TextEncoder().encode('"€"');
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await readJson(post(stream))).toBe("€");
});

describe("nesting", () => {
  const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  test("is followed to 512, and refused before it is parsed", async () => {
    expect(await readJson(post(nested(512)))).toHaveLength(1);
    await expect(readJson(post(nested(513)))).rejects.toMatchObject({ code: "invalid_input" });
    await expect(readJson(post("[".repeat(1_000_000)))).rejects.toMatchObject({ code: "invalid_input" });
  });

  test("is not counted inside of texts, nor side by side", () => {
    expect(isTooDeep(JSON.stringify({ a: '"[[[[\\', b: [1, [2]] }), 2)).toBe(true);
    expect(isTooDeep(JSON.stringify({ a: '"[[[[\\', b: [1, 2] }), 2)).toBe(false);
    expect(isTooDeep(JSON.stringify(Array.from({ length: 1000 }, () => [{}])), 3)).toBe(false);
  });
});
