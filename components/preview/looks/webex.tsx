"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { ChatMessage } from "./chat-message";
import { WEBEX } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf } from "./part";

const FOLD = { characters: 3_000, lines: 60 };

export function Webex({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  const room = body.text("roomId");
  return (
    <ChatMessage channel={room === "" ? "" : `${t("room")} ${room}`} author="" tag="Bot" now={now}>
      <div className="[overflow-wrap:anywhere]">
        <Folded text={body.text("markdown")} rule={FOLD}>
          {(shown) => <Marks marks={markdown(shown, WEBEX)} />}
        </Folded>
      </div>
    </ChatMessage>
  );
}
