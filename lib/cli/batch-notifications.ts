import { createHash } from "node:crypto";
import {
  buildRequests,
  isRefusal,
  type NotificationFailure,
  type NotificationRequest,
  type PostedAlert,
  parseConfig,
  type TargetProfile,
} from "@/lib/alertmanager";
import { folderTemplatesFor } from "@/lib/default-templates";
import { BadRequest } from "./batch-operations";

/** The names of the golden corpus for the addresses that its recordings ran with, and what stands for them here. */
const SINK = "127.0.0.1:41234";
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  "{HTTP}": `http://${SINK}`,
  "{HTTPHOST}": SINK,
  "{PROXY}": "http://127.0.0.1:41235",
  "{SMTP}": "127.0.0.1:41236",
  "{CA}": "/dev/null",
};
/** Longer bodies are told by their hash. */
const LONGEST_BODY = 150_000;
const HEAD = 1500;
/** A failed notification of the last phase is tried again so often before the recording ends. */
const REPEATS = 2;

/** `notifications`: what the receivers send about alerts, phase by phase. */
export function notifications(request: Record<string, unknown>, profile: TargetProfile) {
  const { config, externalURL = "", alerts, server = {} } = request;
  if (typeof config !== "string") throw new BadRequest("config must be a string");
  if (typeof externalURL !== "string") throw new BadRequest("externalURL must be a string");
  if (!isObject(server)) throw new BadRequest("server must be an object");
  let id = 0;
  const { config: parsed, diagnostics } = parseConfig(filled(config), { profile, newId: () => `n${++id}` });
  const refused = diagnostics.find(isRefusal) ?? (parsed ? undefined : diagnostics[0]);
  if (!parsed || refused) {
    return { ok: false, error: refused?.upstream ?? refused?.message ?? "no configuration" };
  }
  const installed = folderTemplatesFor(profile);
  const { requests, failures, crash } = buildRequests(parsed, profile, {
    ...{ phases: phasesOf(alerts), externalURL: externalURL.replace(/\/+$/, ""), repeats: REPEATS },
    ...{ files: filesOf(request), server },
    ...(installed ? { defaults: installed.files } : {}),
  });
  const used = [config, JSON.stringify(request.files ?? {})].some((text) => text.includes("{HTTP"));
  const errors = [...new Set(failures.filter(({ retried }) => !retried).map(logLine))];
  return {
    ok: true,
    requests: requests.map((sent) => print(sent, used ? emptied : (text) => text)),
    ...(errors.length > 0 ? { errors } : {}),
    ...(crash === undefined ? {} : { crash }),
  };
}

function filled(text: string): string {
  return text.replace(/\{(?:HTTP|HTTPHOST|PROXY|SMTP|CA)\}/g, (name) => PLACEHOLDERS[name]!);
}

function emptied(text: string): string {
  return text.replaceAll(SINK, "{HTTPHOST}");
}

/** As the program logs it, with the number of attempts as `N`. */
function logLine({ receiver, integration, index, message }: NotificationFailure): string {
  const reason = `notify retry canceled due to unrecoverable error after N attempts: ${message}`;
  return `${receiver}/${integration}[${index}]: ${reason}`;
}

function print(request: NotificationRequest, placed: (text: string) => string) {
  if ("smtp" in request) return request;
  const { body, host, headers, ...rest } = request;
  const shown = { ...rest, host: placed(host), headers: headers.map(([name, value]) => [name, placed(value)]) };
  const text = placed(body);
  const bytes = Buffer.from(text);
  if (bytes.length <= LONGEST_BODY) return { ...shown, body: text };
  const bodySha256 = createHash("sha256").update(bytes).digest("hex");
  return { ...shown, bodySha256, bodyLength: bytes.length, bodyHead: text.slice(0, HEAD) };
}

function filesOf({ files = {} }: Record<string, unknown>): Record<string, string> {
  if (!isObject(files)) throw new BadRequest("files must be an object of texts");
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => {
      if (typeof content !== "string") throw new BadRequest("files must be an object of texts");
      return [path, filled(content)];
    }),
  );
}

function phasesOf(alerts: unknown): PostedAlert[][] {
  const isAlert = (alert: unknown) => isObject(alert) && isObject(alert.labels) && areTexts(alert);
  if (!Array.isArray(alerts) || !alerts.every((batch) => Array.isArray(batch) && batch.every(isAlert))) {
    throw new BadRequest("alerts must be a list of phases, each a list of alerts with labels");
  }
  return alerts as PostedAlert[][];
}

function areTexts({
  labels,
  annotations = {},
  startsAt = "",
  endsAt = "",
  generatorURL = "",
}: Record<string, unknown>) {
  if (!isObject(annotations)) return false;
  const texts = [startsAt, endsAt, generatorURL, ...Object.values(labels as object), ...Object.values(annotations)];
  return texts.every((text) => typeof text === "string");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
