import { appendPath } from "./address";
import { type Body, fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { NIL_POINTER, NotifyCrash, NotifyError } from "./request";
import type { Settings } from "./settings";

const MOST_TITLE = 1024;

export function rocketchat(notification: Notification): void {
  const { settings } = notification;
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const attachment = attachmentOf(notification, renderer);
  const body = fields({
    channel: filled(text("channel")),
    emoji: filled(text("emoji")),
    avatar: filled(text("icon_url")),
    attachments: [attachment],
  });
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const url = appendPath(settings.url("api_url"), "api/v1/chat.postMessage", { join: true });
  const headers = {
    "Content-Type": "application/json",
    "X-Auth-Token": secretOf(notification, "token"),
    "X-User-Id": secretOf(notification, "token_id"),
  };
  notification.send({ url, body: jsonBody(body), headers });
}

function secretOf({ settings, readFile }: Notification, key: string): string {
  const file = settings.text(`${key}_file`);
  return file === "" ? settings.text(key) : readFile(file, `could not read ${file}: `).trim();
}

function attachmentOf(notification: Notification, renderer: Renderer): Body {
  const { settings } = notification;
  const text = (key: string) => renderer.text(settings.text(key));
  return fields({
    title: filled(notification.cut(text("title"), MOST_TITLE, "title")),
    title_link: filled(text("title_link")),
    text: filled(text("text")),
    image_url: filled(text("image_url")),
    thumb_url: filled(text("thumb_url")),
    color: filled(text("color")),
    fields: filled(settings.parts("fields").map((field) => fieldOf(field, settings.flag("short_fields"), renderer))),
    actions: filled(settings.parts("actions").map((action) => actionOf(action, renderer))),
  });
}

function fieldOf(field: Settings | null, short: boolean, { text }: Renderer): Body {
  if (!field) throw new NotifyCrash(NIL_POINTER);
  return fields({
    short: field.has("short") ? field.flag("short") : short,
    title: filled(text(field.text("title"))),
    value: filled(text(field.text("value"))),
  });
}

/** Only three of the keys of an action are sent. */
function actionOf(action: Settings | null, { text }: Renderer): Body {
  if (!action) throw new NotifyCrash(NIL_POINTER);
  return fields({
    type: "button",
    text: filled(text(action.text("text"))),
    url: filled(text(action.text("url"))),
    is_webview: false,
    msg: filled(text(action.text("msg"))),
    msg_in_chat_window: false,
  });
}
