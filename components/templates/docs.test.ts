import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_PROFILE_ID, PROFILE_IDS, profileFor, templateVocabulary } from "@/lib/alertmanager";

type Docs = {
  functions: Record<string, string>;
  keywords: Record<string, string>;
  members: Record<string, Record<string, string>>;
};

describe.each(["en", "fr", "de"])("in %s", (locale) => {
  const text = readFileSync(new URL(`../messages/${locale}/templates.json`, import.meta.url), "utf8");
  const { docs }: { docs: Docs } = JSON.parse(text);

  it.each([...PROFILE_IDS, DEFAULT_PROFILE_ID])("every word that %s knows is explained", (id) => {
    const { functions, keywords, members } = templateVocabulary(profileFor(id));
    expect(functions.filter((name) => !docs.functions[name])).toEqual([]);
    expect(keywords.filter((name) => !docs.keywords[name])).toEqual([]);
    expect(members.filter(({ owner, name }) => !docs.members[owner]?.[name])).toEqual([]);
  });

  it("nothing is explained that no version knows", () => {
    const all = PROFILE_IDS.map((id) => templateVocabulary(profileFor(id)));
    const functions = new Set(all.flatMap((one) => one.functions));
    const members = new Set(all.flatMap((one) => one.members.map(({ owner, name }) => `${owner}.${name}`)));
    expect(Object.keys(docs.functions).filter((name) => !functions.has(name))).toEqual([]);
    const explained = Object.entries(docs.members).flatMap(([owner, names]) =>
      Object.keys(names).map((name) => `${owner}.${name}`),
    );
    expect(explained.filter((name) => !members.has(name))).toEqual([]);
  });
});
