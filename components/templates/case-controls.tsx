"use client";

import { CaseStrip } from "../preview/case-strip";
import { SampleLine } from "../preview/sample-line";
import { usePreviewChoice, usePreviewer } from "../preview/use-preview";

const NONE = [] as const;

/** The cases and the sample of all previews of a tenant. */
export function CaseControls() {
  const previewer = usePreviewer();
  const choice = usePreviewChoice(previewer);
  return (
    <div className="grid gap-2 border-b px-4 py-3">
      <CaseStrip integrations={NONE} chosen={choice.case} onChoose={(id) => previewer.choose({ case: id })} />
      <SampleLine previewer={previewer} />
    </div>
  );
}
