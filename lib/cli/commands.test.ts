import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import * as batch from "./batch";
import * as check from "./check";
import * as diff from "./diff";
import * as importing from "./import";
import * as render from "./render";
import { captured } from "./testing/captured";

const SLACK = "https://hooks.slack.com/services/T0/B0";
const GOOD = `# ours
route:
  receiver: quiet
  routes:
    - receiver: loud
      matchers: [team="x"]
receivers:
  - name: quiet
  - name: loud
    slack_configs:
      - api_url: ${SLACK}/first
        channel: '#x'
`;
const FILES = {
  good: GOOD,
  changed: GOOD.replace("first", "second").replace("#x", "#y"),
  grown: `${GOOD}        title: more\ninhibit_rules:\n  - source_matchers: [a="b"]\ntemplates: ['*.tmpl']\n`,
  renamed: `${GOOD.replace("  - name: quiet\n", "")}  - name: new\n`.replace("receiver: quiet", "receiver: loud"),
  shrunk: "route:\n  receiver: quiet\nreceivers:\n  - name: quiet\n",
  unknown: "route:\n  receiver: a\nreceivers:\n  - name: a\n    slak_configs: []\n",
  broken: "route: [\n",
};

let folder: string;
const at = (name: keyof typeof FILES | "absent") => path.join(folder, `${name}.yml`);
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "signalbox-commands-"));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, `${name}.yml`), text);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("check", () => {
  const run = (...argv: string[]) => captured(() => check.run(argv));

  it("says that a file is fine, for which program, and what it warns of", async () => {
    const { code, out, err } = await run(at("good"), "--target", "alertmanager@0.28");
    expect(code).toBe(0);
    expect(out).toMatch(/good\.yml:8:5: warning: .* \(receivers\[0\]\) \[receiver_empty\]\n/);
    expect(out).toMatch(/good\.yml is fine for alertmanager@0\.28: 0 errors, 1 warnings\n$/);
    expect(err).toBe("");
  });

  it("ends with 1 on what would be refused, with Alertmanager's own words below", async () => {
    const { code, out } = await run(at("unknown"));
    expect(code).toBe(1);
    expect(out).toMatch(
      /slak_configs\) \[unknown_key\w*\]\n {2}Alertmanager: yaml: unmarshal errors:\n {4}line 5: field slak_configs not found/,
    );
    expect(out).toMatch(/unknown\.yml would be refused for alertmanager@[\d.]+: [1-9] errors/);
    expect(await run(at("broken"))).toMatchObject({ code: 1, out: expect.stringContaining("broken.yml:2:1: error: ") });
  });

  it("prints JSON when asked to", async () => {
    const { code, out } = await run("--json", at("unknown"));
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: expect.stringMatching(/^unknown_key/) })]),
    });
    expect(JSON.parse((await run("--json", at("good"))).out)).toMatchObject({ ok: true });
  });

  it("tells a wrong call (2) from a file that cannot be read (1)", async () => {
    expect(await run(at("absent"))).toMatchObject({ code: 1, out: "", err: expect.stringContaining("ENOENT") });
    const usage = expect.stringContaining("usage: signalbox check FILE");
    expect(await run()).toMatchObject({ code: 2, out: "", err: usage });
    expect(await run("--format", "xml", at("good"))).toMatchObject({ code: 2, err: usage });
    expect(await run("--wrong", at("good"))).toMatchObject({ code: 2, err: expect.stringContaining("'--wrong'") });
    expect(await run("--target", "nope", at("good"))).toMatchObject({
      code: 2,
      err: expect.stringContaining("no profile nope; known: alertmanager@0.25"),
    });
    expect(await run("--help")).toMatchObject({ code: 0, out: usage, err: "" });
  });
});

describe("render", () => {
  const run = (...argv: string[]) => captured(() => render.run(argv));

  it("prints the configuration anew, and with its hash as JSON", async () => {
    const { code, out } = await run(at("good"));
    expect(code).toBe(0);
    expect(out).toContain('      matchers:\n        - team="x"\nreceivers:\n  - name: quiet\n');
    expect(out).not.toContain("# ours");
    const printed = JSON.parse((await run(at("good"), "--json")).out);
    expect(printed.yaml).toBe(out);
    expect(printed.hash).toEqual(JSON.parse(batch.answerLine(JSON.stringify({ op: "hash", text: out }))).hash);
  });

  it("prints nothing of what would be refused", async () => {
    for (const name of ["unknown", "broken"] as const)
      expect(await run(at(name))).toMatchObject({ code: 1, out: "", err: expect.stringContaining(": error: ") });
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("usage: signalbox render") });
  });
});

describe("diff", () => {
  const run = (...argv: string[]) => captured(() => diff.run(argv));

  it("ends with 0 when both say the same", async () => {
    expect(await run(at("good"), at("good"))).toEqual({ code: 0, out: "No difference.\n", err: "" });
  });

  it("says what changes, and of a secret only that it does", async () => {
    const { code, out } = await run(at("good"), at("changed"));
    expect(code).toBe(1);
    expect(out).toBe(
      '~ integration loud › slack_configs[0] api_url: secret changed\n~ integration loud › slack_configs[0] channel: "#x" → "#y"\n' +
        "\n0 to add, 1 to change, 0 to remove\n",
    );
    const asJson = await run("--json", at("good"), at("changed"));
    expect(JSON.parse(asJson.out)).toMatchObject({ plan: { added: 0, changed: 1, removed: 0 } });
    for (const text of [out, asJson.out]) expect(text).not.toMatch(/first|second/);
  });

  it("has a sign for what comes and what goes", async () => {
    expect((await run(at("good"), at("grown"))).out).toContain('› slack_configs[0] title: null → "more"\n');
    const { out: shrunk } = await run(at("good"), at("shrunk"));
    expect(shrunk).toMatch(/^- receiver loud$/m);
    expect(shrunk).toMatch(/^0 to add, 0 to change, [2-9] to remove$/m);
    expect((await run(at("shrunk"), at("good"))).out).toMatch(/^\+ receiver loud$/m);
    const { out: renamed } = await run(at("good"), at("renamed"));
    expect(renamed).toMatch(/^↕ receiver new$/m);
    expect(renamed).toMatch(/^→ receiver new: "quiet" → "new"$/m);
  });

  it("ends with 2 when one cannot be read, and says which", async () => {
    for (const pair of [
      [at("good"), at("broken")],
      [at("broken"), at("good")],
    ])
      expect(await run(...pair)).toMatchObject({ code: 2, out: "", err: expect.stringContaining("broken.yml:2:1: ") });
    expect(await run("-h")).toMatchObject({ code: 0, out: expect.stringContaining("usage: signalbox diff") });
  });
});

describe("import", () => {
  const run = (...argv: string[]) => captured(() => importing.run(argv));

  it("counts what it would take over, routes inside of routes too", async () => {
    const { code, out, err } = await run(at("grown"));
    expect(code).toBe(0);
    expect(out.split("\n").map((line) => line.trim())).toEqual([
      at("grown"),
      "2 receivers",
      "2 routes",
      "1 inhibition rules",
      "0 time intervals",
      "1 template patterns (their files are imported separately)",
      "1 secrets (sealed when imported)",
      "",
    ]);
    expect(err).toContain("[receiver_empty]");
  });

  it("prints the document with its source as JSON", async () => {
    const document = JSON.parse((await run(at("good"), "--json")).out);
    expect(document).toMatchObject({ templates: [], source: GOOD, config: { route: { receiver: "quiet" } } });
    expect(document.config.receivers[1].slack_configs[0].id).toMatch(/^[\da-f-]{36}$/);
  });

  it("takes nothing over of what cannot be read", async () => {
    expect(await run(at("broken"))).toMatchObject({ code: 1, out: "", err: expect.stringContaining("[yaml_syntax]") });
    expect(await run("--help")).toMatchObject({ code: 0, out: expect.stringContaining("usage: signalbox import") });
  });
});

describe("batch", () => {
  const stdin = Object.getOwnPropertyDescriptor(process, "stdin");
  afterEach(() => {
    if (stdin) Object.defineProperty(process, "stdin", stdin);
    process.stdout.removeAllListeners("error");
    vi.restoreAllMocks();
  });

  it("reads stdin to its end and ends with 0, whatever the answers are", async () => {
    Object.defineProperty(process, "stdin", {
      configurable: true,
      value: Readable.from([Buffer.from('{"id":7,"op":"hash","text":"a"}\n\nnonsense\n')]),
    });
    const { code, out } = await captured(() => batch.run([]));
    expect(code).toBe(0);
    const answers = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers).toMatchObject([
      { id: 7, ok: true },
      { id: null, ok: false, error: expect.stringMatching(/^not JSON: /) },
    ]);
  });

  it("ends quietly when its reader goes away", async () => {
    const exit = vi.spyOn(process, "exit").mockImplementation(() => undefined as never);
    Object.defineProperty(process, "stdin", { configurable: true, value: Readable.from([]) });
    await captured(() => batch.run([]));
    process.stdout.emit("error", new Error("EPIPE"));
    expect(exit).toHaveBeenCalledWith(0);
  });

  it("explains itself", async () => {
    expect(await captured(() => batch.run(["--help"]))).toMatchObject({
      code: 0,
      out: expect.stringContaining("usage: signalbox batch"),
    });
  });
});
