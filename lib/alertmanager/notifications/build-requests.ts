import { isLoaded } from "../config/resolve/load";
import { loadConfig } from "../config/resolve/load-config";
import type { Config, TemplateFile } from "../config/types";
import { toBytes } from "../go/bytes";
import type { GoTime } from "../go/time";
import { parseJsonTime } from "../go/time-parse";
import type { TargetProfile } from "../profiles";
import { compileRoutes, matchRoutes, type RouteMatch } from "../routing";
import { parseTemplates } from "../templates";
import { globPattern } from "../validation/template-files";
import { type PostedAlert, type StoredAlert, sortAlerts, storeAlert } from "./alerts";
import { type Channel, channelsOf, deliver, shownTo } from "./channel";
import { entryOf, type LogEntry, reasonToNotify } from "./dedup";
import { withMailPage } from "./mail-page";
import type { Run, SimulatedServer } from "./notification";
import { type NotificationFailure, type NotificationRequest, NotifyCrash } from "./request";

export interface BuildOptions {
  /** Batches of alerts, each posted when the notifications about the one before are out. */
  phases: readonly (readonly PostedAlert[])[];
  /** `--web.external-url`, without a slash at its end. */
  externalURL: string;
  /** Template files, and files that receivers read, by the path that the configuration names or relative to it. */
  files?: Readonly<Record<string, string>>;
  /** Files of an installation (`default.tmpl`, `email.tmpl`) in the place of our default templates. */
  defaults?: readonly TemplateFile[];
  server?: SimulatedServer;
  /** The present in RFC 3339, for `now` in templates and for which alerts have ended; without it every `endsAt` has passed. */
  now?: string;
  /** How often what failed in the last phase is tried again, once each group interval. */
  repeats?: number;
}

export interface BuiltRequests {
  requests: readonly NotificationRequest[];
  failures: readonly NotificationFailure[];
  /** The line that the program prints when it dies of a notification; nothing is sent behind it. */
  crash?: string;
}

/**
 * What the receivers of a configuration send about some alerts: the requests to the byte, in the order of routes,
 * receivers and integrations, with grouping, deduplication and `send_resolved` as the profile's Alertmanager has them.
 * The other side is taken to accept everything. Silences, inhibitions and time intervals are not looked at.
 */
export function buildRequests(config: Config, profile: TargetProfile, options: BuildOptions): BuiltRequests {
  const sender = new Sender(config, profile, options);
  try {
    for (const [phase, batch] of options.phases.entries()) sender.phase(batch, phase);
    for (let again = 0; again < (options.repeats ?? 0) && sender.failed; again++) {
      sender.phase([], options.phases.length + again);
    }
  } catch (error) {
    if (!(error instanceof NotifyCrash)) throw error;
    return { requests: sender.requests, failures: sender.failures, crash: error.message };
  }
  return { requests: sender.requests, failures: sender.failures };
}

interface Group {
  route: RouteMatch;
  alerts: Map<string, StoredAlert>;
  /** By channel. */
  log: Map<Channel, LogEntry>;
}

class Sender {
  readonly requests: NotificationRequest[] = [];
  readonly failures: NotificationFailure[] = [];
  failed = false;
  readonly #routes;
  readonly #run: Run;
  readonly #now: GoTime | null;
  readonly #groups = new Map<string, Group>();
  readonly #channels = new Map<string, Channel[]>();

  constructor(config: Config, profile: TargetProfile, options: BuildOptions) {
    const { externalURL, files = {}, server = {}, now, defaults } = options;
    this.#routes = compileRoutes(config, profile);
    const templates = templateFiles(config, files);
    const parsed = parseTemplates(templates, profile, { defaults, program: true });
    const { set, approximated: approximatedPage } = withMailPage(parsed.set, profile);
    this.#run = {
      profile,
      set,
      approximatedPage,
      externalURL,
      files,
      server,
      now,
      counter: { sent: 0 },
      ready: new WeakMap(),
    };
    this.#now = now === undefined ? null : parseJsonTime(toBytes(now));
    const { receivers } = loadConfig(config, profile);
    for (const receiver of Array.isArray(receivers) ? receivers : []) {
      if (isLoaded(receiver)) this.#channels.set(String(receiver.name), channelsOf(receiver));
    }
  }

  phase(batch: readonly PostedAlert[], phase: number): void {
    for (const posted of batch) this.#insert(posted);
    this.failed = false;
    for (const [key, group] of this.#groups) {
      let complete = true;
      const alerts = sortAlerts([...group.alerts.values()]);
      for (const channel of this.#channels.get(group.route.receiver) ?? []) {
        complete = this.#notify(group, channel, alerts, phase) && complete;
      }
      if (!complete) {
        this.failed = true;
        continue;
      }
      for (const { fingerprint, endsAt } of alerts) if (endsAt) group.alerts.delete(fingerprint);
      if (group.alerts.size === 0 && group.log.size === 0) this.#groups.delete(key);
    }
  }

  #insert(posted: PostedAlert): void {
    const { labels } = storeAlert(posted, undefined, this.#now);
    for (const route of matchRoutes(this.#routes, labels)) {
      const key = `${route.routeID} ${route.groupKey}`;
      const group = this.#groups.get(key) ?? { route, alerts: new Map(), log: new Map() };
      this.#groups.set(key, group);
      const { fingerprint } = storeAlert(posted, undefined, this.#now);
      group.alerts.set(fingerprint, storeAlert(posted, group.alerts.get(fingerprint), this.#now));
    }
  }

  /** False when it failed: the group keeps its resolved alerts then. */
  #notify(group: Group, channel: Channel, alerts: readonly StoredAlert[], phase: number): boolean {
    const { settings, key, index } = channel;
    const entry = entryOf(alerts);
    const reason = reasonToNotify(group.log.get(channel), entry, settings.flag("send_resolved"));
    if (reason === null) return true;
    const shown = shownTo(channel, alerts);
    if (shown.length > 0) {
      const { notification, error } = deliver(this.#run, channel, group.route, shown, reason);
      this.requests.push(...notification.sent.map((request) => ({ phase, ...request })));
      if (error) {
        const { message, retried } = error;
        const integration = key.replace(/_configs$/, "");
        this.failures.push({ phase, receiver: group.route.receiver, integration, index, message, retried });
        return false;
      }
    }
    group.log.set(channel, entry);
    return true;
  }
}

/** The files that the globs of the configuration name, in the order in which they are read. */
function templateFiles({ templates }: Config, files: Readonly<Record<string, string>>): TemplateFile[] {
  const globs = Array.isArray(templates) ? templates : [];
  return globs.flatMap((glob) => {
    const pattern = globPattern(String(glob).replace(/^(?:(?:\{DIR\}|<DIR>)\/)+/, ""));
    const names = Object.keys(files).filter((name) => pattern?.test(name));
    return names.sort().map((name) => ({ name: name.slice(name.lastIndexOf("/") + 1), content: files[name]! }));
  });
}
