import { fromBytes } from "../go/bytes";
import { marshalJson } from "../go/json";
import { GoError } from "../go/value";
import { dataValue } from "../templates/model";
import type { StoredAlert } from "./alerts";
import { encodeJson, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { NotifyError } from "./request";

/** The first alerts where only so many are sent, and how many are left out. */
export function truncateAlerts(notification: Notification): { alerts: readonly StoredAlert[]; left: number } {
  const most = notification.settings.number("max_alerts");
  const { alerts } = notification;
  if (most === 0 || alerts.length <= most) return { alerts, left: 0 };
  return { alerts: alerts.slice(0, most), left: alerts.length - most };
}

/** The message of webhooks and of incident.io. */
export function webhookBody(
  notification: Notification,
  { data }: Pick<Renderer, "data">,
  version: string,
  left: number,
): string {
  const message = fromBytes(marshalJson(dataValue(data, notification.profile, true)));
  const { groupKey } = notification.route;
  return `${message.slice(0, -1)},"version":"${version}","groupKey":${encodeJson(groupKey)},"truncatedAlerts":${left}}\n`;
}

export function webhook(notification: Notification): void {
  const { settings, profile } = notification;
  const { alerts, left } = truncateAlerts(notification);
  const renderer = notification.renderer(alerts);
  const body = settings.has("payload")
    ? payload(notification, renderer)
    : webhookBody(notification, renderer, "4", left);
  const written = settings.text("url") || notification.readFile(settings.text("url_file"), "read url_file: ").trim();
  const url = profile.reaches("0.31") ? renderer.text(written) : written;
  if (renderer.error !== null) throw new NotifyError(`failed to template webhook URL: ${renderer.error}`);
  if (url === "") throw new NotifyError("webhook URL is empty after templating");
  notification.send({ url, body, headers: { "Content-Type": "application/json" } });
}

function payload({ settings }: Notification, renderer: Renderer): string {
  try {
    return jsonBody(renderer.copy(settings.values.payload!));
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    throw new NotifyError(`failed to render custom payload: ${error.text}`);
  }
}
