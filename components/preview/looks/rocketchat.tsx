import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Attachment, type AttachmentStyle } from "./attachment";
import { ChatMessage } from "./chat-message";
import { cssColor } from "./color";
import { Each } from "./each";
import { emojiOf, withEmoji } from "./emoji";
import { ROCKETCHAT } from "./flavours";
import { markdown } from "./markdown";
import { jsonOf } from "./part";

const STYLE: AttachmentStyle = {
  plain: withEmoji,
  format: (text) => markdown(text, ROCKETCHAT),
  formats: () => true,
  color: cssColor,
  fold: { characters: 5_000, lines: 60 },
};

export function RocketChat({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const body = jsonOf(request);
  return (
    <ChatMessage
      channel={body.text("channel")}
      author={body.text("alias") || "Rocket.Chat"}
      emoji={emojiOf(body.text("emoji"))}
      tag="BOT"
      now={now}
    >
      <Each of={body.list("attachments")}>{(attachment) => <Attachment attachment={attachment} style={STYLE} />}</Each>
    </ChatMessage>
  );
}
