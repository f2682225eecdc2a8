"use client";

import { useEffect, useState } from "react";
import { late, useLate } from "../ui/late";
import { answerStepUp } from "./step-up";

const dialog = late(() => import("./step-up-dialog"));

/** Opens the dialog when a request anywhere on the page needs a fresh proof; the request is then repeated, or given up. */
export function StepUpOpener() {
  const [asked, setAsked] = useState<{ answer: (proven: boolean) => void } | null>(null);
  const part = useLate(dialog);
  useEffect(
    () =>
      answerStepUp(() => {
        dialog.want();
        return new Promise((answer) => setAsked({ answer }));
      }),
    [],
  );
  if (!part || !asked) return null;
  const onEnd = (proven: boolean) => {
    asked.answer(proven);
    setAsked(null);
  };
  return <part.StepUpDialog open onEnd={onEnd} />;
}
