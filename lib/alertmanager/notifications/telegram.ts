import { jsonBody } from "./json-body";
import type { Notification } from "./notification";
import { NotifyError } from "./request";

const MOST_MESSAGE = 4096;
/** What upstream sends in the place of a page that is too long, with the indentation of its source. */
const TOO_LONG = [
  "Alertmanager notification could not be sent: message length exceeds Telegram limits.",
  "\t\t\tPlease check the template used for producing the message content.",
].join("\n");

export function telegram(notification: Notification): void {
  const { settings } = notification;
  const renderer = notification.renderer();
  const mode = settings.text("parse_mode");
  const html = mode === "HTML";
  const written = (html ? renderer.html : renderer.text)(settings.text("message"));
  // 0.25 does not look, and sends a message without a text.
  if (renderer.error !== null && notification.profile.reaches("0.26")) throw new NotifyError(renderer.error);
  const tooLong = [...written].length > MOST_MESSAGE;
  // A cut may leave HTML with open tags; since 0.32 another text stands for it.
  const replaced = html && tooLong && notification.profile.reaches("0.32");
  const cut = notification.cut(written, MOST_MESSAGE, "message");
  const text = replaced ? TOO_LONG : cut;
  const token = secretOf(notification, "bot_token").trim();
  const chat = chatOf(notification);
  const thread = settings.number("message_thread_id");
  const message = new Map([
    ["chat_id", chat],
    ["disable_web_page_preview", "true"],
    ["text", text],
  ]);
  if (settings.flag("disable_notifications")) message.set("disable_notification", "true");
  if (thread !== 0) message.set("message_thread_id", String(thread));
  if (mode !== "") message.set("parse_mode", mode);
  notification.send({
    url: `${settings.url("api_url")}/bot${token}/sendMessage`,
    body: jsonBody(message),
    headers: { "Content-Type": "application/json", "User-Agent": "Go-http-client/1.1" },
  });
}

function secretOf({ settings, readFile }: Notification, key: string): string {
  const file = settings.text(`${key}_file`);
  if (file === "") return settings.text(key);
  try {
    return readFile(file);
  } catch (error) {
    throw new NotifyError(`could not read ${file}: ${error instanceof Error ? error.message : ""}`, true);
  }
}

function chatOf(notification: Notification): string {
  const text = secretOf(notification, "chat_id");
  const file = notification.settings.text("chat_id_file");
  if (file === "") return text;
  const digits = text.trim();
  if (/^[-+]?[0-9]+$/.test(digits)) return String(BigInt(digits.replace("+", "")));
  const reason = `strconv.ParseInt: parsing ${JSON.stringify(digits)}: invalid syntax`;
  throw new NotifyError(`could not parse chat_id from ${file}: ${reason}`, true);
}
