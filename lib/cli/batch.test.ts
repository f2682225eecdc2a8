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

it("counts what the target takes as a warning, and says where the reload would fail", () => {
  const masked = ask({ op: "config", yaml: `${YAML}    discord_configs: [{webhook_url: <secret>}]\n` });
  expect(masked).toMatchObject({ ok: true, diagnostics: [{ code: "secret_placeholder", severity: "warning" }] });
  const yaml = `${YAML}    webhook_configs: [{url: http://h, http_config: {tls_config: {ca_file: ca.pem}}}]\n`;
  expect(ask({ op: "config", yaml })).toMatchObject({
    ok: false,
    diagnostics: [{ code: "file_missing", stage: "reload", severity: "error" }],
  });
  expect(ask({ op: "config", yaml, target: "alertmanager@0.33" })).toMatchObject({
    ok: true,
    diagnostics: [{ code: "file_missing", stage: "reload", severity: "warning" }],
  });
  expect(ask({ op: "config", yaml, files: { "ca.pem": "x" } }).diagnostics[0].upstream).toBe(
    "unable to use specified CA cert file <DIR>/ca.pem",
  );
});

it("reads matchers in the mode that the target was started with", () => {
  const yaml = `${YAML.replace("receiver: a\n", "receiver: a\n  routes: [{matchers: ['ä=b']}]\n")}`;
  expect(ask({ op: "config", yaml }).ok).toBe(true);
  const classic = ask({ op: "config", yaml, matcherMode: "classic" });
  expect([classic.ok, classic.diagnostics[0].upstream]).toEqual([false, "bad matcher format: ä=b"]);
  expect(ask({ op: "config", yaml, matcherMode: "new" }).error).toContain("matcherMode");
});

it("shows what the status would show, or why it would not load", () => {
  const { ok, yaml } = ask({ op: "resolve", yaml: YAML });
  expect(ok).toBe(true);
  expect(yaml).toContain("route:\n  receiver: a\n  continue: false\nreceivers:\n- name: a\n  labels:\n    name: a\n");
  expect(ask({ op: "resolve", yaml: "route: {receiver: b}\n" })).toMatchObject({
    ok: false,
    error: 'undefined receiver "b" used in route',
  });
});
