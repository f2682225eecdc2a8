import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { TemplateFile } from "../config/types";
import { profileFor } from "../profiles";
import { validateConfig } from "../validation";
import { parseConfig } from "../yaml/parse-config";
import { checkNotifications } from "./check-notifications";

interface Recorded {
  id: string;
  version: string;
  config: string;
  files?: Record<string, string>;
  errors?: string[];
  crash?: string;
}

const recorded = readFileSync(new URL("../notifications/testdata/notifications.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

/** What the placeholders of the recording stood for. */
const PLACES: Record<string, string> = {
  "{HTTP}": "http://127.0.0.1:41234",
  "{HTTPHOST}": "127.0.0.1:41234",
  "{PROXY}": "http://127.0.0.1:41235",
  "{SMTP}": "127.0.0.1:41236",
  "{CA}": "ca.pem",
};

/** Codes of errors with their cases, or null for what the target would not load. */
function errorsOf({ version, config: text, files = {} }: Recorded): string[] | null {
  const yaml = text.replace(/\{(?:HTTP|HTTPHOST|PROXY|SMTP|CA)\}/g, (name) => PLACES[name]!);
  const templates = Object.entries(files).flatMap(([name, content]): TemplateFile[] =>
    name.endsWith(".tmpl") ? [{ name, content }] : [],
  );
  const profile = profileFor(`alertmanager@${version}`);
  const { config } = parseConfig(yaml, { profile, newId: () => "n" });
  const known = validateConfig(config!, profile, { templates });
  if (known.some(({ severity }) => severity === "error")) return null;
  return checkNotifications({ config: config!, templates }, profile, { known })
    .filter(({ severity }) => severity === "error")
    .map(({ code, params }) => `${code} in ${params.cases}`);
}

it("tells of all that recorded Alertmanagers failed or died of, and of nothing else but blanks", () => {
  const silent: string[] = [];
  const loud: string[] = [];
  let judged = 0;
  for (const one of recorded) {
    const errors = errorsOf(one);
    if (!errors) continue;
    judged++;
    // Which transitions a Jira has is not known.
    if (one.id.includes("missing-transition")) continue;
    const fails = one.crash !== undefined || (one.errors ?? []).length > 0;
    if (fails && errors.length === 0) silent.push(one.id);
    // Since 0.32 Slack sends blanks in the place of a template that fails, and nobody is told.
    const surprising = errors.filter((error) => !/^(?:notification_blank|template_ignored) /.test(error));
    if (!fails && surprising.length > 0 && !one.id.includes("template-error")) loud.push(`${one.id}: ${surprising}`);
  }
  expect({ silent, loud }).toEqual({ silent: [], loud: [] });
  expect(judged).toBeGreaterThan(200);
}, 60_000);
