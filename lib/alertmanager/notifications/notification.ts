import type { Path } from "../config/types";
import { goQuote } from "../go/quote";
import { parseGoUrl } from "../go/url";
import type { TargetProfile } from "../profiles";
import type { RouteMatch } from "../routing";
import { executeTemplate, type TemplateData, type TemplateSet } from "../templates";
import { commonPairs, type StoredAlert, templateAlert } from "./alerts";
import { completeRequest, type Draft, userAgent } from "./http";
import { MessageData, Renderer } from "./renderer";
import { type HttpRequest, NotifyError, type SmtpRequest } from "./request";
import type { Settings } from "./settings";
import { Trace } from "./trace";
import { truncateRunes } from "./truncate";

/** What stands on the other side: only what later requests depend on. */
export interface SimulatedServer {
  /** An issue that is in Jira already. */
  jiraExistingIssue?: { status?: string };
  /** Jira knows every transition that it is asked for. */
  jiraAnyTransition?: true;
  /** What was really answered: bodies, in the order of all requests. What it leaves open is simulated. */
  answers?: readonly string[];
}

/** What all notifications of one run share. */
export interface Run {
  profile: TargetProfile;
  set: TemplateSet;
  /** Whether the page of mails is one of ours. */
  approximatedPage: boolean;
  externalURL: string;
  files: Readonly<Record<string, string>>;
  server: SimulatedServer;
  /** How many requests there were so far, of all notifications. */
  counter: { sent: number };
  now: string | undefined;
  /** What templates see of the same alerts, for all fields and integrations. */
  ready: WeakMap<readonly StoredAlert[], { route: RouteMatch; reason: string; message: MessageData }>;
  /** Asks that what becomes of each field is told; secrets that are templates, with what stands for their output. */
  traced?: ReadonlyMap<string, (output: string) => string>;
}

/** What one integration is told to send, and the means to do it. */
export class Notification {
  readonly sent: (HttpRequest | SmtpRequest)[] = [];
  readonly trace: Trace | undefined;

  constructor(
    readonly run: Run,
    readonly settings: Settings,
    readonly route: RouteMatch,
    /** In order; without the resolved ones where they are not sent. */
    readonly alerts: readonly StoredAlert[],
    readonly reason: string,
    /** What this integration remembers from one notification to the next. */
    readonly memory: Map<string, string>,
  ) {
    this.trace = run.traced && new Trace(settings, run.traced);
  }

  get profile(): TargetProfile {
    return this.run.profile;
  }

  get firing(): boolean {
    return this.alerts.some(({ endsAt }) => endsAt === null);
  }

  /** A renderer for the message about these alerts. Each has an error of its own. */
  renderer(alerts: readonly StoredAlert[] = this.alerts): Renderer {
    const { set, ready, now } = this.run;
    const known = ready.get(alerts);
    const isThis = known?.route === this.route && known.reason === this.reason;
    const message = isThis ? known.message : new MessageData(this.data(alerts), this.profile);
    if (!isThis) ready.set(alerts, { route: this.route, reason: this.reason, message });
    return new Renderer(set, this.profile, message, now, this.trace);
  }

  /** The text of a field, of so many runes at most. */
  cut(text: string, most: number, ...path: Path): string {
    const kept = truncateRunes(text, most);
    if (kept !== text) this.trace?.cut.push(path);
    return kept;
  }

  /** What templates see, as upstream puts it together. */
  data(alerts: readonly StoredAlert[] = this.alerts): TemplateData {
    const list = alerts.map(templateAlert);
    const data: TemplateData = {
      receiver: quoteMeta(this.route.receiver),
      status: list.some(({ status }) => status === "firing") ? "firing" : "resolved",
      alerts: list,
      notification_reason: this.reason,
      groupLabels: this.route.groupLabels,
      commonLabels: commonPairs(list.map(({ labels }) => labels)),
      commonAnnotations: commonPairs(list.map(({ annotations }) => annotations)),
      routeLabels: this.route.options.labels,
      externalURL: this.run.externalURL,
    };
    return { ...data, routeLabels: this.#renderedLabels(data) };
  }

  /** Labels of routes are templates that may use each other. */
  #renderedLabels(data: TemplateData): Record<string, string> {
    const { set, profile, now } = this.run;
    const names = Object.keys(this.route.options.labels);
    return Object.fromEntries(
      names.map((name) => {
        const text = `{{ routeLabels ${goQuote(name)} }}`;
        const result = executeTemplate(set, { kind: "text", text, data, profile, ...(now ? { now } : {}) });
        if (!result.ok) throw new NotifyError(result.error);
        return [name, result.output];
      }),
    );
  }

  /** The text of a file. @throws NotifyError as Go's `os.ReadFile`, with a prefix of the integration. */
  readonly readFile = (path: string, prefix = ""): string => {
    const name = path.replace(/^(?:(?:\{DIR\}|<DIR>|\.)\/)+/, "");
    const { files } = this.run;
    if (Object.hasOwn(files, path)) return files[path]!;
    if (Object.hasOwn(files, name)) return files[name]!;
    throw new NotifyError(`${prefix}open ${path}: no such file or directory`);
  };

  /** @throws NotifyError, which counts as a passing one, for an address that nothing can be sent to. */
  send(draft: Draft): HttpRequest {
    const url = parseGoUrl(draft.url);
    const problem = url.ok ? unsendable(url) : url.error;
    if (problem !== null)
      throw new NotifyError(`${draft.method === "GET" ? "Get" : "Post"} "<redacted>": ${problem}`, true);
    const http = this.settings.part("http_config");
    const request = completeRequest(draft, http, userAgent(this.profile), this.readFile);
    this.sent.push(request);
    this.run.counter.sent++;
    return request;
  }

  mail(message: SmtpRequest): void {
    this.sent.push(message);
    this.run.counter.sent++;
  }

  /** What was really answered to the last request; `undefined` where nobody was asked. */
  answer(): RealAnswer | undefined {
    const { counter, server } = this.run;
    const body = server.answers?.[counter.sent - 1];
    return body === undefined ? undefined : new RealAnswer(parsed(body));
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

/** JSON that somebody else wrote. */
export class RealAnswer {
  constructor(readonly value: unknown) {}

  /** Empty where no text stands there. */
  text(...path: string[]): string {
    const found = path.reduce<unknown>((value, key) => memberOf(value, key), this.value);
    return typeof found === "string" ? found : "";
  }

  items(key: string): RealAnswer[] {
    const list = memberOf(this.value, key);
    return Array.isArray(list) ? list.map((item) => new RealAnswer(item)) : [];
  }
}

function memberOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function unsendable({ scheme, host }: { scheme: string; host: string }): string | null {
  if (scheme !== "http" && scheme !== "https") return `unsupported protocol scheme ${goQuote(scheme)}`;
  return host === "" ? "http: no Host in request URL" : null;
}

/** Go's `regexp.QuoteMeta`. */
export function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
