import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { DEFAULT_PROFILE_ID, type PreviewCase, previewReceiver, sampleCases } from "@/lib/alertmanager";
import { folderTemplatesFor } from "@/lib/default-templates";
import { guarded, UsageError } from "./arguments";
import { expandGlob } from "./expand-glob";
import { profileOf, readLoadable } from "./loadable-config";
import { readAlerts } from "./preview-alerts";
import { PREVIEW_FORMATS, type PreviewFormat } from "./preview-formats";
import { readTemplate } from "./template";

const USAGE = `usage: signalbox preview RECEIVER [--alerts FILE] [--config alertmanager.yml] [--target alertmanager@0.34]
                         [--external-url URL] [--format text|json|curl]

Prints what a receiver would send, to the byte, with dots in the place of secrets. Nothing is sent.
  --alerts        JSON, a list as it is posted to /api/v2/alerts, or as that answers (- is stdin): they are taken to be
                  one notification; without it, the cases that the app shows: one, many, resolved, mixed, missing …
  --external-url  --web.external-url of the Alertmanager, for links
  --format        text, JSON with all there is to know, or commands for curl
Ends with 0 when all could be sent, 1 when something could not, 2 when called wrongly.
`;

export function run(argv: string[]): Promise<number> {
  return guarded(() => {
    const { values, positionals } = parsed(argv);
    if (values.help) {
      process.stdout.write(USAGE);
      return 0;
    }
    const [receiver, ...more] = positionals;
    const { format } = values;
    if (receiver === undefined || more.length > 0 || !isFormat(format)) throw new UsageError(USAGE);
    const profile = profileOf(values.target);
    const config = readLoadable(values.config, profile);
    const names = (config.receivers ?? []).map(({ name }) => name);
    if (!names.includes(receiver)) {
      const known = names.map((name) => JSON.stringify(name)).join(", ");
      throw new Error(`There is no receiver ${JSON.stringify(receiver)} in ${values.config}; there are ${known}.`);
    }
    const folder = path.dirname(values.config);
    const templates = (config.templates ?? []).flatMap((glob) => expandGlob(path.resolve(folder, glob)));
    const now = new Date().toISOString();
    const installed = folderTemplatesFor(profile);
    const preview = previewReceiver({ config, templates: templates.map(readTemplate) }, profile, {
      ...{ receiver, cases: casesOf(values.alerts, now), now, externalURL: urlOf(values["external-url"]) },
      ...(installed ? { defaults: installed.files } : {}),
    });
    process.stdout.write(PREVIEW_FORMATS[format](preview));
    const cases = preview.integrations.flatMap((integration) => integration.cases);
    return cases.some(({ outcome }) => outcome === "failed" || outcome === "crashed") ? 1 : 0;
  });
}

function casesOf(file: string | undefined, now: string): PreviewCase[] {
  if (file === undefined) return sampleCases(undefined, now);
  return [{ id: "alerts", alerts: readAlerts(readFileSync(file === "-" ? 0 : file, "utf8"), file) }];
}

function urlOf(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/+$/, "");
  throw new UsageError(`--external-url is an address such as https://alertmanager.example.org, not ${text}.`);
}

function isFormat(name: string): name is PreviewFormat {
  return Object.hasOwn(PREVIEW_FORMATS, name);
}

function parsed(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        alerts: { type: "string" },
        config: { type: "string", short: "c", default: "alertmanager.yml" },
        target: { type: "string", short: "t", default: DEFAULT_PROFILE_ID },
        "external-url": { type: "string", default: "http://localhost:9093" },
        format: { type: "string", short: "f", default: "text" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
