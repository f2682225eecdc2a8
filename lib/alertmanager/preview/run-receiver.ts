import { isLoaded } from "../config/resolve/load";
import { loadConfig } from "../config/resolve/load-config";
import type { SecretFactsByRef } from "../config/secret-ref";
import type { Config, ConfigDocument, IntegrationKey, JsonObject, Path, Receiver, TemplateFile } from "../config/types";
import { type Channel, channelsOf, type Delivery, deliver, shownTo } from "../notifications/channel";
import { entryOf, reasonToNotify } from "../notifications/dedup";
import type { Run } from "../notifications/notification";
import { type HttpRequest, NotifyCrash, type SmtpRequest } from "../notifications/request";
import type { Trace } from "../notifications/trace";
import type { TargetProfile } from "../profiles";
import { isObject } from "../validation/context";
import type { PreviewCase } from "./receiver-preview";
import { disguise } from "./secrets";
import { type Group, stageOf } from "./stage";
import { leadingRoutes, loneRoute, readyTemplates } from "./surroundings";

export interface RunOptions {
  cases: readonly PreviewCase[];
  externalURL: string;
  secrets: SecretFactsByRef;
  defaults: readonly TemplateFile[] | undefined;
  now: string | undefined;
}

/** What one integration does in one case. */
export interface CaseRun {
  case: string;
  firing: boolean;
  requests: (HttpRequest | SmtpRequest)[];
  failure?: { message: string; retried: boolean };
  crash?: string;
  /** Of each message; one for each group. */
  traces: Trace[];
}

export interface IntegrationRun {
  key: IntegrationKey;
  index: number;
  written: JsonObject;
  cases: CaseRun[];
}

export interface ReceiverRun {
  route: Path | null;
  integrations: IntegrationRun[];
}

/** Runs what is built for one receiver in all cases, with stand-ins for its secrets. */
export function runReceiver(
  { config, templates }: Pick<ConfigDocument, "config" | "templates">,
  profile: TargetProfile,
  receiver: Receiver,
  { cases, externalURL, secrets, defaults, now }: RunOptions,
): ReceiverRun {
  const name = String(receiver.name ?? "");
  const lead = leadingRoutes(config, profile).get(name);
  const route = lead?.route ?? loneRoute(name, profile);
  const disguised = disguise(alone(config, receiver, name), profile, secrets);
  const { set, approximated: approximatedPage } = readyTemplates(templates, profile, defaults);
  const { grouped, ready } = stageOf(cases, { route, profile, externalURL, set, now });
  const run: Run = {
    ...{ profile, set, approximatedPage, externalURL, now },
    ...{ files: disguised.files, server: { jiraAnyTransition: true }, counter: { sent: 0 }, ready },
    traced: disguised.outputs,
  };
  const loaded = loadConfig(disguised.config, profile).receivers;
  const [held] = Array.isArray(loaded) ? loaded : [];
  const channels = isLoaded(held) ? channelsOf(held).filter(({ key }) => isSent(profile, key)) : [];
  const integrations = channels.map((channel) => ({
    key: channel.key,
    index: channel.index,
    written: writtenAt(receiver, channel),
    cases: grouped.map(({ id, groups }) => runCase(run, channel, id, groups)),
  }));
  return { route: lead?.path ?? null, integrations };
}

function isSent(profile: TargetProfile, key: IntegrationKey): boolean {
  return profile.knowsIntegration(key) && !profile.shared?.neverSent.includes(key);
}

/** The receiver with what it inherits, used by a route. */
function alone({ global }: Config, receiver: Receiver, name: string): Config {
  return { ...(global === undefined ? {} : { global }), receivers: [receiver], route: { id: "", receiver: name } };
}

function writtenAt(receiver: Receiver, { key, index }: Channel): JsonObject {
  const list: unknown = receiver[key];
  const item: unknown = Array.isArray(list) ? list[index] : undefined;
  return isObject(item) ? item : {};
}

/** These do something else when they have notified before. */
const REMEMBERING: ReadonlySet<IntegrationKey> = new Set(["slack_configs", "wechat_configs", "jira_configs"]);

function runCase(run: Run, { key, index, settings }: Channel, id: string, groups: readonly Group[]): CaseRun {
  const firing = groups.some(({ alerts }) => alerts.some(({ endsAt }) => endsAt === null));
  const result: CaseRun = { case: id, firing, requests: [], traces: [] };
  const channel: Channel = { key, index, settings, memory: new Map() };
  try {
    for (const group of groups) {
      const delivery = notify(run, channel, group);
      if (!delivery) continue;
      const { notification, error } = delivery;
      result.requests.push(...notification.sent);
      if (notification.trace) result.traces.push(notification.trace);
      if (error) result.failure ??= { message: error.message, retried: error.retried };
    }
  } catch (error) {
    if (!(error instanceof NotifyCrash)) throw error;
    result.crash = error.message;
  }
  return result;
}

function notify(run: Run, channel: Channel, { match, before, alerts }: Group): Delivery | null {
  const last = before.length > 0 ? entryOf(before) : undefined;
  const reason = reasonToNotify(last, entryOf(alerts), channel.settings.flag("send_resolved"));
  if (reason === null) return null;
  const shown = shownTo(channel, alerts);
  if (shown.length === 0) return null;
  if (last && REMEMBERING.has(channel.key)) deliver(run, channel, match, before, "first notification");
  return deliver(run, channel, match, shown, reason);
}
