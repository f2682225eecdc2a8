import { parseGoUrl } from "../go/url";
import { webhookUrl } from "./address";
import { fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

const MOST = { title: 256, message: 4096, content: 2000 };
const COLOR = { firing: 0x992d22, resolved: 0x2ecc71 };

export function discord(notification: Notification): void {
  const { settings, profile, firing } = notification;
  const renderer = notification.renderer();
  const text = (key: keyof typeof MOST) => {
    const rendered = renderer.text(settings.text(key));
    // 0.25 cuts nothing.
    return !profile.reaches("0.26") ? rendered : notification.cut(rendered, MOST[key], key);
  };
  const [title, description, content] = [text("title"), text("message"), text("content")];
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const avatar = settings.text("avatar_url");
  const body = fields({
    content,
    embeds: [fields({ title, description, color: firing ? COLOR.firing : COLOR.resolved })],
    username: filled(settings.text("username")),
    avatar_url: filled(parseGoUrl(avatar).ok ? avatar : ""),
  });
  const url = webhookUrl(notification, "read webhook_url_file: ");
  notification.send({ url, body: jsonBody(body), headers: { "Content-Type": "application/json" } });
}
