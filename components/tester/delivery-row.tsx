"use client";

import Link from "next/link";
import { useFormatter, useTranslations } from "next-intl";
import type { Config, Delivery } from "@/lib/alertmanager";
import { printDuration } from "@/lib/alertmanager/go/duration";
import { useTenant } from "../http/tenant-context";
import { Chip } from "../ui/chip";
import { Severity } from "../ui/severity";
import { originOf, routeNumber } from "./why-rows";

const TIMERS = ["group_wait", "group_interval", "repeat_interval"] as const;

type DeliveryRowProps = { delivery: Delivery; inhibited: boolean; config: Config; at: number };

/** One receiver: its group, its timers and where they come from, and whether it would hear of the alert. */
export function DeliveryRow({ delivery, inhibited, config, at }: DeliveryRowProps) {
  const t = useTranslations("tester");
  const tenant = useTenant();
  const { match } = delivery;
  const origin = (key: (typeof TIMERS)[number] | "group_by") => {
    const found = originOf(config.route, match.path, key);
    if (!found) return t("byDefault");
    if (found === match.route) return t("own");
    return t("from", { route: routeNumber(found) || t("root") });
  };
  const group = Object.entries(match.groupLabels);
  return (
    <li className="rounded-md border">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2">
        <Link
          className="link font-mono text-13 font-medium [overflow-wrap:anywhere]"
          href={`${tenant.href("routes")}?route=${encodeURIComponent(match.route.id)}`}
        >
          {match.receiver || t("noReceiver")}
        </Link>
        <span className="text-muted">
          {match.route.parent ? t("byRoute", { route: routeNumber(match.route) }) : t("byRoot")}
        </span>
        <span className="ml-auto">
          {delivery.mutedBy ? (
            <Severity level="warning">{t("muted")}</Severity>
          ) : inhibited ? (
            <Severity level="warning">{t("isInhibited")}</Severity>
          ) : (
            <Severity level="success">{t("speaks")}</Severity>
          )}
        </span>
      </div>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 px-3 py-2 text-12 max-sm:grid-cols-1">
        <dt className="text-muted">{t("when")}</dt>
        <dd>
          <When delivery={delivery} at={at} />
        </dd>
        <dt className="text-muted">{t("group")}</dt>
        <dd className="flex flex-wrap items-center gap-1">
          {group.length === 0 ? t("oneGroup") : null}
          {group.map(([name, value]) => (
            <Chip key={name} name={name} operator="=" value={value} />
          ))}
          <span className="text-muted">{origin("group_by")}</span>
        </dd>
        <dt className="text-muted">{t("groupKey")}</dt>
        <dd className="font-mono [overflow-wrap:anywhere]">{match.groupKey}</dd>
        {TIMERS.map((key) => (
          <div key={key} className="contents">
            <dt className="font-mono text-muted">{key}</dt>
            <dd>
              <span className="font-mono">{printDuration(match.options[key])}</span>{" "}
              <span className="text-muted">{origin(key)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </li>
  );
}

function When({ delivery: { mutedBy, mutedUntil, mutedFrom, firstAt }, at }: { delivery: Delivery; at: number }) {
  const t = useTranslations("tester");
  const format = useFormatter();
  const time = (instant: number) =>
    format.dateTime(new Date(instant), {
      ...{ weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" },
      timeZoneName: "short",
    });
  return (
    <span className="grid gap-0.5">
      {mutedBy ? (
        <span>
          {t(`mutedBy.${mutedBy.kind}`, { intervals: mutedBy.intervals.join(", ") })}{" "}
          {mutedUntil === null ? t("mutedForGood") : t("mutedUntil", { time: time(mutedUntil) })}
        </span>
      ) : null}
      <span>
        {firstAt === null ? t("firstNever") : t("firstAt", { at: time(at), time: time(firstAt) })}{" "}
        {mutedFrom === null ? "" : t("mutedFrom", { time: time(mutedFrom) })}
      </span>
    </span>
  );
}
