import { appendPath } from "./address";
import { type Body, fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { type HttpRequest, NotifyError } from "./request";

const MOST_MESSAGE = 130;

interface Draft {
  method: HttpRequest["method"];
  path: string;
  body: Body;
}

export function opsgenie(notification: Notification): void {
  const { settings, firing } = notification;
  const renderer = notification.renderer();
  const details = detailsOf(notification, renderer);
  const drafts = firing ? opened(notification, renderer, details) : [closed(notification, renderer)];
  const key = settings.text("api_key");
  const file = () =>
    renderer.text(notification.readFile(settings.text("api_key_file"), "read key_file error: ")).trim();
  const secret = key === "" ? file() : renderer.text(key);
  if (renderer.error !== null) throw new NotifyError(`templating error: ${renderer.error}`);
  const headers = { "Content-Type": "application/json", Authorization: `GenieKey ${secret}` };
  for (const { method, path, body } of drafts) {
    const url = appendPath(settings.url("api_url"), path);
    const query = path === CREATE ? "" : `${url.includes("?") ? "&" : "?"}identifierType=alias`;
    notification.send({ method, url: url + query, body: jsonBody(body), headers });
  }
}

const CREATE = "v2/alerts";

function detailsOf({ settings }: Notification, renderer: Renderer): Map<string, string> {
  const details = new Map(Object.entries(renderer.data.commonLabels ?? {}));
  for (const [name, text] of settings.entries("details")) details.set(name, renderer.text(text));
  return details;
}

function closed({ settings, route }: Notification, { text }: Renderer): Draft {
  const body = fields({ source: text(settings.text("source")) });
  return { method: "POST", path: `${CREATE}/${route.hash}/close`, body };
}

function opened(notification: Notification, renderer: Renderer, details: ReadonlyMap<string, string>): Draft[] {
  const { settings, route } = notification;
  const text = (key: string) => renderer.text(settings.text(key));
  const message = notification.cut(text("message"), MOST_MESSAGE, "message");
  const responders = respondersOf(notification, renderer);
  const description = text("description");
  const body = fields({
    alias: route.hash,
    message,
    description: filled(description),
    details,
    source: text("source"),
    responders: filled(responders),
    tags: filled(parts(text("tags"))),
    note: filled(text("note")),
    priority: filled(text("priority")),
    entity: filled(text("entity")),
    actions: filled(parts(text("actions"))),
  });
  const create: Draft = { method: "POST", path: CREATE, body };
  if (!settings.flag("update_alerts")) return [create];
  const path = `${CREATE}/${route.hash}`;
  return [
    create,
    { method: "PUT", path: `${path}/message`, body: fields({ message: filled(message) }) },
    { method: "PUT", path: `${path}/description`, body: fields({ description: filled(description) }) },
  ];
}

/** Parts between commas; empty ones are left out, blanks are not. */
function parts(text: string): string[] {
  return text
    .trim()
    .split(",")
    .filter((part) => part !== "");
}

function respondersOf({ settings }: Notification, { text }: Renderer): Body[] {
  return settings.parts("responders").flatMap((responder) => {
    const of = (key: string) => text(responder?.text(key) ?? "");
    const [id, name, username, type] = [of("id"), of("name"), of("username"), of("type")];
    if (id === "" && name === "" && username === "" && type === "") return [];
    if (type === "teams") return parts(name).map((team) => fields({ name: filled(text(team)), type: text("team") }));
    return [fields({ id: filled(id), name: filled(name), username: filled(username), type })];
  });
}
