import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createTranslator, NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { applyFix, type Config, type Diagnostic, parseConfig, profileFor, validateConfig } from "@/lib/alertmanager";
import { loadMessages } from "../messages";
import en from "../messages/en/fields.json";
import { LOCALES } from "../messages/namespaces";
import { DiagnosticsIndex } from "./diagnostics-index";
import { FieldsProvider } from "./environment";
import { FieldDiagnostics } from "./field-diagnostics";

const VALIDATION = path.join(import.meta.dirname, "../../lib/alertmanager/validation");
const PROFILES = ["alertmanager@0.25", "alertmanager@0.34"].map(profileFor);

const source = readdirSync(VALIDATION, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .map((name) => readFileSync(path.join(VALIDATION, name), "utf8"))
  .join("\n");
/** Every repair that a check offers. */
const CODES = [...new Set([...source.matchAll(/\{ code: "(\w+)", edits/g)].map(([, code]) => code ?? ""))].sort();

const OF_THEIR_OWN = [
  "route: {receiver: a, match: {b: c}, continue: true, group_by: [x, x]}\nreceivers: [{name: a}]\n",
  "route: {receiver: a, routes: [{receiver: aa, matchers: ['a = b c', '{x=\"1\"}', '']}]}\nreceivers: [{name: a}]\n",
  "route: {receiver: a, group_wait: 5, routes: [{matcher: ['a=b'], recever: a}]}\nreceivers: [{name: a}]\n",
  "route: {receiver: a}\nreceivers: [{name: a, msteams_configs: [{webhook_url: 'http://h'}], webhook_configs: [{url: 'http://h', timeout: 5}]}]\n",
];
const texts = readFileSync(path.join(VALIDATION, "testdata/config.jsonl"), "utf8")
  .trim()
  .split("\n")
  .flatMap((line) => (JSON.parse(line) as { yaml?: string }).yaml ?? []);

type Found = {
  config: Config;
  finding: Diagnostic;
  fix: NonNullable<Diagnostic["fix"]>;
  profile: (typeof PROFILES)[0];
};

/** Of one kind of finding in one configuration the first few stand for all. */
const ENOUGH = 3;
const LONGEST = 20_000;

const found: Found[] = [...OF_THEIR_OWN, ...texts.filter(({ length }) => length < LONGEST)].flatMap((text) =>
  PROFILES.flatMap((profile) => {
    const { config } = parseConfig(text, { profile, newId: () => "id" });
    if (!config) return [];
    const seen: Record<string, number> = {};
    return validateConfig(config, profile).flatMap((finding) => {
      const times = (seen[finding.code] ?? 0) + 1;
      seen[finding.code] = times;
      return finding.fix && times <= ENOUGH ? [{ config, finding, fix: finding.fix, profile }] : [];
    });
  }),
);

describe("a repair", () => {
  it("is known by its words in every language", async () => {
    expect(CODES.length).toBeGreaterThanOrEqual(9);
    for (const locale of LOCALES) {
      const { fields }: { fields: typeof en } = Object(await loadMessages(locale));
      const t = createTranslator({ locale, messages: { fields } });
      for (const code of CODES)
        expect(t.has(`fields.fixes.${code}` as "fields.fix"), `${code} in ${locale}`).toBe(true);
    }
  });

  it("of every kind is among those that are tried here", () => {
    expect([...new Set(found.map(({ fix }) => fix.code))].sort()).toEqual(CODES);
  });

  it("takes its finding away", () => {
    expect(found.length).toBeGreaterThan(100);
    const tell = (config: Config, profile: Found["profile"], { code }: Diagnostic) =>
      validateConfig(config, profile).filter((finding) => finding.code === code).length;
    for (const { config, finding, fix, profile } of found) {
      const left = tell(applyFix(config, fix), profile, finding);
      expect(left, JSON.stringify([finding, config])).toBeLessThan(tell(config, profile, finding));
    }
  });

  it("stands as a button at its field, and only for those who may edit", () => {
    const finding = found.find(({ fix }) => fix.code === "use_seconds")?.finding;
    const html = (readOnly: boolean) =>
      renderToStaticMarkup(
        <NextIntlClientProvider locale="en" timeZone="UTC" messages={{ fields: en, diagnostics: {} }}>
          <FieldsProvider
            value={{
              profile: profileFor("alertmanager@0.34"),
              judges: [],
              readOnly,
              diagnostics: new DiagnosticsIndex(),
              secretFacts: () => undefined,
              global: {},
              receiverNames: [],
              timeIntervalNames: [],
              set: () => {},
              applyFix: () => {},
              seal: async () => "",
            }}
          >
            <FieldDiagnostics id="x" diagnostics={finding ? [finding] : []} />
          </FieldsProvider>
        </NextIntlClientProvider>,
      );
    expect(html(false)).toMatch(/<button[^>]*>Write seconds</);
    expect(html(true)).not.toContain("<button");
  });
});
