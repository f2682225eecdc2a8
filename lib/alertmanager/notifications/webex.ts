import { fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";
import { truncateBytes } from "./truncate-bytes";

const MOST_BYTES = 7439;

export function webex(notification: Notification): void {
  const { settings, profile } = notification;
  const renderer = notification.renderer();
  const message = renderer.text(settings.text("message"));
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const markdown = truncateBytes(message, MOST_BYTES);
  if (markdown !== message) notification.trace?.cut.push(["message"]);
  // Not a template at first; nobody looks for an error of this one.
  const room = settings.text("room_id");
  const body = fields({ markdown, roomId: filled(profile.reaches("0.28") ? renderer.text(room) : room) });
  const headers = { "Content-Type": "application/json" };
  notification.send({ url: settings.url("api_url"), body: jsonBody(body), headers });
}
