import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Attachment, type AttachmentStyle } from "./attachment";
import { ChatMessage } from "./chat-message";
import { hexColor } from "./color";
import { Each } from "./each";
import { emojiOf } from "./emoji";
import { Marks } from "./marks";
import { jsonOf } from "./part";
import { SlackBlocks } from "./slack-blocks";
import { slackMrkdwn, slackPlain } from "./slack-mrkdwn";

const COLORS: Readonly<Record<string, string>> = { good: "#2fa44f", warning: "#de9e31", danger: "#d50200" };

const STYLE: AttachmentStyle = {
  plain: slackPlain,
  format: slackMrkdwn,
  formats: (part, attachment) => attachment.texts("mrkdwn_in").includes(part),
  color: (color) => COLORS[color] ?? hexColor(color),
  // Slack's reference of attachments: it folds from 700 characters or 5 line breaks on.
  fold: { characters: 700, lines: 5 },
};

export function Slack({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const body = jsonOf(request);
  const text = body.text("text");
  const emoji = body.text("icon_emoji");
  return (
    <ChatMessage
      channel={channelName(body.text("channel"))}
      author={body.text("username")}
      emoji={emojiOf(emoji)}
      tag="APP"
      now={now}
      edited={request.path.startsWith("/api/chat.update")}
    >
      <div className="space-y-1.5 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text === "" || body.list("blocks").length > 0 ? null : (
          <div>
            <Marks marks={slackMrkdwn(body.flag("link_names") ? namesLinked(text) : text)} />
          </div>
        )}
        <SlackBlocks blocks={body.list("blocks")} />
        <Each of={body.list("attachments")}>
          {(attachment) => (
            <div>
              <SlackBlocks blocks={attachment.list("blocks")} />
              <Attachment attachment={attachment} style={STYLE} />
            </div>
          )}
        </Each>
      </div>
    </ChatMessage>
  );
}

/** A name without a sign is that of a channel; ids and people stay as they are. */
function channelName(channel: string): string {
  return channel === "" || /^[#@]|^[CDGU][A-Z0-9]{2,}$/.test(channel) ? channel : `#${channel}`;
}

/** `link_names` makes a mention of each name with a sign. */
function namesLinked(text: string): string {
  return text.replace(/(^|\s)([@#])([a-z0-9._-]{1,80})/g, (_, before: string, sign: string, name: string) =>
    sign === "@" ? `${before}<@${name}>` : `${before}<#${name}>`,
  );
}
