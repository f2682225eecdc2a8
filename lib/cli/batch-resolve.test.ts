import { describe, expect, it } from "vitest";
import { answer } from "./batch-operations";

const GOOD = "route:\n  receiver: a\nreceivers:\n  - name: a\n";

describe("resolve", () => {
  it("prints what the status page shows: defaults written out, secrets hidden", () => {
    const yaml = `${GOOD}    slack_configs: [{api_url: "https://h/s", channel: "#c"}]\n`;
    const resolved = answer({ op: "resolve", yaml });
    expect(resolved.ok).toBe(true);
    expect(resolved.yaml).toMatch(/^global:\n {2}resolve_timeout: 5m\n/);
    expect(resolved.yaml).toContain("api_url: <secret>");
    expect(resolved.yaml).toContain("send_resolved: false");
    expect(resolved.yaml).not.toContain("https://h/s");
  });

  it("gives the reason why nothing would be shown", () => {
    expect(answer({ op: "resolve", yaml: "route: {receiver: b}\nreceivers: [{name: a}]\n" })).toEqual({
      ok: false,
      error: 'undefined receiver "b" used in route',
    });
    expect(answer({ op: "resolve", yaml: "route: [" })).toMatchObject({
      ok: false,
      error: expect.stringMatching(/^yaml/),
    });
  });
});

describe("what lies around the configuration", () => {
  const config = (yaml: string, more: Record<string, unknown>) => answer({ op: "config", yaml, ...more });
  const templated = `${GOOD}templates: ["*.tmpl"]\n`;

  it("files beside it are read as it would read them", () => {
    expect(config(templated, { files: { "own.tmpl": '{{ define "x" }}y{{ end }}' } }).ok).toBe(true);
    expect(config(templated, { files: null }).ok).toBe(true);
    expect(config(templated, { files: { "own.tmpl": '{{ define "x" }}' } }).ok).toBe(false);
  });

  it("matchers are read in the mode that is given", () => {
    const emoji = `route:\n  receiver: a\n  routes: [{receiver: a, matchers: ['🙂="x"']}]\nreceivers: [{name: a}]\n`;
    expect(config(emoji, { matcherMode: "utf8" }).ok).toBe(true);
    expect(config(emoji, { matcherMode: "classic" }).ok).toBe(false);
    expect(config(emoji, { matcherMode: null }).ok).toBe(true);
  });

  it.each([
    [{ files: "own.tmpl" }, "files must be an object of texts"],
    [{ files: { a: 1 } }, "files must be an object of texts"],
    [{ matcherMode: "old" }, "matcherMode must be classic, utf8 or fallback"],
  ])("%j makes no sense", (more, words) => {
    expect(() => config(GOOD, more)).toThrow(words);
    expect(() => answer({ op: "resolve", yaml: GOOD, ...more })).toThrow(words);
  });
});
