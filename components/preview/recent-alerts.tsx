"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { PostedAlert } from "@/lib/alertmanager";
import type { AlertsPage } from "@/lib/history/contract";
import { recentAlertsQuery } from "../alert-history/queries";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { RelativeTime } from "../ui/time";
import { foundAlerts, sampleOf, titleOf } from "./found-alerts";

type Picking = { onPick: (alert: PostedAlert) => void };

/** A real alert instead of an invented one, of those that the tenant's own Prometheus sent lately. */
export function RecentAlerts({ onPick }: Picking) {
  const t = useTranslations("preview.sample");
  const [open, setOpen] = useState(false);
  if (open) return <Loaded onPick={onPick} />;
  return (
    <Button size="sm" onClick={() => setOpen(true)}>
      {t("recent")}
    </Button>
  );
}

function Loaded({ onPick }: Picking) {
  const t = useTranslations("preview.sample");
  const { data, error } = useQuery(recentAlertsQuery(useTenant()));
  if (error) return <Notice level="warning">{t("recentFailed", { reason: error.message })}</Notice>;
  if (!data) return <SkeletonRows label={t("recentLoading")} className="w-full" />;
  if (data.alerts.length === 0) return <Notice level="neutral">{t("recentNone")}</Notice>;
  return <Choice page={data} onPick={onPick} />;
}

function Choice({ page: { alerts, total }, onPick }: Picking & { page: AlertsPage }) {
  const t = useTranslations("preview.sample");
  const id = useId();
  const [text, setText] = useState("");
  const [picked, setPicked] = useState<string | null>(null);
  const found = foundAlerts(alerts, text);
  return (
    <div className="grid w-full min-w-0 gap-2">
      <FormField
        id={`${id}-filter`}
        label={t("recentFilter")}
        hint={total > alerts.length ? t("recentFirst", { shown: alerts.length, total }) : undefined}
      >
        {(control) => (
          <Input {...control} type="search" autoFocus value={text} onChange={(event) => setText(event.target.value)} />
        )}
      </FormField>
      {found.length === 0 ? (
        <p role="status" className="text-12 text-muted">
          {t("recentNoMatch")}
        </p>
      ) : (
        <ul aria-label={t("recentLabel")} className="max-h-52 overflow-y-auto rounded-md border border-line">
          {found.map((alert) => {
            const { name, rest } = titleOf(alert);
            return (
              <li key={alert.id} className="border-line not-last:border-b">
                <button
                  type="button"
                  aria-pressed={alert.id === picked}
                  className="grid w-full min-w-0 gap-0.5 px-2.5 py-1.5 text-left text-13 hover:bg-hover aria-pressed:bg-sunken"
                  onClick={() => {
                    setPicked(alert.id);
                    onPick(sampleOf(alert));
                  }}
                >
                  <span className="flex min-w-0 items-baseline gap-2">
                    <span className="min-w-0 truncate font-medium">{name}</span>
                    <span className="ml-auto text-12 whitespace-nowrap text-muted">
                      {t(alert.state)} · <RelativeTime value={alert.startsAt} />
                    </span>
                  </span>
                  <span className="truncate font-mono text-12 text-soft">{rest}</span>
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}
