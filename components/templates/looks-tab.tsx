"use client";

import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useState } from "react";
import { receiversUsing, templateSymbols } from "@/lib/alertmanager";
import { useChange } from "../editor/use-change";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { EmptyState } from "../ui/empty-state";
import { SkeletonRows } from "../ui/skeleton";
import { useOpenFile, useProfiles } from "./use-templates";

const Controls = lazy(async () => ({ default: (await import("./case-controls")).CaseControls }));
const View = lazy(async () => ({
  default: (await import("../preview/receiver-preview-view")).ReceiverPreviewView,
}));

/** So many are open at first: each is asked for with every keystroke. */
const OPEN_AT_FIRST = 4;

/** What every receiver that uses the file sends, in the chosen case. */
export function LooksTab() {
  const t = useTranslations("templates.live");
  const { document } = useChange();
  const { open } = useOpenFile(document.templates);
  const [profile] = useProfiles();
  if (!open || !profile) return <EmptyState title={t("noFile")} />;
  const receivers = receiversUsing(templateSymbols(document, profile), open.name).flatMap(
    (index) => document.config.receivers?.[index] ?? [],
  );
  if (receivers.length === 0) {
    return (
      <EmptyState title={t("noReceiver")}>
        <p>{t("noReceiverText")}</p>
      </EmptyState>
    );
  }
  return (
    <Suspense fallback={<SkeletonRows label={t("loading")} className="py-4" />}>
      <Controls />
      {receivers.map(({ id, name }, index) => (
        <ReceiverLooks key={id} id={id} name={name} startsOpen={index < OPEN_AT_FIRST} />
      ))}
    </Suspense>
  );
}

function ReceiverLooks({ id, name, startsOpen }: { id: string; name: string; startsOpen: boolean }) {
  const t = useTranslations("templates.live");
  const tenant = useTenant();
  const [open, setOpen] = useState(startsOpen);
  return (
    <section aria-label={`${t("receiver")} ${name}`} className="border-b">
      <div className="flex items-center gap-2 bg-sunken px-4 py-1.5">
        <Button
          size="sm"
          variant="quiet"
          className="min-w-0 flex-1 justify-start"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight aria-hidden className={cn("transition-transform", open && "rotate-90")} />
          <span className="truncate">{name}</span>
        </Button>
        <Link href={tenant.href(`receivers/${id}`)} className="link text-12" aria-label={t("openReceiver", { name })}>
          {t("receiver")}
        </Link>
      </div>
      {open ? (
        <Suspense fallback={<SkeletonRows label={t("loading")} className="py-4" />}>
          <View receiverId={id} show="looks" controls={false} />
        </Suspense>
      ) : null}
    </section>
  );
}
