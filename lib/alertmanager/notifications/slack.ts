import { type Body, fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { NIL_POINTER, NotifyCrash, NotifyError } from "./request";
import type { Settings } from "./settings";

const MOST_TITLE = 1024;
const UPDATE_URL = "https://slack.com/api/chat.update";

export function slack(notification: Notification): void {
  const { settings, profile, memory } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const attachment = attachmentOf(notification, renderer);
  const address = () => settings.url("api_url") || notification.readFile(settings.text("api_url_file")).trim();
  // Before 0.32 a template that fails is told of before a file that is not there; later ones send what they have, with
  // blanks where an error was.
  const tellsErrors = !profile.reaches("0.32");
  const early = tellsErrors ? "" : address();
  const [channel, username, emoji, icon] = ["channel", "username", "icon_emoji", "icon_url"].map(text) as [
    string,
    string,
    string,
    string,
  ];
  const written = profile.reaches("0.31") ? text("message_text") : "";
  if (renderer.error !== null && tellsErrors) throw new NotifyError(renderer.error);
  const url = tellsErrors ? address() : early;
  const { groupKey } = notification.route;
  const update = settings.flag("update_message") ? memory.get(groupKey) : undefined;
  const body = fields({
    channel: filled(update === undefined ? channel : (memory.get(`channel ${groupKey}`) ?? "")),
    ts: update,
    username: filled(username),
    icon_emoji: filled(emoji),
    icon_url: filled(icon),
    link_names: filled(settings.flag("link_names")),
    text: filled(written),
    attachments: [attachment],
  });
  notification.send({
    url: update === undefined ? url : UPDATE_URL,
    body: jsonBody(body),
    headers: { "Content-Type": "application/json" },
  });
  if (!settings.flag("update_message")) return;
  const answer = notification.answer();
  const message = answer ? { channel: answer.text("channel"), ts: answer.text("ts") } : ANSWER;
  if (message.ts === "") return;
  memory.set(groupKey, message.ts);
  memory.set(`channel ${groupKey}`, message.channel);
}

/** What Slack is taken to answer: the names of the message that an update refers to. */
const ANSWER = { channel: "C123", ts: "1700000000.000100" };

function attachmentOf(notification: Notification, renderer: Renderer): Body {
  const { settings } = notification;
  const text = (key: string) => renderer.text(settings.text(key));
  const title = notification.cut(text("title"), MOST_TITLE, "title");
  const keys = [
    "title_link",
    "pretext",
    "text",
    "fallback",
    "callback_id",
    "image_url",
    "thumb_url",
    "footer",
    "color",
  ];
  const texts = Object.fromEntries(keys.map((key) => [key, text(key)]));
  const marked = settings.texts("mrkdwn_in");
  return fields({
    title: filled(title),
    title_link: filled(texts.title_link!),
    pretext: filled(texts.pretext!),
    text: texts.text!,
    fallback: texts.fallback!,
    callback_id: texts.callback_id!,
    fields: filled(settings.parts("fields").map((field) => fieldOf(field, settings.flag("short_fields"), renderer))),
    actions: filled(settings.parts("actions").map((action) => actionOf(action, renderer))),
    image_url: filled(texts.image_url!),
    thumb_url: filled(texts.thumb_url!),
    footer: texts.footer!,
    color: filled(texts.color!),
    mrkdwn_in: marked.length > 0 ? marked : ["fallback", "pretext", "text"],
  });
}

function fieldOf(field: Settings | null, short: boolean, { text }: Renderer): Body {
  if (!field) throw new NotifyCrash(NIL_POINTER);
  return fields({
    title: filled(text(field.text("title"))),
    value: filled(text(field.text("value"))),
    short: field.has("short") ? field.flag("short") : short,
  });
}

function actionOf(action: Settings | null, { text }: Renderer): Body {
  if (!action) throw new NotifyCrash(NIL_POINTER);
  const of = (part: Settings, key: string) => filled(text(part.text(key)));
  const start = { type: of(action, "type"), text: of(action, "text"), url: of(action, "url") };
  const rest = { style: of(action, "style"), name: of(action, "name"), value: of(action, "value") };
  if (!action.has("confirm")) return fields({ ...start, ...rest });
  const confirm = action.part("confirm");
  // It is rendered first and sent second.
  const title = of(confirm, "title");
  const question = of(confirm, "text");
  const below = { ok_text: of(confirm, "ok_text"), dismiss_text: of(confirm, "dismiss_text") };
  return fields({ ...start, ...rest, confirm: fields({ text: question, title, ...below }) });
}
