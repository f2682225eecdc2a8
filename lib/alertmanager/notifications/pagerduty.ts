import { isLoaded } from "../config/resolve/load";
import { toBytes } from "../go/bytes";
import { goQuote } from "../go/quote";
import { GoError } from "../go/value";
import { type Body, fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { NotifyError } from "./request";

const MOST_DESCRIPTION = 1024;
const MOST_BYTES = 512_000;
const TOO_LONG = new Map([
  ["error", "Custom details have been removed because the original event exceeds the maximum size of 512KB"],
]);
const V1_URL = "https://events.pagerduty.com/generic/2010-04-15/create_event.json";

export function pagerduty(notification: Notification): void {
  const { settings } = notification;
  const details = detailsOf(notification);
  const v1 = settings.text("service_key") !== "" || settings.text("service_key_file") !== "";
  const message = v1 ? messageV1(notification) : messageV2(notification);
  let body = encoded(message(details));
  if (toBytes(body).length > MOST_BYTES) {
    body = encoded(message(TOO_LONG));
    notification.trace?.cut.push(["details"]);
  }
  const url = v1 ? V1_URL : settings.url("url");
  notification.send({ url, body, headers: { "Content-Type": "application/json" } });
}

function encoded(message: Body): string {
  try {
    return jsonBody(message);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw new NotifyError(`failed to encode PagerDuty message: ${error.text}`);
  }
}

function detailsOf(notification: Notification): ReadonlyMap<string, Body> {
  const { settings, profile } = notification;
  const held = settings.values.details;
  const entries = isLoaded(held) ? Object.entries(held) : [];
  const renderer = notification.renderer();
  return new Map(
    entries.map(([key, value]) => {
      try {
        if (profile.reaches("0.30")) return [key, renderer.copy(value)];
      } catch (error) {
        if (!(error instanceof GoError)) throw error;
        throw new NotifyError(`failed to render details: ${error.text}`);
      }
      const text = renderer.text(String(value ?? ""));
      if (renderer.error !== null) {
        throw new NotifyError(`${goQuote(key)}: failed to template ${goQuote(String(value))}: ${renderer.error}`);
      }
      return [key, text];
    }),
  );
}

type Message = (details: ReadonlyMap<string, Body>) => Body;

function keyOf({ settings, readFile }: Notification, kind: "service" | "routing", { text }: Renderer): string {
  const key = settings.text(`${kind}_key`);
  if (key !== "") return text(key);
  return text(readFile(settings.text(`${kind}_key_file`), `failed to read ${kind} key from file: `).trim());
}

function messageV1(notification: Notification): Message {
  const { settings, route, firing } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const description = notification.cut(text("description"), MOST_DESCRIPTION, "description");
  const key = keyOf(notification, "service", renderer);
  const client = firing ? { client: filled(text("client")), client_url: filled(text("client_url")) } : {};
  if (renderer.error !== null) throw new NotifyError(`failed to template PagerDuty v1 message: ${renderer.error}`);
  if (key === "") throw new NotifyError("service key cannot be empty");
  return (details) =>
    fields({
      service_key: key,
      incident_key: route.hash,
      event_type: firing ? "trigger" : "resolve",
      description: filled(description),
      event_action: "",
      payload: null,
      ...client,
      details: details.size > 0 ? details : undefined,
    });
}

function messageV2(notification: Notification): Message {
  const { settings, route, firing } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const summary = notification.cut(text("description"), MOST_DESCRIPTION, "description");
  const [client, clientUrl] = [text("client"), text("client_url")];
  const key = keyOf(notification, "routing", renderer);
  const source = text("source");
  const severity = renderer.text(settings.text("severity") || "error");
  const [classText, component, group] = [text("class"), text("component"), text("group")];
  const lists = {
    images: filled(listOf(notification, renderer, "images", ["src", "alt", "href"])),
    links: filled(listOf(notification, renderer, "links", ["href", "text"])),
  };
  if (renderer.error !== null) throw new NotifyError(`failed to template PagerDuty v2 message: ${renderer.error}`);
  if (key === "") throw new NotifyError("routing key cannot be empty");
  return (details) =>
    fields({
      routing_key: key,
      dedup_key: route.hash,
      event_action: firing ? "trigger" : "resolve",
      payload: fields({
        ...{ summary, source, severity },
        class: filled(classText),
        component: filled(component),
        group: filled(group),
        custom_details: details.size > 0 ? details : undefined,
      }),
      client: filled(client),
      client_url: filled(clientUrl),
      ...lists,
    });
}

/** Items without their first part are left out. */
function listOf({ settings }: Notification, { text }: Renderer, key: string, parts: readonly string[]): Body[] {
  return settings.parts(key).flatMap((item) => {
    const texts = parts.map((part): [string, string] => [part, text(item?.text(part) ?? "")]);
    return texts[0]?.[1] === "" ? [] : [fields(Object.fromEntries(texts))];
  });
}
