"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { FormDialog } from "../../http/form-dialog";
import { FormField } from "../../ui/form-field";
import { Textarea } from "../../ui/textarea";
import { useReviewAct } from "./queries";

type VerdictDialogProps = { changeId: string; content: string; verdict: "approve" | "reject"; onClose: () => void };

/** `content` is what stood there when it was opened: an edit in between is refused, and said. */
export function VerdictDialog({ changeId, content, verdict, onClose }: VerdictDialogProps) {
  const t = useTranslations("review");
  const form = useId();
  const give = useReviewAct(changeId, onClose);
  const rejects = verdict === "reject";
  return (
    <FormDialog
      title={t(rejects ? "rejectTitle" : "approveTitle")}
      description={t(rejects ? "rejectText" : "approveText")}
      act={give}
      submit={t(verdict)}
      onSubmit={(fields) => {
        const text = String(fields.get("text"));
        give.mutate({ path: verdict, body: { content, ...(rejects ? { reason: text } : { comment: text }) } });
      }}
      onClose={onClose}
    >
      <FormField id={`${form}-text`} label={t(rejects ? "reason" : "comment")}>
        {(control) => <Textarea {...control} name="text" rows={3} maxLength={2000} required={rejects} />}
      </FormField>
    </FormDialog>
  );
}
