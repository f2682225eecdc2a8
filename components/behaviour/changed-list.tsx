"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChangedAlert } from "@/lib/alertmanager";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { cn } from "../ui/cn";
import { type ChangeFilter, chosenAlerts, pageOf } from "./chosen-alerts";
import type { FlowEnds } from "./flow-table";
import { LabelChips } from "./label-chips";
import type { BehaviourReport } from "./report";
import { DAYS } from "./use-behaviour";

const FILTERS: readonly ChangeFilter[] = ["all", "lost", "gained", "moved"];
const KIND_TEXT: Record<ChangedAlert["kind"], string> = {
  gained: "text-success",
  lost: "text-critical",
  moved: "text-info",
};

type ChangedListProps = { report: BehaviourReport; flow: FlowEnds | null; onClear: () => void };

/** The label sets behind the numbers: which alerts, from whom to whom. */
export function ChangedList({ report, flow, onClear }: ChangedListProps) {
  const t = useTranslations("behaviour.changed");
  const [filter, setFilter] = useState<ChangeFilter>("all");
  const [wanted, setPage] = useState(0);
  const { changed = [], labelSets = { gained: 0, lost: 0, moved: 0 } } = report;
  const all = labelSets.gained + labelSets.lost + labelSets.moved;
  if (all === 0) return null;
  const { shown, from, to, count, page, last } = pageOf(chosenAlerts(changed, filter, flow), wanted);
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>{t("count", { count: all })}</CardAside>
      </CardHeader>
      <fieldset className="flex flex-wrap items-center gap-1 border-b px-4 py-2">
        <legend className="sr-only">{t("filter")}</legend>
        {FILTERS.map((kind) => (
          <Button
            key={kind}
            size="sm"
            variant="quiet"
            aria-pressed={filter === kind}
            onClick={() => {
              setFilter(kind);
              setPage(0);
            }}
          >
            {kind === "all" ? `${t("all")} ${all}` : `${t(`kinds.${kind}`)} ${labelSets[kind]}`}
          </Button>
        ))}
        {flow ? (
          <span className="ml-auto flex flex-wrap items-center gap-2 text-12">
            {t("onlyFlow", { from: flow.from ?? t("nobody"), to: flow.to ?? t("nobody") })}
            <Button size="sm" onClick={onClear}>
              {t("clear")}
            </Button>
          </span>
        ) : null}
      </fieldset>
      {count === 0 ? <p className="px-4 py-6 text-center text-muted">{t("none")}</p> : null}
      <ul>
        {shown.map((alert) => (
          <ChangedRow key={JSON.stringify(alert.labels)} alert={alert} made={report.basis === "witnesses"} />
        ))}
      </ul>
      {last > 0 ? (
        <div className="flex flex-wrap items-center justify-end gap-2 border-t px-4 py-2 text-12 text-muted">
          {t("page", { from, to, count })}
          <Button size="sm" disabled={page === 0} onClick={() => setPage(page - 1)}>
            {t("previous")}
          </Button>
          <Button size="sm" disabled={page === last} onClick={() => setPage(page + 1)}>
            {t("next")}
          </Button>
        </div>
      ) : null}
      {changed.length < all ? (
        <p className="border-t px-4 py-2 text-12 text-muted">
          {t("told", { count: Math.max(...FILTERS.map((kind) => changed.filter((one) => one.kind === kind).length)) })}
        </p>
      ) : null}
    </Card>
  );
}

function ChangedRow({ alert: { kind, labels, before, after, alerts }, made }: { alert: ChangedAlert; made: boolean }) {
  const t = useTranslations("behaviour.changed");
  return (
    <li className="grid gap-x-4 gap-y-1.5 border-b px-4 py-2.5 last:border-0 sm:grid-cols-[64px_minmax(0,1fr)_auto]">
      <span className={cn("font-medium", KIND_TEXT[kind])}>{t(`kinds.${kind}`)}</span>
      <div className="grid min-w-0 gap-1.5">
        {Object.keys(labels).length > 0 ? (
          <LabelChips labels={labels} />
        ) : (
          <span className="text-muted">{t("noLabels")}</span>
        )}
        <span className="font-mono text-12 [overflow-wrap:anywhere]">
          <span className="sr-only">{t("was")}</span>
          <Receivers names={before} without={after} className="text-critical line-through" />
          {" → "}
          <span className="sr-only">{t("is")}</span>
          <Receivers names={after} without={before} className="text-success" />
        </span>
      </div>
      <span className="text-12 text-muted sm:text-right">
        {made ? t("made") : t("fires", { count: alerts, days: DAYS })}
      </span>
    </li>
  );
}

/** Those that are only on this side stand out. */
function Receivers({
  names,
  without,
  className,
}: {
  names: readonly string[];
  without: readonly string[];
  className: string;
}) {
  const t = useTranslations("behaviour.changed");
  if (names.length === 0) return <span className="font-sans text-muted">{t("nobody")}</span>;
  return names.map((name, index) => (
    <span key={name}>
      {index > 0 ? ", " : ""}
      <span className={without.includes(name) ? undefined : className}>{name}</span>
    </span>
  ));
}
