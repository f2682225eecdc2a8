"use client";

import { useTranslations } from "next-intl";
import { type Config, type Json, type Route, TIME_INTERVAL_STRUCT } from "@/lib/alertmanager";
import { StructList } from "../editor/struct-list";
import { useChange } from "../editor/use-change";
import { getIn } from "../fields/set-at";
import { PageHeader } from "../ui/page";

function uses(config: Config, name: string): number {
  const count = (route: Route): number =>
    [...(route.mute_time_intervals ?? []), ...(route.active_time_intervals ?? [])].filter((used) => used === name)
      .length + (route.routes ?? []).reduce((sum, child) => sum + count(child), 0);
  return config.route ? count(config.route) : 0;
}

function nameOf(entry: Json): string {
  const name = getIn(entry, ["name"]);
  return typeof name === "string" ? name : "";
}

function freeName(config: Config, wish: string): string {
  const taken = new Set(
    [...(config.time_intervals ?? []), ...(config.mute_time_intervals ?? [])].map(({ name }) => name),
  );
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) if (!taken.has(`${wish}-${number}`)) return `${wish}-${number}`;
}

export function TimeIntervals() {
  const t = useTranslations("editor.timeIntervals");
  const { config } = useChange();
  const shared = {
    struct: TIME_INTERVAL_STRUCT,
    titleOf: (entry: Json) => (
      <>
        <span className="font-mono font-medium">{nameOf(entry) || t("unnamed")}</span>
        <span className="text-12 text-muted">{t("usedBy", { count: uses(config, nameOf(entry)) })}</span>
      </>
    ),
    blocked: (entry: Json) => {
      const count = uses(config, nameOf(entry));
      return count > 0 ? t("inUse", { name: nameOf(entry), count }) : null;
    },
    words: { empty: t("empty"), emptyText: t("emptyText"), add: t("add") },
  };
  return (
    <>
      <PageHeader title={t("title")} facts={<span>{t("lead")}</span>} />
      <StructList
        section="time_intervals"
        blank={(current) => ({
          name: freeName(current, "weekends"),
          time_intervals: [{ weekdays: ["saturday", "sunday"] }],
        })}
        {...shared}
      />
      {config.mute_time_intervals ? (
        <>
          <h2 className="mt-2 font-mono text-14 font-semibold">mute_time_intervals</h2>
          <p className="text-muted">{t("oldList")}</p>
          <StructList
            section="mute_time_intervals"
            blank={(current) => ({ name: freeName(current, "mute") })}
            {...shared}
          />
        </>
      ) : null}
    </>
  );
}
