"use client";

import { Bell, Hash } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";

export type ChatMessageProps = {
  /** Where it appears: `#ops`, `@mara`, a chat's number. Without it the provider's webhook decides. */
  channel?: string;
  author: string;
  /** A picture in characters. */
  emoji?: string | undefined;
  /** What chats call something that writes by itself. */
  tag?: string;
  now?: string | undefined;
  /** Of a message that takes the place of an earlier one. */
  edited?: boolean;
  children: ReactNode;
};

/** One message in a chat: its channel, who writes, and what. */
export function ChatMessage({ channel = "", author, emoji, tag, now, edited, children }: ChatMessageProps) {
  const t = useTranslations("looks");
  return (
    <div className="min-w-0 overflow-hidden rounded-lg border border-line-strong bg-panel text-13">
      {channel === "" ? null : (
        <p className="flex items-center gap-1.5 border-b px-3.5 py-2 font-semibold [overflow-wrap:anywhere]">
          {channel.startsWith("#") ? <Hash className="size-3.5 shrink-0" aria-hidden /> : null}
          {channel.startsWith("#") ? <span className="sr-only">#</span> : null}
          <span className="min-w-0">{channel.replace(/^#/, "")}</span>
        </p>
      )}
      <div className="flex gap-2.5 px-3.5 py-3">
        <span
          className="flex size-9 shrink-0 items-center justify-center rounded-md border border-line-strong bg-sunken text-18"
          aria-hidden
        >
          {emoji ?? <Bell className="size-4 text-muted" />}
        </span>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-baseline gap-x-1.5">
            <strong className="font-semibold [overflow-wrap:anywhere]">{author || t("webhook")}</strong>
            {tag ? (
              <span className="rounded-sm border border-line-strong px-1 text-11 font-medium text-muted">{tag}</span>
            ) : null}
            <Clock now={now} />
            {edited ? <span className="text-12 text-muted">{t("edited")}</span> : null}
          </p>
          {children}
        </div>
      </div>
    </div>
  );
}

function Clock({ now }: { now: string | undefined }) {
  const format = useFormatter();
  const instant = new Date(now ?? "");
  if (Number.isNaN(instant.getTime())) return null;
  return (
    <time dateTime={instant.toISOString()} className="text-12 text-muted">
      {format.dateTime(instant, { hour: "2-digit", minute: "2-digit" })}
    </time>
  );
}
