import { webhookUrl } from "./address";
import { type Body, fields, filled, jsonBody } from "./json-body";
import type { Notification } from "./notification";
import type { Renderer } from "./renderer";
import { NIL_POINTER, NotifyCrash, NotifyError } from "./request";
import type { Settings } from "./settings";

const MOST_TEXT = 16_383;
const PRIORITIES = ["urgent", "important", "standard"];

export function mattermost(notification: Notification): void {
  const { settings, profile } = notification;
  const url = webhookUrl(notification);
  if (url === "") throw new NotifyError("webhook url missing");
  const renderer = notification.renderer();
  const text = (key: string) => renderer.text(settings.text(key));
  const message = text("text");
  const head = {
    channel: filled(text("channel")),
    username: filled(text("username")),
    icon_url: filled(text("icon_url")),
    icon_emoji: filled(text("icon_emoji")),
  };
  const type = text("type");
  const priority = priorityOf(settings, renderer);
  const props = propsOf(settings, renderer);
  const configured = settings.parts("attachments");
  // Before 0.32 the message was no attachment of its own.
  const whole = configured.length > 0 || !profile.reaches("0.32");
  const attachments = configured.map((item) => {
    if (!item) throw new NotifyCrash(NIL_POINTER);
    return attachmentOf(item, renderer);
  });
  if (!whole) attachments.push(attachmentOf(settings, renderer, message));
  if (renderer.error !== null) throw new NotifyError(renderer.error);
  const shown = whole ? notification.cut(message, MOST_TEXT, "text") : "";
  const body = fields({
    text: profile.reaches("0.31") ? filled(shown) : shown,
    ...head,
    attachments: filled(attachments),
    type: filled(type),
    props,
    priority,
  });
  notification.send({ url, body: jsonBody(body), headers: { "Content-Type": "application/json" } });
}

/** The fields are rendered last. The text of the message itself is rendered before all else. */
function attachmentOf(settings: Settings, renderer: Renderer, message?: string): Body {
  const of = (key: string) => filled(renderer.text(settings.text(key)));
  const start = { fallback: of("fallback"), color: of("color"), pretext: of("pretext") };
  const text = message === undefined ? of("text") : filled(message);
  const author = { author_name: of("author_name"), author_link: of("author_link"), author_icon: of("author_icon") };
  const titles = { title: of("title"), title_link: of("title_link") };
  const thumb_url = of("thumb_url");
  const end = { footer: of("footer"), footer_icon: of("footer_icon"), image_url: of("image_url") };
  const parts = filled(settings.parts("fields").map((field) => fieldOf(field, renderer)));
  return fields({ ...start, text, ...author, ...titles, fields: parts, thumb_url, ...end });
}

function fieldOf(field: Settings | null, { text }: Renderer): Body {
  if (!field) throw new NotifyCrash(NIL_POINTER);
  return fields({
    title: filled(text(field.text("title"))),
    value: filled(text(field.text("value"))),
    short: field.has("short") ? field.flag("short") : undefined,
  });
}

function priorityOf(settings: Settings, { text }: Renderer): Body | undefined {
  const configured = settings.part("priority");
  if (configured.text("priority") === "") return undefined;
  const asked = text(configured.text("priority")).toLowerCase();
  const priority = PRIORITIES.includes(asked) ? asked : "standard";
  return fields({
    priority,
    requested_ack: filled(configured.flag("requested_ack") && priority !== "standard"),
    persistent_notifications: filled(configured.flag("persistent_notifications") && priority === "urgent"),
  });
}

function propsOf(settings: Settings, { text }: Renderer): Body | undefined {
  const card = settings.part("props").text("card");
  return card === "" ? undefined : fields({ card: filled(text(card)) });
}
