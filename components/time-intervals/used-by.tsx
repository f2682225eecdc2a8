"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { timeIntervalUses } from "../editor/route-uses";
import { useEditorState } from "../editor/use-change";
import { MatcherChips } from "../fields/matchers-input";
import { useTenant } from "../http/tenant-context";
import { routeOf } from "./route-of";

const SHOWN = 12;

/** The routes that mute or are active by an interval. */
export function UsedBy({ name }: { name: string }) {
  const t = useTranslations("time-intervals.usedBy");
  const tenant = useTenant();
  const route = useEditorState(routeOf);
  const uses = useMemo(() => (route ? timeIntervalUses({ route }, name) : []), [route, name]);
  return (
    <section className="border-t px-4 py-3" aria-label={t("label", { name })}>
      <h2 className="text-12 font-medium text-muted">{t("title")}</h2>
      {uses.length === 0 ? <p className="mt-1">{t("nobody")}</p> : null}
      <ul className="mt-1 grid gap-1">
        {uses.slice(0, SHOWN).map(({ id, number, key, matchers }) => (
          <li key={`${id}-${key}`} className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Link className="link" href={`${tenant.href("routes")}?route=${encodeURIComponent(id)}`}>
              {number === "" ? t("root") : t("route", { number })}
            </Link>
            <span className="text-muted">{t(key === "mute_time_intervals" ? "mutes" : "activates")}</span>
            <span className="flex min-w-0 flex-wrap gap-1">
              {matchers.length === 0 ? <span className="text-muted">{t("anyAlert")}</span> : null}
              {matchers.map((text) => (
                <MatcherChips key={text} text={text} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {uses.length > SHOWN ? (
        <p className="mt-1 text-12 text-muted">{t("more", { count: uses.length - SHOWN })}</p>
      ) : null}
    </section>
  );
}
