"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Tag } from "../../ui/badge";
import { Attachment, type AttachmentStyle } from "./attachment";
import { ChatMessage } from "./chat-message";
import { hexColor } from "./color";
import { Each } from "./each";
import { emojiOf, withEmoji } from "./emoji";
import { MATTERMOST } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf } from "./part";

const COLORS: Readonly<Record<string, string>> = { good: "#00c100", warning: "#dede01", danger: "#e40303" };
/** Mattermost folds what is higher than a part of its window. */
const FOLD = { characters: 2_500, lines: 30 };

const STYLE: AttachmentStyle = {
  plain: withEmoji,
  format: (text) => markdown(text, MATTERMOST),
  formats: () => true,
  color: (color) => COLORS[color] ?? hexColor(color),
  fold: FOLD,
};

export function Mattermost({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const text = body.text("text");
  const priority = body.get("priority").text("priority");
  const card = body.get("props").text("card");
  return (
    <ChatMessage
      channel={named(body.text("channel"))}
      author={body.text("username")}
      emoji={emojiOf(body.text("icon_emoji"))}
      tag="BOT"
      now={now}
    >
      <div className="space-y-1.5 [overflow-wrap:anywhere]">
        {priority === "" ? null : <Tag>{priority}</Tag>}
        {text === "" ? null : (
          <div>
            <Folded text={text} rule={FOLD}>
              {(shown) => <Marks marks={markdown(shown, MATTERMOST)} />}
            </Folded>
          </div>
        )}
        <Each of={body.list("attachments")}>
          {(attachment) => <Attachment attachment={attachment} style={STYLE} />}
        </Each>
        {card === "" ? null : (
          <details>
            <summary className="text-12 text-muted">{t("card")}</summary>
            <Marks marks={markdown(card, MATTERMOST)} />
          </details>
        )}
      </div>
    </ChatMessage>
  );
}

function named(channel: string): string {
  return channel === "" || /^[#@]/.test(channel) ? channel : `#${channel}`;
}
