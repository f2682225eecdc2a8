"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { printExpectations, readExpectations } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { expectationsQuery } from "../editor/queries";
import { importExpectations } from "../expectations/queries";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { FormField } from "../ui/form-field";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";

/** Out as a file for version control and `signalbox test`, and in again. */
export function Transfer({ list }: { list: readonly SavedExpectation[] }) {
  const t = useTranslations("tester.transfer");
  const tenant = useTenant();
  const [open, setOpen] = useState(false);
  return (
    <>
      {list.length > 0 ? (
        <Button size="sm" onClick={() => download(printExpectations(list.map(({ expectation }) => expectation)))}>
          {t("export")}
        </Button>
      ) : null}
      {tenant.can("configuration:edit") ? (
        <Button size="sm" onClick={() => setOpen(true)}>
          {t("import")}
        </Button>
      ) : null}
      {open ? <ImportDialog onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function download(text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = "expectations.yml";
  link.click();
  URL.revokeObjectURL(url);
}

function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations("tester.transfer");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const [text, setText] = useState("");
  const { expectations, problem } = readExpectations(text);
  const load = useMutation({
    mutationFn: () => importExpectations(tenant, text),
    onSuccess: async (counts) => {
      await client.invalidateQueries({ queryKey: expectationsQuery(tenant).queryKey });
      toast({ level: "success", title: t("imported", counts) });
      onClose();
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (expectations) load.mutate();
  };
  const said =
    text.trim() === "" || !problem
      ? undefined
      : t(`problems.${problem.code}`, {
          line: problem.line,
          what: problem.params.reason ?? problem.params.name ?? problem.params.field ?? "",
        });
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title={t("import")}
        description={t("importText")}
        footer={
          <>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" form={id} variant="primary" pending={load.isPending} disabled={!expectations}>
              {t("import")}
            </Button>
          </>
        }
      >
        <form id={id} onSubmit={submit} className="grid gap-3">
          {load.isError ? <ErrorNotice error={load.error} /> : null}
          <FormField
            id={`${id}-yaml`}
            label={t("yaml")}
            error={said}
            hint={expectations ? t("read", { count: expectations.length }) : undefined}
          >
            {(control) => (
              <Textarea
                {...control}
                mono
                rows={10}
                className="max-h-96"
                spellCheck={false}
                placeholder={PLACEHOLDER}
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </FormField>
        </form>
      </DialogContent>
    </Dialog>
  );
}

const PLACEHOLDER = `expectations:
  - name: critical database alerts wake somebody
    labels: {team: database, severity: critical}
    reaches: [db-pager]
`;
