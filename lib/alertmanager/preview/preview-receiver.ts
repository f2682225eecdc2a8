import type { SecretFactsByRef } from "../config/secret-ref";
import type { ConfigDocument, JsonObject, Path, Receiver, TemplateFile } from "../config/types";
import type { TargetProfile } from "../profiles";
import { isObject } from "../validation/context";
import { blanks } from "./readable";
import type { CasePreview, PreviewCase, PreviewOutcome, PreviewWarning, ReceiverPreview } from "./receiver-preview";
import { type CaseRun, type IntegrationRun, runReceiver } from "./run-receiver";
import { sampleCases } from "./sample-cases";

const SAMPLES = sampleCases();

export interface PreviewOptions {
  /** Its name, or its place in the list. */
  receiver: string | number;
  /** Without them the samples. */
  cases?: readonly PreviewCase[];
  /** `--web.external-url`, without a slash at its end. */
  externalURL: string;
  /** What is known of sealed secrets. */
  secrets?: SecretFactsByRef;
  /** Files of an installation (`default.tmpl`, `email.tmpl`) in the place of our default templates. */
  defaults?: readonly TemplateFile[];
  /** The present in RFC 3339, for `now` in templates; without it every alert with an end has ended. */
  now?: string;
}

/**
 * What the integrations of one receiver send in each case, to the byte, with `SECRET_MARK` in the place of secrets:
 * sealed ones, plain ones and those in files. The groups are those of the first route that leads to the receiver. Alerts
 * that have ended were notified before, while they fired; the requests of that time are not shown.
 *
 * The receiver is built alone, so that it can be done at every keystroke. Never throws on a draft; without such a
 * receiver, or where the target sends nothing through an integration, there is nothing in `integrations`.
 */
export function previewReceiver(
  document: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
  options: PreviewOptions,
): ReceiverPreview {
  const { cases = SAMPLES, externalURL, secrets = {}, defaults, now } = options;
  const found = receiverOf(document, options.receiver);
  if (!found) return { receiver: String(options.receiver), profile: profile.id, route: null, integrations: [] };
  const { receiver, at } = found;
  const run = runReceiver(document, profile, receiver, { cases, externalURL, secrets, defaults, now });
  return {
    receiver: String(receiver.name ?? ""),
    profile: profile.id,
    route: run.route,
    integrations: run.integrations.map((integration) => ({
      key: integration.key,
      index: integration.index,
      path: ["receivers", at, integration.key, integration.index],
      cases: integration.cases.map((one) => casePreview(integration, one)),
    })),
  };
}

function receiverOf({ config }: Pick<ConfigDocument, "config">, asked: string | number) {
  const receivers: unknown = config.receivers;
  const list: readonly unknown[] = Array.isArray(receivers) ? receivers : [];
  const at = typeof asked === "number" ? asked : list.findIndex((one) => isObject(one) && one.name === asked);
  const receiver = list[at];
  return isObject(receiver) ? { receiver: receiver as unknown as Receiver, at } : null;
}

function casePreview(integration: IntegrationRun, run: CaseRun): CasePreview {
  const { requests, failure, crash } = run;
  const outcome = outcomeOf(run);
  const failed = run.traces.flatMap((trace) => trace.failed)[0];
  const path = failed && pathIn(integration.written, failed.path);
  return {
    case: run.case,
    outcome,
    requests,
    ...(failure && { failure: { ...failure, ...(path && { path }) } }),
    ...(crash !== undefined && { crash }),
    warnings: outcome === "sent" ? warningsOf(integration, run) : [],
  };
}

export function outcomeOf({ requests, failure, crash }: CaseRun): PreviewOutcome {
  if (crash !== undefined) return "crashed";
  if (failure) return "failed";
  return requests.length > 0 ? "sent" : "silent";
}

/** Each field once for each reason. */
export function warningsOf({ key, written }: IntegrationRun, { traces, firing }: CaseRun): PreviewWarning[] {
  const found = new Map<string, PreviewWarning>();
  const add = (warning: PreviewWarning) => {
    const path = pathIn(written, warning.path);
    found.set(JSON.stringify([warning.code, path]), { ...warning, path });
  };
  for (const trace of traces) {
    for (const { path, error } of trace.failed) add({ code: "template_ignored", path, message: error });
    for (const { path } of blanks(key, written, trace, firing)) add({ code: "blank", path });
    for (const path of trace.cut) add({ code: "truncated", path });
  }
  return [...found.values()];
}

/** The path as far as it is written: a text that stands for a mapping ends it, headers are written in any case. */
export function pathIn(written: JsonObject, path: Path): Path {
  const steps: (string | number)[] = [];
  let value: unknown = written;
  for (const step of path) {
    if (typeof value === "string") break;
    const key = isObject(value) && typeof step === "string" ? spelt(value, step) : step;
    steps.push(key);
    value = isObject(value) || Array.isArray(value) ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return steps;
}

function spelt(value: JsonObject, key: string): string {
  if (Object.hasOwn(value, key)) return key;
  return Object.keys(value).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key;
}
