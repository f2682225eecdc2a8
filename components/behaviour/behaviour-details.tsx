"use client";

import { useState } from "react";
import { BlastRadius } from "./blast-radius";
import { ChangedList } from "./changed-list";
import type { FlowEnds } from "./flow-table";
import { Regrouped } from "./regrouped";
import type { BehaviourReport } from "./report";

/** All that a change means for alerts; nothing when it means nothing. */
export function BehaviourDetails({ report }: { report: BehaviourReport | undefined }) {
  const [flow, setFlow] = useState<FlowEnds | null>(null);
  if (!report) return null;
  return (
    <>
      <BlastRadius report={report} chosen={flow} onChoose={setFlow} />
      <ChangedList key={JSON.stringify(flow)} report={report} flow={flow} onClear={() => setFlow(null)} />
      <Regrouped report={report} />
    </>
  );
}
