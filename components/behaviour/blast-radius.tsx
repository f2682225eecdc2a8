"use client";

import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { layFlows, picturedFlows } from "./flow-layout";
import { FlowPicture } from "./flow-picture";
import { type FlowEnds, FlowTable } from "./flow-table";
import { receiverRows } from "./receiver-rows";
import { ReceiversTable } from "./receivers-table";
import type { BehaviourReport } from "./report";
import { UrgencyChanges } from "./urgency-changes";
import { DAYS } from "./use-behaviour";

type BlastRadiusProps = {
  report: BehaviourReport;
  chosen: FlowEnds | null;
  onChoose: (flow: FlowEnds | null) => void;
};

/** Whom a change concerns: where alerts go, receiver by receiver, and who is reached less urgently. */
export function BlastRadius({ report, chosen, onChoose }: BlastRadiusProps) {
  const t = useTranslations("behaviour.blast");
  const rows = useMemo(() => receiverRows(report), [report]);
  const flows = useMemo(() => picturedFlows(report.flows), [report]);
  const picture = useMemo(() => layFlows(flows), [flows]);
  const [pointed, setPointed] = useState<FlowEnds | null>(null);
  const lit = useDeferredValue(pointed ?? chosen);
  const known = report.basis === "history";
  if (rows.length === 0 && report.urgencies.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>{known ? t("window", { days: DAYS }) : t("made")}</CardAside>
      </CardHeader>
      {picture.ribbons.length > 0 ? (
        <div className="grid border-b md:grid-cols-[minmax(0,1fr)_minmax(280px,2fr)] lg:grid-cols-1 xl:grid-cols-2">
          <FlowPicture picture={picture} lit={lit} />
          <div className="min-w-0 border-t md:border-t-0 md:border-l lg:border-t lg:border-l-0 xl:border-t-0 xl:border-l">
            <FlowTable flows={flows} chosen={chosen} onChoose={onChoose} onPoint={setPointed} />
          </div>
        </div>
      ) : null}
      {rows.length > 0 ? <ReceiversTable rows={rows} estimates={known} /> : null}
      <UrgencyChanges urgencies={report.urgencies} />
      {known ? <p className="border-t px-4 py-2 text-12 text-muted">{t("estimates")}</p> : null}
    </Card>
  );
}
