"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { Table, Td, Th, Tr } from "../ui/table";
import { kindOf } from "./flow-layout";
import { FLOW_FILLS, sameFlow } from "./flow-picture";
import type { BehaviourReport } from "./report";

export type FlowEnds = { from: string | null; to: string | null };

const FIRST = 8;

type FlowTableProps = {
  flows: BehaviourReport["flows"];
  chosen: FlowEnds | null;
  onChoose: (flow: FlowEnds | null) => void;
  /** The flow that is pointed at. */
  onPoint: (flow: FlowEnds | null) => void;
};

/** The numbers of the picture. A flow that is chosen filters the list of alerts. */
export function FlowTable({ flows, chosen, onChoose, onPoint }: FlowTableProps) {
  const t = useTranslations("behaviour.flows");
  const more = useTranslations("behaviour.blast");
  const format = useFormatter();
  const [all, setAll] = useState(false);
  const name = (end: string | null) => end ?? t("nobody");
  const shown = all ? flows : flows.slice(0, FIRST);
  return (
    <>
      <Table label={t("title")}>
        <thead>
          <tr>
            <Th>{t("what")}</Th>
            <Th>{`${t("from")} → ${t("to")}`}</Th>
            <Th numeric>{t("alerts")}</Th>
          </tr>
        </thead>
        <tbody>
          {shown.map((flow) => {
            const kind = kindOf(flow);
            const text = `${name(flow.from)} → ${name(flow.to)}`;
            return (
              <Tr
                key={`${flow.from ?? ""} ${flow.to ?? ""} ${kind}`}
                onPointerEnter={() => onPoint(flow)}
                onPointerLeave={() => onPoint(null)}
              >
                <Td className="whitespace-nowrap">
                  <span className="inline-flex items-center gap-1.5 text-soft">
                    <span aria-hidden className={cn("size-2.5 rounded-xs", FLOW_FILLS[kind].swatch)} />
                    {t(`kinds.${kind}`)}
                  </span>
                </Td>
                <Td className="w-full">
                  {kind === "unchanged" ? (
                    <span className="font-mono text-12 text-soft [overflow-wrap:anywhere]">{name(flow.from)}</span>
                  ) : (
                    <button
                      type="button"
                      className="link min-h-6 text-left font-mono text-12 [overflow-wrap:anywhere] aria-pressed:font-medium"
                      aria-pressed={sameFlow(chosen, flow)}
                      aria-label={t("show", { from: name(flow.from), to: name(flow.to) })}
                      onClick={() => onChoose(sameFlow(chosen, flow) ? null : { from: flow.from, to: flow.to })}
                      onFocus={() => onPoint(flow)}
                      onBlur={() => onPoint(null)}
                    >
                      {text}
                    </button>
                  )}
                </Td>
                <Td numeric>{format.number(flow.alerts)}</Td>
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {flows.length > shown.length ? (
        <div className="border-t px-4 py-2">
          <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
            {more("more", { count: flows.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
