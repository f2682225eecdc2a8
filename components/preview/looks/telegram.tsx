"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { ChatMessage } from "./chat-message";
import { Folded } from "./folded";
import { Marks } from "./marks";
import { jsonOf } from "./part";
import { Refused } from "./refused";
import { telegramText } from "./telegram-text";

/** Alertmanager sends 4,096 characters at most. */
const MOST = 8_192;
const FOLD = { characters: 4_096, lines: 120 };

export function Telegram({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const text = body.text("text").slice(0, MOST);
  const { marks, refusal } = telegramText(text, body.text("parse_mode"));
  const thread = body.text("message_thread_id");
  return (
    <>
      {refusal === null ? null : <Refused by="Telegram" answer={refusal} />}
      <ChatMessage
        channel={[`${t("chat")} ${body.text("chat_id")}`, thread && `${t("topic")} ${thread}`]
          .filter(Boolean)
          .join(" · ")}
        author=""
        tag="bot"
        now={now}
      >
        <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
          {marks === null ? (
            <Folded text={text.trim()} rule={FOLD}>
              {(shown) => <span className="text-muted">{shown}</span>}
            </Folded>
          ) : (
            <Marks marks={trimmed(marks)} />
          )}
        </div>
        {body.flag("disable_notification") ? <p className="mt-1 text-12 text-muted">{t("silent")}</p> : null}
      </ChatMessage>
    </>
  );
}

type Shown = Parameters<typeof Marks>[0]["marks"];

/** Telegram cuts blanks around a message. */
function trimmed(marks: Shown): Shown {
  return marks.map((mark, at) => {
    if (typeof mark !== "string") return mark;
    const start = at === 0 ? mark.trimStart() : mark;
    return at === marks.length - 1 ? start.trimEnd() : start;
  });
}
