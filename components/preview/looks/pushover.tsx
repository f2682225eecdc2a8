"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Facts } from "./facts";
import { type Mark, Marks } from "./marks";
import { formOf } from "./part";
import { SafeLink } from "./safe-link";
import { telegramText } from "./telegram-text";
import { TidyCard } from "./tidy-card";

const PRIORITIES: Readonly<Record<string, string>> = { "-2": "lowest", "-1": "low", "1": "high", "2": "emergency" };
const STYLED = /<(?!\/?(?:b|i|u|a|font)\b)[^>]*>/gi;

/** A notification on a phone. */
export function Pushover({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const form = formOf(request.path.split("?")[1] ?? "");
  const of = (key: string) => form.text(key);
  const url = of("url");
  const priority = PRIORITIES[of("priority")] ?? "normal";
  return (
    <TidyCard head={<strong className="font-semibold">{of("title")}</strong>}>
      <div
        className={`whitespace-pre-wrap [overflow-wrap:anywhere] ${of("monospace") === "1" ? "font-mono text-12" : ""}`}
      >
        {of("html") === "1" ? <Marks marks={htmlMarks(of("message"))} /> : of("message")}
      </div>
      {url === "" ? null : (
        <p>
          <SafeLink url={url}>{of("url_title") || url}</SafeLink>
        </p>
      )}
      <Facts
        facts={[
          [t("priority"), `${t(`pushover.${priority}`)}`],
          [t("sound"), of("sound")],
          [t("device"), of("device")],
          [
            t("repeated"),
            priority === "emergency" ? t("repeats", { retry: Number(of("retry")), expire: Number(of("expire")) }) : "",
          ],
          [t("ttl"), of("ttl") && t("seconds", { count: Number(of("ttl")) })],
        ]}
      />
    </TidyCard>
  );
}

/** Pushover takes few tags and drops the others; a text that it cannot read is shown as it is. */
function htmlMarks(message: string): readonly Mark[] {
  const plain = message.replace(STYLED, "").replace(/<\/?font[^>]*>/gi, "");
  const { marks } = telegramText(plain, "html");
  return marks ?? [message];
}
