"use client";

import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import type { SmtpRequest } from "@/lib/alertmanager/notifications/request";
import { cn } from "../../ui/cn";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { asksForRemote, mailDocument } from "./mail-document";
import { headerOf, mailMessage } from "./mail-message";
import { TidyCard } from "./tidy-card";

/** A page longer than this is cut; upstream's own is far below it. */
const MOST_PAGE = 500_000;
/** Mail programs show all; this pane is small. */
const FOLD = { characters: 4_000, lines: 60 };

/** A mail as its reader opens it. */
export function Email({ mail }: { mail: SmtpRequest }) {
  const t = useTranslations("looks");
  const message = useMemo(() => mailMessage(mail.data), [mail.data]);
  const { headers, html, text } = message;
  const [chosen, setChosen] = useState<"html" | "text">("html");
  const shown = html === null ? "text" : text === null ? "html" : chosen;
  const subject = headerOf(headers, "Subject");
  return (
    <TidyCard head={<strong className="font-semibold">{subject || t("noSubject")}</strong>}>
      <Facts
        facts={[
          [t("from"), headerOf(headers, "From")],
          [t("to"), headerOf(headers, "To")],
          ["Cc", headerOf(headers, "Cc")],
          ["Reply-To", headerOf(headers, "Reply-To")],
        ]}
      />
      {html !== null && text !== null ? (
        <div className="flex gap-1">
          {(["html", "text"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              aria-pressed={shown === kind}
              onClick={() => setChosen(kind)}
              className={cn(
                "rounded-md border px-2 py-0.5 text-12 font-medium",
                shown === kind ? "border-accent text-text" : "border-line-strong text-soft hover:bg-hover",
              )}
            >
              {t(kind)}
            </button>
          ))}
        </div>
      ) : null}
      {shown === "html" && html !== null ? <Page html={html} title={subject || t("noSubject")} /> : null}
      {shown === "text" ? (
        <pre className="rounded-md border bg-sunken p-3 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {text === null || text.trim() === "" ? (
            t("emptyMail")
          ) : (
            <Folded text={text.trim()} rule={FOLD}>
              {(shown) => shown}
            </Folded>
          )}
        </pre>
      ) : null}
    </TidyCard>
  );
}

function Page({ html, title }: { html: string; title: string }) {
  const t = useTranslations("looks");
  const source = useMemo(() => mailDocument(html.slice(0, MOST_PAGE), globalThis.__webpack_nonce__), [html]);
  return (
    <>
      <iframe
        sandbox=""
        srcDoc={source}
        title={t("mailFrame", { subject: title })}
        referrerPolicy="no-referrer"
        className="h-120 w-full resize-y rounded-md border border-line-strong bg-white"
      />
      {asksForRemote(html) ? <p className="text-12 text-muted">{t("remoteBlocked")}</p> : null}
    </>
  );
}
