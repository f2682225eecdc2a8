import { appendPath } from "./address";
import { jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

const MOST_MESSAGE = 20_480;
const TYPES = ["INFO", "WARNING", "CRITICAL"];

export function victorops(notification: Notification): void {
  const { settings, firing, route } = notification;
  const key =
    settings.text("api_key") ||
    notification.readFile(settings.text("api_key_file"), "failed to read API key from file: ").trim();
  const renderer = notification.renderer();
  const text = (name: string) => renderer.text(settings.text(name));
  const url = appendPath(settings.url("api_url"), `${key}/${text("routing_key")}`);
  if (renderer.error !== null) throw new NotifyError(`templating error: ${renderer.error}`);
  const type = text("message_type");
  const firingType = TYPES.includes(type) ? type : "CRITICAL";
  const message = new Map([
    ["message_type", firing ? firingType : "RECOVERY"],
    ["state_message", notification.cut(text("state_message"), MOST_MESSAGE, "state_message")],
    ["entity_id", route.hash],
    ["entity_display_name", text("entity_display_name")],
    ["monitoring_tool", text("monitoring_tool")],
  ]);
  for (const [name, template] of settings.entries("custom_fields")) message.set(name, renderer.text(template));
  // Upstream takes these errors for passing ones.
  if (renderer.error !== null) throw new NotifyError(`templating error: ${renderer.error}`, true);
  notification.send({ url, body: jsonBody(message), headers: { "Content-Type": "application/json" } });
}
