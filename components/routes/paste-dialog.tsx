"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Textarea } from "../ui/textarea";
import { type Merge, mergeOf, type RouteTable, readLines, TABLE_KEYS } from "./route-tables";

type PasteDialogProps = { table: RouteTable; text: string; apply: (merge: Merge) => void; close: () => void };

/** Lines of a spreadsheet, and what they would do before they do it. */
export function PasteDialog({ table, text: pasted, apply, close }: PasteDialogProps) {
  const t = useTranslations("routes");
  const common = useTranslations("common");
  const [text, setText] = useState(pasted);
  const merge = mergeOf(table, readLines(text, table.label));
  const counts = { added: merge.added.length, changed: merge.changed.length };
  return (
    <Dialog open onOpenChange={(open) => !open && close()}>
      <DialogContent
        title={t("pasteTitle")}
        description={t("pasteText", { columns: [table.label, ...TABLE_KEYS].join(", ") })}
        footer={
          <>
            <Button onClick={close}>{common("cancel")}</Button>
            <Button
              variant="primary"
              disabled={counts.added + counts.changed === 0}
              onClick={() => {
                apply(merge);
                close();
              }}
            >
              {t("pasteApply")}
            </Button>
          </>
        }
      >
        <FormField id="pasted-lines" label={t("pasteLines")}>
          {(control) => (
            <Textarea mono rows={8} value={text} onChange={(event) => setText(event.target.value)} {...control} />
          )}
        </FormField>
        <p role="status" className="mt-2 text-muted">
          {t("pasteCounts", counts)}
        </p>
      </DialogContent>
    </Dialog>
  );
}
