"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import { ErrorNotice } from "../../http";
import { Button } from "../../ui/button";
import { Dialog, DialogContent } from "../../ui/dialog";
import { FormField } from "../../ui/form-field";
import { Textarea } from "../../ui/textarea";
import { useReviewAct } from "./queries";

type VerdictDialogProps = { changeId: string; content: string; verdict: "approve" | "reject"; onClose: () => void };

/** `content` is what stood there when it was opened: an edit in between is refused, and said. */
export function VerdictDialog({ changeId, content, verdict, onClose }: VerdictDialogProps) {
  const t = useTranslations("review");
  const common = useTranslations("common");
  const form = useId();
  const give = useReviewAct(changeId, onClose);
  const rejects = verdict === "reject";
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t(rejects ? "rejectTitle" : "approveTitle")}
        description={t(rejects ? "rejectText" : "approveText")}
        footer={
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" form={form} variant="primary" pending={give.isPending}>
              {t(verdict)}
            </Button>
          </>
        }
      >
        <form
          id={form}
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const text = String(new FormData(event.currentTarget).get("text"));
            give.mutate({ path: verdict, body: { content, ...(rejects ? { reason: text } : { comment: text }) } });
          }}
        >
          {give.error ? <ErrorNotice error={give.error} /> : null}
          <FormField id={`${form}-text`} label={t(rejects ? "reason" : "comment")}>
            {(control) => <Textarea {...control} name="text" rows={3} maxLength={2000} required={rejects} />}
          </FormField>
        </form>
      </DialogContent>
    </Dialog>
  );
}
