import { describe, expect, it } from "vitest";
import { answer } from "./batch-operations";

const GOOD = "route:\n  receiver: a\nreceivers:\n  - name: a\n";

describe("a request that makes no sense is told what is wrong with it", () => {
  it.each<[Record<string, unknown>, string]>([
    [{}, "unknown op null; known: config, "],
    [{ op: "toString" }, 'unknown op "toString"'],
    [{ op: "config" }, "yaml must be a string"],
    [{ op: "config", yaml: GOOD, target: "alertmanager@9" }, "no profile alertmanager@9; known: "],
    [{ op: "render", config: [] }, "config must be an object"],
    [{ op: "render", config: null }, "config must be an object"],
    [{ op: "matchers", input: "a=b", dialect: "old" }, "dialect must be classic, utf8 or fallback"],
    [{ op: "matchers", input: 7 }, "input must be a string"],
    [{ op: "diff", before: GOOD, after: "route: [" }, "after: "],
    [{ op: "diff", before: "route: [", after: GOOD }, "before: "],
  ])("%j", (request, message) => {
    expect(() => answer(request)).toThrow(message);
  });
});

describe("render", () => {
  it("prints a configuration as an object too, with the hash of that text", () => {
    const config = { route: { receiver: "a" }, receivers: [{ name: "a" }] };
    const { yaml, hash } = answer({ op: "render", config });
    expect(yaml).toBe(GOOD);
    expect(answer({ op: "hash", text: GOOD }).hash).toBe(hash);
  });

  it("answers what is no YAML with Alertmanager's words", () => {
    expect(answer({ op: "render", yaml: "a: [" })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^yaml: /),
    });
  });
});

describe("matchers", () => {
  it("refuses what neither dialect reads, and a pattern that Go refuses", () => {
    expect(answer({ op: "matchers", input: "=" })).toMatchObject({ ok: false, error: expect.any(String) });
    expect(answer({ op: "matchers", matchers: [{ name: "a", op: "!~", value: "a(" }], labels: [{}] })).toMatchObject({
      ok: false,
      error: expect.stringContaining("missing closing )"),
    });
  });

  it("matches given matchers, all of them", () => {
    const matchers = [
      { name: "a", op: "=", value: "1" },
      { name: "b", op: "!~", value: "x.*" },
    ];
    expect(answer({ op: "matchers", matchers, labels: [{ a: "1" }, { a: "1", b: "xy" }, { b: "y" }] })).toEqual({
      ok: true,
      matched: [true, false, false],
    });
  });
});

it("tells a diagnostic's repair with paths a person can read", () => {
  const { diagnostics } = answer({ op: "config", yaml: `${GOOD}    slak_configs: []\n` });
  expect(diagnostics).toContainEqual(
    expect.objectContaining({
      fix: {
        code: "rename_key",
        edits: [{ path: "receivers[0].slak_configs" }, { path: "receivers[0].slack_configs", value: [] }],
      },
    }),
  );
});

it("names what changes by a path, and shows no secret", () => {
  const slack = (url: string) => `${GOOD}    slack_configs: [{api_url: "https://h/${url}", channel: "#c"}]\n`;
  const { plan, changes } = answer({ op: "diff", before: slack("one"), after: slack("two") });
  expect(plan).toEqual({ added: 0, changed: 1, removed: 0 });
  expect(changes).toMatchObject([{ path: "receivers[0].slack_configs[0].api_url", secret: true }]);
  expect(JSON.stringify(changes)).not.toMatch(/one|two/);
});
