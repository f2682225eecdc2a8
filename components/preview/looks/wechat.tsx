"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { ChatMessage } from "./chat-message";
import { Facts } from "./facts";
import { WECHAT } from "./flavours";
import { Folded } from "./folded";
import { markdown } from "./markdown";
import { Marks } from "./marks";
import { jsonOf } from "./part";

const FOLD = { characters: 2_000, lines: 40 };

/** A message of an application; the token that is asked for before it is no sight. */
export function WeChat({ request, now }: { request: HttpRequest; now?: string | undefined }) {
  const t = useTranslations("looks");
  const body = jsonOf(request);
  if (request.method === "GET") return <p className="text-12 text-muted">{t("wechatToken")}</p>;
  const marked = body.text("msgtype") === "markdown";
  const content = body.get(marked ? "markdown" : "text").text("content");
  return (
    <ChatMessage author={body.text("agentid") === "" ? "" : t("agent", { id: body.text("agentid") })} now={now}>
      <div className="[overflow-wrap:anywhere] whitespace-pre-wrap">
        <Folded text={content.trim()} rule={FOLD}>
          {(shown) => <Marks marks={marked ? markdown(shown, WECHAT) : [shown]} />}
        </Folded>
      </div>
      <Facts
        facts={[[t("to"), [body.text("touser"), body.text("toparty"), body.text("totag")].filter(Boolean).join(" · ")]]}
      />
    </ChatMessage>
  );
}
