import { describe, expect, it } from "vitest";
import type { Config, ConfigDocument, Json } from "../config/types";
import { diffConfig } from "./diff-config";
import { mergeDocuments } from "./merge-documents";

const documentOf = (config: unknown, templates: ConfigDocument["templates"] = []): ConfigDocument => ({
  config: config as Config,
  templates,
  source: null,
});
const changesBetween = (before: unknown, after: unknown) => diffConfig(documentOf(before), documentOf(after));

describe("what a change is called", () => {
  it.each<[Json, string]>([
    [{ receiver: "a", matchers: ['team="x"', "env=~'a|b'"] }, "{team=\"x\", env=~'a|b'}"],
    [{ receiver: "a", match: { team: "x" }, match_re: { env: "a|b" } }, '{team="x", env=~"a|b"}'],
    [{ receiver: "a", matchers: ["c=d"], match: { team: "x" } }, '{c=d, team="x"}'],
    [{ receiver: "a" }, "→ a"],
    [{ continue: true }, "{}"],
  ])("a route %j is %s", (route, label) => {
    const changes = changesBetween({ route: { receiver: "a" } }, { route: { receiver: "a", routes: [route] } });
    expect(changes).toMatchObject([{ kind: "added", noun: "route", label }]);
  });

  it("the topmost route is the root, whatever it holds", () => {
    const changes = changesBetween({ route: { receiver: "a" } }, { route: { receiver: "b", matchers: [] } });
    expect(changes).toContainEqual(
      expect.objectContaining({ noun: "route", label: "root", key: "receiver", before: "a", after: "b" }),
    );
  });

  it.each<[Json, string]>([
    [{ source_matchers: ["a=b"], target_match: { c: "d" }, target_match_re: { e: "f" } }, '{a=b} → {c="d", e=~"f"}'],
    [{ name: "quiet nights", source_matchers: ["a=b"] }, "quiet nights"],
    [null, "#1"],
  ])("an inhibition rule %j is %s", (rule, label) => {
    expect(changesBetween({ inhibit_rules: [] }, { inhibit_rules: [rule] })).toMatchObject([
      { kind: "added", noun: "inhibit_rule", label },
    ]);
  });

  it("shows a block that comes or goes, without the secrets in it", () => {
    const http = { basic_auth: { username: "u", password: "hidden" }, proxy_url: "http://p" };
    const withHttp = (more: object) => ({
      receivers: [{ id: "r", name: "a", webhook_configs: [{ id: "w", url: "http://h", ...more }] }],
    });
    const changes = changesBetween(withHttp({}), withHttp({ http_config: http }));
    expect(changes).toMatchObject([
      {
        kind: "changed",
        key: "http_config",
        after: { basic_auth: { username: "u", password: "<secret>" }, proxy_url: "http://p" },
      },
    ]);
    expect(JSON.stringify(changes)).not.toContain("hidden");
  });

  it("goes into lists of blocks that kept their length", () => {
    const withTls = (servers: object[]) => ({
      receivers: [{ id: "r", name: "a", slack_configs: [{ id: "s", fields: servers }] }],
    });
    const fields = [
      { title: "t", value: "v" },
      { title: "u", value: "w" },
    ];
    const [change, ...others] = changesBetween(withTls(fields), withTls([fields[0]!, { title: "u", value: "z" }]));
    expect(change).toMatchObject({ key: "fields[1].value", before: "w", after: "z" });
    expect(others).toEqual([]);
    expect(changesBetween(withTls(fields), withTls(fields.slice(1)))).toMatchObject([{ key: "fields" }]);
  });

  it("a template file whose content went on under another name was renamed", () => {
    const before = documentOf({}, [{ name: "old.tmpl", content: "same" }]);
    const after = documentOf({}, [{ name: "new.tmpl", content: "same" }]);
    expect(diffConfig(before, after)).toMatchObject([
      { kind: "renamed", noun: "template", label: "new.tmpl", before: "old.tmpl", after: "new.tmpl" },
    ]);
  });
});

describe("what both sides added", () => {
  const base = documentOf({ receivers: [{ id: "a", name: "a" }] });
  const adding = (...more: object[]) => documentOf({ receivers: [{ id: "a", name: "a" }, ...more] });

  it("is one thing when it is the same", () => {
    const same = { id: "n", name: "new", labels: { team: "x" } };
    const { document, conflicts } = mergeDocuments(base, adding(same), adding(same, { id: "o", name: "other" }));
    expect(conflicts).toEqual([]);
    expect(document.config.receivers?.map(({ name }) => name)).toEqual(["a", "new", "other"]);
  });

  it("is one thing when it has the same name, and what differs within is a conflict", () => {
    const mine = adding({ id: "m", name: "new", labels: { team: "mine" } });
    const theirs = adding({ id: "t", name: "new", labels: { team: "theirs" } });
    const { document, conflicts } = mergeDocuments(base, mine, theirs);
    expect(document.config.receivers).toHaveLength(2);
    expect(document.config.receivers?.[1]).toMatchObject({ name: "new", labels: { team: "mine" } });
    expect(conflicts).toContainEqual({
      path: ["receivers", 1, "labels", "team"],
      label: "receivers[1].labels.team",
      mine: "mine",
      theirs: "theirs",
    });
  });

  it("is two things when neither id nor name is the same", () => {
    const { document, conflicts } = mergeDocuments(
      base,
      adding({ id: "m", name: "m" }),
      adding({ id: "t", name: "t" }),
    );
    expect(conflicts).toEqual([]);
    expect(document.config.receivers?.map(({ name }) => name).sort()).toEqual(["a", "m", "t"]);
  });

  it("plain values too", () => {
    const patterns = (...templates: string[]) => documentOf({ templates });
    const { document } = mergeDocuments(patterns("a"), patterns("a", "n", "m"), patterns("a", "n", "t"));
    expect(document.config.templates).toEqual(["a", "n", "t", "m"]);
  });
});
