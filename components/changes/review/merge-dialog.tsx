"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { type ChangeDto, rebaseResultSchema } from "@/lib/configuration/contract";
import type { MergeConflict } from "@/lib/configuration/review/contract";
import { chosenChange } from "../../editor/chosen-change";
import { changeQuery } from "../../editor/queries";
import { chooseChange } from "../../editor/session";
import { api, ErrorNotice } from "../../http";
import { Loaded } from "../../http/loaded";
import { useTenant } from "../../http/tenant-context";
import { Button } from "../../ui/button";
import { Dialog, DialogContent } from "../../ui/dialog";
import { mergeQuery, reviewQuery } from "./queries";

/** Shows where this change and what was published since wrote the same place, all three sides, and lets somebody choose. */
export function MergeDialog({ change, onClose }: { change: ChangeDto; onClose: () => void }) {
  const t = useTranslations("review.merge");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const query = useQuery(mergeQuery(tenant, change.id));
  const [theirs, setTheirs] = useState<readonly string[]>([]);
  const rebase = useMutation({
    mutationFn: () =>
      api(tenant.endpoint(`changes/${change.id}/rebase`), {
        method: "POST",
        ifMatch: change.version,
        body: { theirs, ...(query.data?.live == null ? {} : { live: query.data.live }) },
        schema: rebaseResultSchema,
      }),
    onSuccess: async ({ change: next }) => {
      if (chosenChange(tenant.slug) === change.id) chooseChange(tenant, client, change.id);
      client.setQueryData(changeQuery(tenant, change.id).queryKey, next);
      onClose();
      await client.invalidateQueries({ queryKey: reviewQuery(tenant, change.id).queryKey });
    },
    onError: () => query.refetch(),
  });
  const choose = (label: string, side: "mine" | "theirs") =>
    setTheirs((before) => [...before.filter((known) => known !== label), ...(side === "theirs" ? [label] : [])]);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className="max-w-[960px]"
        title={t("title")}
        description={t("text")}
        footer={
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button variant="primary" pending={rebase.isPending} disabled={!query.data} onClick={() => rebase.mutate()}>
              {t("apply")}
            </Button>
          </>
        }
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
          {rebase.error ? <ErrorNotice error={rebase.error} /> : null}
          <Loaded query={query} rows={3}>
            {({ conflicts }) =>
              conflicts.length === 0 ? (
                <p className="text-muted">{t("none")}</p>
              ) : (
                conflicts.map((conflict) => (
                  <ConflictChoice
                    key={conflict.label}
                    conflict={conflict}
                    side={theirs.includes(conflict.label) ? "theirs" : "mine"}
                    choose={(side) => choose(conflict.label, side)}
                  />
                ))
              )
            }
          </Loaded>
        </div>
      </DialogContent>
    </Dialog>
  );
}

type ConflictChoiceProps = {
  conflict: MergeConflict;
  side: "mine" | "theirs";
  choose: (side: "mine" | "theirs") => void;
};

function ConflictChoice({ conflict, side, choose }: ConflictChoiceProps) {
  const t = useTranslations("review.merge");
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-mono text-12 [overflow-wrap:anywhere]">{conflict.label}</legend>
      <div className="grid gap-2 md:grid-cols-3">
        <div className="rounded-md border">
          <p className="border-b px-3 py-1.5 text-muted">{t("base")}</p>
          <Value value={conflict.base} />
        </div>
        {(["mine", "theirs"] as const).map((one) => (
          <label
            key={one}
            className="block cursor-pointer rounded-md border border-line-strong has-checked:border-accent has-checked:bg-accent-soft"
          >
            <span className="flex items-center gap-2 border-b px-3 py-1.5 font-medium">
              <input
                type="radio"
                name={`side ${conflict.label}`}
                checked={side === one}
                onChange={() => choose(one)}
                className="accent-(--accent-fill)"
              />
              {t(one)}
            </span>
            <Value value={conflict[one]} />
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Value({ value }: { value: MergeConflict["mine"] }) {
  const t = useTranslations("review.merge");
  return (
    <pre className="max-h-48 overflow-auto px-3 py-2 font-mono text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {value === undefined ? t("absent") : typeof value === "string" ? value : JSON.stringify(value, null, 2)}
    </pre>
  );
}
