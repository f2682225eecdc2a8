import { toBytes } from "../go/bytes";
import type { Notification } from "./notification";
import { truncateAlerts, webhookBody } from "./webhook";

const MOST_BYTES = 512 * 1024;

export function incidentio(notification: Notification): void {
  const { settings, readFile } = notification;
  const { alerts, left } = truncateAlerts(notification);
  const renderer = notification.renderer(alerts);
  let body = webhookBody(notification, renderer, "1", left);
  // Only the alerts are cut: what they have in common still is that of all.
  if (toBytes(body).length > MOST_BYTES) {
    const data = { ...renderer.data, alerts: renderer.data.alerts?.slice(0, 1) ?? [] };
    body = webhookBody(notification, { data }, "1", left);
    notification.trace?.cut.push([]);
  }
  const file = settings.text("alert_source_token_file");
  const token =
    file === ""
      ? settings.text("alert_source_token")
      : readFile(file, "failed to read alert_source_token_file: ").trim();
  const url = settings.url("url") || readFile(settings.text("url_file"), "read url_file: ").trim();
  const headers = { "Content-Type": "application/json" };
  notification.send({ url, body, headers: token === "" ? headers : { ...headers, Authorization: `Bearer ${token}` } });
}
