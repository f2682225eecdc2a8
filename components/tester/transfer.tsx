"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { printExpectations, readExpectations } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { expectationsQuery } from "../editor/queries";
import { importExpectations } from "../expectations/queries";
import { FormDialog } from "../http/form-dialog";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
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
  const said =
    text.trim() === "" || !problem
      ? undefined
      : t(`problems.${problem.code}`, {
          line: problem.line,
          what: problem.params.reason ?? problem.params.name ?? problem.params.field ?? "",
        });
  return (
    <FormDialog
      title={t("import")}
      description={t("importText")}
      act={load}
      submit={t("import")}
      disabled={!expectations}
      onSubmit={() => load.mutate()}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

const PLACEHOLDER = `expectations:
  - name: critical database alerts wake somebody
    labels: {team: database, severity: critical}
    reaches: [db-pager]
`;
