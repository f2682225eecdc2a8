"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type RefObject, useId } from "react";
import type { NoticeDto } from "@/lib/notices/contract";
import { ErrorNotice } from "../http/error-notice";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { Label } from "../ui/form-field";
import { Switch } from "../ui/switch";
import { RelativeTime } from "../ui/time";
import { markRead, noticesQuery, preferenceQuery, setPreference } from "./queries";

type NoticePanelProps = { trigger: RefObject<HTMLButtonElement | null>; onClose: () => void };

/** What one was told here, newest first, and whether it also comes by mail. */
export function NoticePanel({ trigger, onClose }: NoticePanelProps) {
  const t = useTranslations("notices");
  const tenant = useTenant();
  const client = useQueryClient();
  const query = useQuery(noticesQuery(tenant));
  const read = useMutation({
    mutationFn: (ids?: readonly string[]) => markRead(tenant, ids),
    onSuccess: (list) => client.setQueryData(noticesQuery(tenant).queryKey, list),
  });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className="max-w-[560px]"
        title={t("title")}
        trigger={trigger}
        footer={
          <Button
            pending={read.isPending}
            disabled={(query.data?.unread ?? 0) === 0}
            onClick={() => read.mutate(undefined)}
          >
            {t("readAll")}
          </Button>
        }
      >
        <div className="grid gap-3">
          <MailPreference />
          {read.error ? <ErrorNotice error={read.error} /> : null}
          <Loaded query={query} rows={3}>
            {({ notices }) =>
              notices.length === 0 ? (
                <p className="text-muted">{t("none")}</p>
              ) : (
                <ul className="grid gap-1">
                  {notices.map((notice) => (
                    <Item
                      key={notice.id}
                      notice={notice}
                      onOpen={() => {
                        if (!notice.read) read.mutate([notice.id]);
                        onClose();
                      }}
                    />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Item({ notice, onOpen }: { notice: NoticeDto; onOpen: () => void }) {
  const t = useTranslations("notices");
  const tenant = useTenant();
  const { kind, byName, number, title, detail, at, read, changeId } = notice;
  return (
    <li className="rounded-md border-l-2 px-3 py-1.5 data-[unread=true]:border-accent" data-unread={!read}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <Link href={tenant.href(`changes/${changeId}`)} onClick={onOpen} className="link font-medium">
          {t(`kinds.${kind}`, { name: byName ?? "Signalbox", what: `#${number} ${title}` })}
        </Link>
        {read ? null : <span className="text-12 text-info">{t("unread")}</span>}
        <RelativeTime value={at} className="text-12 text-muted" />
      </p>
      {detail ? <p className="text-12 [overflow-wrap:anywhere] text-soft">{detailText(kind, detail, t)}</p> : null}
    </li>
  );
}

/** A schedule is suspended for a reason that has a name, or in the words of what refused it. */
function detailText(kind: NoticeDto["kind"], detail: string, t: ReturnType<typeof useTranslations<"notices">>): string {
  return kind === "schedule_suspended" && /^[a-z_]+$/.test(detail) ? t(`suspended.${detail}`) : detail;
}

function MailPreference() {
  const t = useTranslations("notices");
  const tenant = useTenant();
  const client = useQueryClient();
  const id = useId();
  const { data } = useQuery(preferenceQuery(tenant));
  const set = useMutation({
    mutationFn: (mail: boolean) => setPreference(tenant, mail),
    onSuccess: (next) => client.setQueryData(preferenceQuery(tenant).queryKey, next),
  });
  if (!data?.mailPossible) return null;
  return (
    <p className="flex items-center gap-2">
      <Switch id={id} checked={data.mail} disabled={set.isPending} onCheckedChange={(mail) => set.mutate(mail)} />
      <Label htmlFor={id}>{t("byMail")}</Label>
    </p>
  );
}
