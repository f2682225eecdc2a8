"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ChangeDto } from "@/lib/configuration/contract";
import type { ReviewDto } from "@/lib/configuration/review/contract";
import { FormDialog } from "../../http/form-dialog";
import { useReviewAct } from "./queries";

type AskForReviewProps = { change: ChangeDto; review: ReviewDto; onClose: () => void };

/** Nobody chosen: those whom the tenant asks by default. */
export function AskForReview({ change, review, onClose }: AskForReviewProps) {
  const t = useTranslations("review");
  const [chosen, setChosen] = useState<readonly string[]>(review.reviewers.map(({ id }) => id));
  const ask = useReviewAct(change.id, onClose);
  const toggle = (id: string, on: boolean) =>
    setChosen((before) => (on ? [...before, id] : before.filter((known) => known !== id)));
  return (
    <FormDialog
      title={t("ask")}
      description={t("askText")}
      act={ask}
      submit={t("ask")}
      onSubmit={() => ask.mutate({ path: "review", body: chosen.length > 0 ? { reviewers: chosen } : {} })}
      onClose={onClose}
    >
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 text-13 font-medium">{t("reviewers")}</legend>
        {review.candidates.map(({ id, name }) => (
          <label key={id} className="flex items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-current"
              checked={chosen.includes(id)}
              onChange={(event) => toggle(id, event.target.checked)}
            />
            {name}
          </label>
        ))}
      </fieldset>
      <p className="text-12 text-muted">{t("askDefault")}</p>
    </FormDialog>
  );
}
