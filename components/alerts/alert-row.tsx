"use client";

import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { useFormatter, useNow, useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { AlertDto } from "@/lib/history/contract";
import { useTenant } from "../http/tenant-context";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import { MoreButton, MoreTr } from "../ui/more-row";
import { Td, Tr } from "../ui/table";
import { ExactTime, RelativeTime } from "../ui/time";
import { isWebAddress, lasted } from "./alert-text";
import { ExpectAlert } from "./expect-alert";

/** One firing of one label set. */
export function AlertRow({ alert, onFilter }: { alert: AlertDto; onFilter: (name: string, value: string) => void }) {
  const t = useTranslations("alerts");
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const [open, setOpen] = useState(false);
  const id = useId();
  const { alertname, ...others } = alert.labels;
  const name = alertname ?? t("unnamed");
  const summary = alert.annotations.summary ?? alert.annotations.description ?? alert.annotations.message;
  const { count, unit } = lasted(alert, now);
  return (
    <>
      <Tr className={open ? "border-0 bg-hover" : undefined}>
        <Td className="align-top">
          <span
            className={cn(
              "inline-flex items-center gap-1.5 whitespace-nowrap",
              alert.state === "firing" ? "font-medium text-critical" : "text-muted",
            )}
          >
            <span
              aria-hidden
              className={cn(
                "size-2",
                alert.state === "firing" ? "bg-critical" : "rounded-full border border-line-field",
              )}
            />
            {t(`state.${alert.state}`)}
          </span>
        </Td>
        <Td className="align-top">
          <span className="grid gap-1">
            <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
            {summary ? <span className="line-clamp-2 text-soft [overflow-wrap:anywhere]">{summary}</span> : null}
            <span className="flex flex-wrap gap-1">
              {Object.entries(others)
                .sort(([one], [other]) => (one < other ? -1 : 1))
                .map(([label, value]) => (
                  <button
                    key={label}
                    type="button"
                    className="max-w-full rounded-sm text-left"
                    aria-label={t("filterBy", { matcher: `${label}="${value}"` })}
                    onClick={() => onFilter(label, value)}
                  >
                    <Chip name={label} operator="=" value={value} />
                  </button>
                ))}
            </span>
          </span>
        </Td>
        <Td className="align-top whitespace-nowrap text-soft">
          <RelativeTime value={alert.startsAt} />
        </Td>
        <Td numeric className="align-top text-soft max-sm:hidden">
          {format.number(count, { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 })}
        </Td>
        <Td numeric className="align-top">
          <MoreButton id={id} open={open} onToggle={() => setOpen(!open)} label={t("show", { name })} />
        </Td>
      </Tr>
      {open ? (
        <MoreTr id={id} columns={5}>
          <AlertDetails alert={alert} />
        </MoreTr>
      ) : null}
    </>
  );
}

function AlertDetails({ alert }: { alert: AlertDto }) {
  const t = useTranslations("alerts");
  const tenant = useTenant();
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-12">
      <dt className="text-muted">{t("started")}</dt>
      <dd>
        <ExactTime value={alert.startsAt} />
      </dd>
      <dt className="text-muted">{t(alert.state === "firing" ? "endsUnless" : "ended")}</dt>
      <dd>
        <ExactTime value={alert.endsAt} />
      </dd>
      {Object.entries(alert.annotations).map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="font-mono text-muted">{name}</dt>
          <dd className="whitespace-pre-wrap [overflow-wrap:anywhere]">
            {isWebAddress(value) ? <WebLink address={value} /> : value}
          </dd>
        </div>
      ))}
      <dt className="text-muted">{t("routed")}</dt>
      <dd>
        <Link
          className="link"
          href={`${tenant.href("tester")}?labels=${encodeURIComponent(JSON.stringify(alert.labels))}`}
        >
          {t("whereTo")}
        </Link>{" "}
        <ExpectAlert labels={alert.labels} />
      </dd>
      {alert.generatorURL !== "" ? (
        <>
          <dt className="text-muted">{t("source")}</dt>
          <dd className="[overflow-wrap:anywhere]">
            {isWebAddress(alert.generatorURL) ? <WebLink address={alert.generatorURL} /> : alert.generatorURL}
          </dd>
        </>
      ) : null}
    </dl>
  );
}

function WebLink({ address }: { address: string }) {
  return (
    <a href={address} target="_blank" rel="noreferrer noopener" className="link">
      {address} <ExternalLink className="inline size-3" aria-hidden />
    </a>
  );
}
