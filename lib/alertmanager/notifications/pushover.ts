import { checkGoDuration } from "../go/duration";
import { trimGo } from "../matchers/lexer";
import { encodeQuery } from "./address";
import type { Notification } from "./notification";
import { NotifyError } from "./request";
import type { Settings } from "./settings";

const URL = "https://api.pushover.net/1/messages.json";
const MOST = { title: 250, message: 1024, url: 512 };

export function pushover(notification: Notification): void {
  const { settings } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const secret = (key: string) =>
    renderer.text(settings.text(key) || notification.readFile(settings.text(`${key}_file`), `read ${key}_file: `));
  const [token, user] = [secret("token"), secret("user_key")];
  const title = notification.cut(text("title"), MOST.title, "title");
  const html = settings.flag("html");
  const written = html ? renderer.html(settings.text("message")) : text("message");
  const message = trimGo(notification.cut(written, MOST.message, "message"));
  const ttl = seconds(settings, "ttl");
  const values: [string, string][] = [
    ["token", token],
    ["user", user],
    ["title", title],
    ["message", message === "" ? "(no details)" : message],
    ["url", notification.cut(text("url"), MOST.url, "url")],
    ["url_title", text("url_title")],
    ["priority", text("priority")],
    ["retry", String(seconds(settings, "retry"))],
    ["expire", String(seconds(settings, "expire"))],
    ...(notification.profile.reaches("0.26") ? [["device", text("device")] as [string, string]] : []),
    ["sound", text("sound")],
  ];
  if (html) values.push(["html", "1"]);
  if (settings.flag("monospace")) values.push(["monospace", "1"]);
  if (ttl > 0) values.push(["ttl", String(ttl)]);
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  notification.send({ url: `${URL}?${encodeQuery(values)}`, headers: { "Content-Type": "text/plain" } });
}

function seconds(settings: Settings, key: string): number {
  const duration = checkGoDuration(settings.text(key));
  return duration.ok ? Math.trunc(duration.ms / 1000) : 0;
}
