import { PassThrough, Readable } from "node:stream";
import { expect, it } from "vitest";
import { answerLine, answerLines } from "./batch";

const ask = (request: unknown) => JSON.parse(answerLine(JSON.stringify(request)));
const YAML = "route:\n  receiver: a\nreceivers:\n  - name: a\n";

it("answers in order, a bad line too, and the last line without its end", async () => {
  const lines = [
    '{"id":1,"op":"hash","text":""}',
    "not json",
    '{"id":"é","op":"nope"}',
    "[1]",
    '{"id":4,"op":"hash","text":"a"}',
  ];
  const bytes = Buffer.from(lines.join("\n"));
  const output = new PassThrough();
  const chunks: Buffer[] = [];
  output.on("data", (chunk) => chunks.push(chunk));
  // Cut inside a letter of two bytes.
  const cut = bytes.indexOf(0xc3) + 1;
  await answerLines(Readable.from([bytes.subarray(0, cut), bytes.subarray(cut)]), output);
  const answers = Buffer.concat(chunks)
    .toString()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(answers.map(({ id, ok }) => [id, ok])).toEqual([
    [1, true],
    [null, false],
    ["é", false],
    [null, false],
    [4, true],
  ]);
});

it("says what Alertmanager says about an unknown key, with its place", () => {
  const { ok, diagnostics } = ask({ id: 1, op: "config", yaml: `${YAML}    slak_configs: []\n` });
  expect(ok).toBe(false);
  expect(diagnostics[0]).toMatchObject({
    severity: "error",
    path: "receivers[0].slak_configs",
    upstream: "yaml: unmarshal errors:\n  line 5: field slak_configs not found in type config.plain",
    line: 5,
    column: 5,
  });
});

it.each(["", "null\n", "# only a comment\n"])("wants a route in %j", (yaml) => {
  const { ok, diagnostics } = ask({ op: "config", yaml });
  expect(ok).toBe(false);
  expect(diagnostics[0]).toMatchObject({ upstream: "no route provided in config", line: 1, column: 1 });
});

it("accepts what would load, and refuses what is no UTF-8", () => {
  expect(ask({ op: "config", yaml: YAML })).toMatchObject({ ok: true });
  expect(ask({ op: "config", yamlBase64: Buffer.from([0xff, 0xfe, 0x41]).toString("base64") }).ok).toBe(false);
});

it("renders a text as it stands", () => {
  expect(ask({ op: "render", yaml: YAML })).toMatchObject({ ok: true, yaml: YAML });
});

it("reads and matches matchers", () => {
  expect(ask({ op: "matchers", dialect: "utf8", input: 'a="b"', labels: [{ a: "b" }, {}] })).toMatchObject({
    ok: true,
    matchers: [{ name: "a", op: "=", value: "b" }],
    matched: [true, false],
  });
  expect(ask({ op: "matchers", matchers: [{ name: "a", op: "=~", value: "(" }], labels: [] }).ok).toBe(false);
});

it("compares two texts", () => {
  const { plan } = ask({ op: "diff", before: YAML, after: `${YAML}  - name: b\n` });
  expect(plan).toEqual({ added: 1, changed: 0, removed: 0 });
});
