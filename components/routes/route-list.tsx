"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { KeyLegend } from "./key-legend";
import { MarkedBar } from "./marked-bar";
import { useMarked, useMarks } from "./marks";
import { RouteChunk } from "./route-chunk";
import type { RouteRow } from "./route-edits";
import { COLUMNS } from "./route-line";
import { type RouteActions, rowElementId } from "./use-route-actions";
import { useRouteDrag } from "./use-route-drag";

const CHUNK = 30;

export type RouteListProps = {
  rows: readonly RouteRow[];
  /** Those of `rows` that the filter lets through. */
  visible: readonly RouteRow[];
  around: ReadonlySet<string>;
  selected: string;
  readOnly: boolean;
  actions: RouteActions;
};

export function RouteList({ rows, visible, around, selected, readOnly, actions }: RouteListProps) {
  const t = useTranslations("routes");
  const list = useRef<HTMLUListElement>(null);
  const over = useRouteDrag(list, actions.moveTo);
  const marks = useMarks();
  const marking = useMarked(marks).size > 0;
  useSelectedInSight(selected);
  useEffect(() => {
    marks.show(visible.flatMap(({ route, depth, right }) => (depth === 0 || right !== "all" ? [] : [route.id])));
  }, [marks, visible]);
  return (
    <Card className="@container overflow-clip">
      {readOnly ? null : <MarkedBar rows={rows} actions={actions} />}
      <div
        className={cn(
          COLUMNS,
          "items-end border-b py-1.5 pr-2 pl-1 text-12 font-medium text-muted @max-[640px]:hidden",
        )}
      >
        <span className="pl-20">{t("matchers")}</span>
        <span>receiver</span>
        {["group_wait", "group_interval", "repeat_interval"].map((key) => (
          <span key={key} className="text-right font-mono leading-4 font-normal">
            {key.replace("_", "_\u200b")}
          </span>
        ))}
        <span className="text-right leading-4 font-normal" title={t("recentTitle")}>
          {t("recent")}
        </span>
        <span className="sr-only">{t("actions")}</span>
      </div>
      <ul ref={list} aria-label={t("title")} className="group/list" data-marking={marking ? "" : undefined}>
        {chunksOf(visible).map(({ start, rows: chunk }) => (
          <RouteChunk
            key={start}
            rows={chunk}
            startsNear={start === 0}
            selected={chunk.some(({ route }) => route.id === selected) ? selected : ""}
            over={chunk.some(({ route }) => route.id === over?.id) ? over : null}
            around={around}
            readOnly={readOnly}
            actions={actions}
          />
        ))}
      </ul>
      {visible.length === 0 ? <p className="px-4 py-6 text-center text-muted">{t("nothingFound")}</p> : null}
      <KeyLegend readOnly={readOnly} />
    </Card>
  );
}

/** Known by where they start: a route that is added moves rows from one to the next, and none is made anew. */
function chunksOf(rows: readonly RouteRow[]): { start: number; rows: readonly RouteRow[] }[] {
  return Array.from({ length: Math.ceil(rows.length / CHUNK) }, (_, chunk) => {
    const start = chunk * CHUNK;
    return { start, rows: rows.slice(start, start + CHUNK) };
  });
}

/** Comes to the route that a link asked for. */
function useSelectedInSight(selected: string): void {
  const wanted = useRef(selected);
  useEffect(() => {
    const row = wanted.current === "" ? null : document.getElementById(rowElementId(wanted.current));
    row?.scrollIntoView({ block: "center" });
  }, []);
}
