import {
  type Config,
  isRefusal,
  parseConfig,
  type SimulatedAlert,
  type SimulatedEvent,
  type SimulatedNotification,
  simulate as simulateAlertmanager,
  type TargetProfile,
} from "@/lib/alertmanager";
import { BadRequest } from "./batch-operations";

type Fields = Record<string, unknown>;

/** `simulate`: what the target would send over a stretch of time. A reload that it refuses changes nothing, as there. */
export function simulate({ yaml, start, events, until }: Fields, profile: TargetProfile) {
  if (typeof yaml !== "string") throw new BadRequest("yaml must be a string");
  if (!Array.isArray(events)) throw new BadRequest("events must be a list");
  if (!isTime(until)) throw new BadRequest("until must be a number of seconds");
  const read = configReader(profile);
  const first = read(yaml);
  if (!first.ok) return first;
  const notifications = simulateAlertmanager({
    config: first.config,
    profile,
    start: instantOf(start),
    events: events.map((event: unknown) => eventOf(event, read)),
    until,
  });
  return { ok: true, notifications: notifications.map((sent) => ({ ...sent, ...pathOf(sent, first.config) })) };
}

/** The golden corpus's name for the address that its servers of the wall clock notified, and what stands for it here. */
const PLACEHOLDER = "{HTTP}";
const SINK = "http://127.0.0.1:41234";

/** As recorded there: the path tells receiver and webhook. */
function pathOf({ receiver, integration, idx }: SimulatedNotification, config: Config): { path?: string } {
  if (integration !== "webhook") return {};
  const url = config.receivers?.find(({ name }) => name === receiver)?.webhook_configs?.[idx]?.url;
  return typeof url === "string" && url.startsWith(SINK) ? { path: url.slice(SINK.length) } : {};
}

type Read = { ok: true; config: Config } | { ok: false; error: string };
type ConfigReader = (yaml: string) => Read;

/** An editor asks about one text many times, and a reload often brings what is there already. */
let last: { yaml: string; profile: TargetProfile; read: Read } | null = null;

function configReader(profile: TargetProfile): ConfigReader {
  return (yaml) => {
    if (last?.yaml === yaml && last.profile === profile) return last.read;
    let id = 0;
    const { config, diagnostics } = parseConfig(yaml.replaceAll(PLACEHOLDER, SINK), {
      profile,
      newId: () => `n${++id}`,
    });
    const refusal = diagnostics.find((diagnostic) => isRefusal(diagnostic) && diagnostic.stage === "load");
    const read: Read =
      config && !refusal
        ? { ok: true, config }
        : { ok: false, error: refusal?.upstream ?? refusal?.message ?? "no configuration" };
    last = { yaml, profile, read };
    return read;
  };
}

/** Without a start the time line begins now; only time intervals can tell. */
function instantOf(start: unknown): number {
  if (start === undefined || start === null) return Date.now();
  const instant = typeof start === "string" ? Date.parse(start) : Number.NaN;
  if (Number.isNaN(instant)) throw new BadRequest("start must be a time such as 2026-03-02T08:00:00Z");
  return instant;
}

const KINDS = "alerts, silence, reload or fail";

function eventOf(event: unknown, read: ConfigReader): SimulatedEvent {
  if (!isFields(event) || !isTime(event.t)) throw new BadRequest(`an event needs a time t in seconds and ${KINDS}`);
  const { t, alerts, silence, reload, fail } = event;
  if (alerts !== undefined && !(Array.isArray(alerts) && alerts.every(isAlert)))
    throw new BadRequest("alerts must be a list of alerts with labels, startsAt and endsAt in seconds");
  if (silence !== undefined && !isSilence(silence))
    throw new BadRequest("silence must have matchers, startsAt and endsAt in seconds");
  if (fail !== undefined && !isFailure(fail)) throw new BadRequest("fail must have a receiver and until in seconds");
  if (reload !== undefined && typeof reload !== "string") throw new BadRequest("reload must be a string");
  const loaded = reload === undefined ? null : read(reload);
  return {
    t,
    ...(alerts !== undefined && { alerts }),
    ...(silence !== undefined && { silence }),
    ...(fail !== undefined && { fail }),
    ...(loaded?.ok && { reload: loaded.config }),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

function isTexts(value: unknown): boolean {
  return isFields(value) && Object.values(value).every((text) => typeof text === "string");
}

function isAlert(value: unknown): value is SimulatedAlert {
  if (!isFields(value)) return false;
  const { labels, annotations, startsAt = 0, endsAt = 0 } = value;
  return isTexts(labels) && (annotations === undefined || isTexts(annotations)) && isTime(startsAt) && isTime(endsAt);
}

function isSilence(value: unknown): value is NonNullable<SimulatedEvent["silence"]> {
  return isFields(value) && Array.isArray(value.matchers) && value.matchers.every(isMatcher) && isSpan(value);
}

function isSpan({ startsAt, endsAt }: Fields): boolean {
  return isTime(startsAt) && isTime(endsAt);
}

function isMatcher(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { name, op, value: text } = value;
  return typeof name === "string" && typeof text === "string" && ["=", "!=", "=~", "!~"].includes(String(op));
}

function isFailure(value: unknown): value is NonNullable<SimulatedEvent["fail"]> {
  return isFields(value) && typeof value.receiver === "string" && isTime(value.until);
}
