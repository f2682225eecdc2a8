import { type Held, HeldUrl, isLoaded } from "../config/resolve/load";
import { toBytes } from "../go/bytes";
import { checkDuration } from "../go/duration";
import { goQuote } from "../go/quote";
import { compareBytes, GoError } from "../go/value";
import { appendPath } from "./address";
import { splitUrl } from "./http";
import { type Body, fields, filled, jsonBody, RawJson } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { type HttpRequest, NotifyError } from "./request";
import type { Settings } from "./settings";

const MOST = { summary: 255, description: 32_767 };
const HEADERS = {
  "Content-Type": "application/json",
  "Accept-Language": "en",
  "User-Agent": "Go-http-client/1.1",
};
/** What Jira is taken to answer: the issue that it has or was given, and its transitions. */
const ISSUE = "OPS-1";
const TRANSITIONS: readonly { id: string; name: string }[] = [
  { id: "31", name: "Done" },
  { id: "11", name: "To Do" },
];

export function jira(notification: Notification): void {
  const { settings, firing, memory } = notification;
  const renderer = notification.renderer();
  search(notification, renderer);
  const { exists, key: issue, status } = known(notification);
  if (!exists && !firing) return;
  const { description, summary, custom, ...rest } = issueFields(notification, renderer);
  const kept = {
    description: exists && !updates(settings, "description") ? undefined : description,
    summary: exists && !updates(settings, "summary") ? undefined : summary,
  };
  const [method, path] = exists ? (["PUT", `issue/${issue}`] as const) : (["POST", "issue"] as const);
  const all = Object.entries({ ...rest, ...kept }).filter((entry): entry is [string, Body] => entry[1] !== undefined);
  const body = fields({ fields: new Map([...all, ...custom]) });
  send(notification, method, path, encoded(body, method, path));
  if (!exists) {
    memory.set("issue", ISSUE);
    return;
  }
  transition(notification, issue, status);
}

/** The issue that the search found. */
function known(notification: Notification): { exists: boolean; key: string; status: string } {
  const answer = notification.answer();
  if (!answer) {
    const given = notification.run.server.jiraExistingIssue;
    return {
      exists: given !== undefined || notification.memory.has("issue"),
      key: ISSUE,
      status: given?.status ?? "new",
    };
  }
  const [found] = answer.items("issues");
  const status = found?.text("fields", "status", "statusCategory", "key") ?? "";
  return { exists: found !== undefined, key: found?.text("key") ?? "", status };
}

function encoded(body: Body, method: string, path: string): string {
  try {
    return jsonBody(body);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    const reason = `json: error calling MarshalJSON for type *jira.issueFields: ${error.text}`;
    throw new NotifyError(`failed to ${method} request to ${goQuote(path)}: ${reason}`);
  }
}

function send(notification: Notification, method: HttpRequest["method"], path: string, body?: string): void {
  const url = appendPath(notification.settings.url("api_url"), path, { join: true });
  notification.send({ method, url, headers: HEADERS, ...(body === undefined ? {} : { body }) });
}

function search(notification: Notification, renderer: Renderer): void {
  const { settings, route, firing, profile } = notification;
  let jql = "";
  const wontFix = settings.text("wont_fix_resolution");
  if (wontFix !== "") {
    const quoted = goQuote(wontFix);
    jql += profile.reaches("0.33")
      ? `(resolution is EMPTY or resolution != ${quoted}) and `
      : `resolution != ${quoted} and `;
  }
  const minutes = minutesOf(settings.text("reopen_duration"));
  jql +=
    firing && settings.text("reopen_transition") !== "" && minutes > 0
      ? `(resolutiondate is EMPTY OR resolutiondate >= -${minutes}m) and `
      : "statusCategory != Done and ";
  const project = renderer.text(settings.text("project"));
  if (renderer.error !== null) {
    throw new NotifyError(`failed to look up existing issues: invalid project template or value: ${renderer.error}`);
  }
  const label = goQuote(`ALERT{${route.hash}}`);
  jql += `project=${goQuote(project)} and labels=${label} order by status ASC,resolutiondate DESC`;
  const body = jsonBody(fields({ fields: ["status"], jql, maxResults: 2 }));
  const api = settings.url("api_url");
  const type = settings.text("api_type");
  const cloud = type === "cloud" || (type === "auto" && splitUrl(api).host.endsWith("atlassian.net"));
  const found = appendPath(api, cloud ? "search/jql" : "search", { join: true });
  const url = cloud ? found.replace("/rest/api/2/", () => "/rest/api/3/") : found;
  notification.send({ url, body, headers: HEADERS });
}

function minutesOf(text: string): number {
  const duration = checkDuration(text);
  return duration.ok ? Math.trunc(duration.ms / 60_000) : 0;
}

/** The template of a field that is written as a text or with `enable_update`. */
function templateOf(settings: Settings, key: string): string {
  const part = settings.part(key);
  return part.has("template") ? part.text("template") : isLoaded(settings.values[key]) ? "" : settings.text(key);
}

function updates(settings: Settings, key: string): boolean {
  const part = settings.part(key);
  return !part.has("enable_update") || part.flag("enable_update");
}

function issueFields(notification: Notification, renderer: Renderer) {
  const { settings, route, profile } = notification;
  const text = (template: string, name: string) => {
    const output = renderer.text(template);
    if (renderer.error !== null) throw new NotifyError(`${name} template: ${renderer.error}`);
    return output;
  };
  const summary = notification.cut(text(templateOf(settings, "summary"), "summary"), MOST.summary, "summary");
  const project = fields({ key: text(settings.text("project"), "project") });
  const issuetype = fields({ name: filled(text(settings.text("issue_type"), "issue_type")) });
  const custom = customFields(notification, renderer);
  const described = notification.cut(
    text(templateOf(settings, "description"), "description"),
    MOST.description,
    "description",
  );
  const version3 = profile.reaches("0.31") && isVersion3(settings.url("api_url"));
  const description = version3 ? documentOf(described) : filled(described);
  const labels = settings.texts("labels").map((label, index) => text(label, `labels[${index}]`));
  labels.push(`ALERT{${route.hash}}`);
  labels.sort((left, right) => compareBytes(toBytes(left), toBytes(right)));
  const priority = text(settings.text("priority"), "priority");
  const named = priority === "" ? undefined : fields({ name: priority });
  return { custom, description, issuetype, labels, priority: named, project, summary };
}

/** Whether the address is that of version 3 of the interface. */
function isVersion3(url: string): boolean {
  const path = splitUrl(url).path.replace(/\?.*$/s, "");
  return path.replace(/\/+$/, "").endsWith("/3");
}

/** Version 3 of the interface takes a document in JSON. */
function documentOf(text: string): Body | undefined {
  const json = text.trim();
  if (json === "") return undefined;
  try {
    JSON.parse(json);
  } catch {
    throw new NotifyError("description template: invalid JSON for API v3");
  }
  return new RawJson(compact(json));
}

/** Without the blanks between the tokens, and with `<`, `>`, `&`, U+2028 and U+2029 escaped, as Go does with raw JSON. */
function compact(json: string): string {
  return json
    .replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, text: string | undefined) => text ?? "")
    .replace(/[<>&\u2028\u2029]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function customFields({ settings, profile }: Notification, renderer: Renderer): [string, Body][] {
  const held = settings.values.fields;
  return Object.entries(isLoaded(held) ? held : {}).map(([key, value]) => {
    try {
      return [key, profile.reaches("0.30") ? renderer.copy(value) : plain(value)];
    } catch (error) {
      if (!(error instanceof GoError)) throw error;
      throw new NotifyError(`fields template: ${error.text}`);
    }
  });
}

/** A free value as it is written. */
function plain(value: Held): Body {
  if (value === null || value instanceof HeldUrl) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object") return value;
  return new Map(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/** Opens an issue that is done again, or closes one that is not. */
function transition(notification: Notification, issue: string, status: string): void {
  const { settings, firing } = notification;
  if (firing !== (status === "done")) return;
  const name = settings.text(firing ? "reopen_transition" : "resolve_transition");
  if (name === "") return;
  const path = `issue/${issue}/transitions`;
  send(notification, "GET", path);
  const answered = notification.answer()?.items("transitions");
  const offered = answered?.map((one) => ({ id: one.text("id"), name: one.text("name") })) ?? TRANSITIONS;
  const [any] = notification.run.server.jiraAnyTransition ? TRANSITIONS : [];
  const found = offered.find((candidate) => candidate.name === name) ?? any;
  if (!found) throw new NotifyError(`can't find transition ${name} for issue ${issue}`);
  send(notification, "POST", path, jsonBody(fields({ transition: fields({ id: found.id }) })));
}
