import { webhookUrl } from "./address";
import { fields, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

const COLOR = { firing: "8C1A1A", resolved: "2DC72D" };

export function msteams(notification: Notification): void {
  const { settings, firing } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const [title, message, summary] = [text("title"), text("text"), text("summary")];
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const body = fields({
    "@context": "http://schema.org/extensions",
    type: "MessageCard",
    title,
    summary,
    text: message,
    themeColor: firing ? COLOR.firing : COLOR.resolved,
  });
  const url = webhookUrl(notification, "read webhook_url_file: ");
  notification.send({ url, body: jsonBody(body), headers: { "Content-Type": "application/json" } });
}
