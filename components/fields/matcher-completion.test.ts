import { describe, expect, it } from "vitest";
import { parseMatchers } from "@/lib/alertmanager";
import { completed, fitting, typingAt } from "./matcher-completion";

describe("what is being typed", () => {
  it.each([
    ["", "name", "", ""],
    ["te", "name", "te", ""],
    ['team="a", sev', "name", "sev", 'team="a", '],
    ["team=", "value", "", 'team="'],
    ['team = "da', "value", "da", 'team = "'],
    ["team!=da", "value", "da", 'team!="'],
    ['team=~"a|b', "value", "b", 'team=~"a|'],
    ['team="a|b', "value", "a|b", 'team="'],
    ['a="x,y', "value", "x,y", 'a="'],
    ['{team="a",', "name", "", '{team="a",'],
  ])("%s is a %s %s behind %s", (text, kind, typed, before) => {
    expect(typingAt(text)).toMatchObject({ kind, typed, before });
  });

  it("is nothing behind a finished value", () => {
    expect(typingAt('team="a"')).toBeNull();
    expect(typingAt('team="a" ')).toBeNull();
  });
});

describe("a picked suggestion", () => {
  const pick = (text: string, picked: string) => {
    const typing = typingAt(text);
    return typing && completed(typing, picked);
  };

  it("takes the place of what was typed", () => {
    expect(pick("te", "team")).toBe('team="');
    expect(pick('team="d', "database")).toBe('team="database"');
    expect(pick("severity=crit", "critical")).toBe('severity="critical"');
    expect(pick('team=~"a|d', "database")).toBe('team=~"a|database"');
  });

  it("is read as what was meant, whatever it holds", () => {
    const value = (text: string | null) => {
      const read = parseMatchers(text ?? "", "utf8");
      return read.ok ? read.matchers[0]?.value : null;
    };
    expect(value(pick("path=", 'C:\\a "b"'))).toBe('C:\\a "b"');
    expect(value(pick("host=~", "a.b+c"))).toBe(String.raw`a\.b\+c`);
  });
});

it("what begins so comes before what holds it, in the order of the counts", () => {
  const counts = ["db-team", "Team", "zone", "team-b"].map((text, index) => ({ text, count: 9 - index }));
  expect(fitting(counts, "team").map(({ text }) => text)).toEqual(["Team", "team-b", "db-team"]);
  expect(fitting(counts, "")).toHaveLength(4);
});
