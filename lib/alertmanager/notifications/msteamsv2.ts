import { webhookUrl } from "./address";
import { fields, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

const COLOR = { firing: "Attention", resolved: "Good" };
const BLOCK = { type: "TextBlock" };

export function msteamsv2(notification: Notification): void {
  const { settings, firing } = notification;
  const renderer = notification.renderer();
  const [title, text] = [renderer.text(settings.text("title")), renderer.text(settings.text("text"))];
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const color = firing ? COLOR.firing : COLOR.resolved;
  const content = fields({
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.2",
    body: [
      fields({ ...BLOCK, text: title, weight: "Bolder", size: "Medium", wrap: true, style: "heading", color }),
      fields({ ...BLOCK, text, wrap: true }),
    ],
    msteams: fields({ width: "full" }),
  });
  const contentType = "application/vnd.microsoft.card.adaptive";
  const body = fields({ type: "message", attachments: [fields({ contentType, contentUrl: null, content })] });
  const url = webhookUrl(notification, "read webhook_url_file: ");
  notification.send({ url, body: jsonBody(body), headers: { "Content-Type": "application/json" } });
}
