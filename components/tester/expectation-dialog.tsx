"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { Expectation } from "@/lib/alertmanager";
import type { SavedExpectation } from "@/lib/configuration/contract";
import { expectationsQuery } from "../editor/queries";
import { writeExpectation } from "../expectations/queries";
import { FormDialog } from "../http/form-dialog";
import { useTenant } from "../http/tenant-context";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";
import { printLabels, readLabels } from "./alerts-text";
import { localText } from "./local-text";

const WAYS = ["receivers", "reaches", "not"] as const;

/** Changes one that is there: its name, what it is about, what it wants. */
export function ExpectationDialog({ seen, onClose }: { seen: SavedExpectation; onClose: () => void }) {
  const t = useTranslations("tester.expectation");
  const problems = useTranslations("tester.problems");
  const common = useTranslations("common");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const { expectation } = seen;
  const [labels, setLabels] = useState(() => printLabels(expectation.labels));
  const [lists, setLists] = useState(() => WAYS.map((way) => ({ way, text: (expectation[way] ?? []).join("\n") })));
  const [muted, setMuted] = useState(() => (expectation.muted === undefined ? "" : String(expectation.muted)));
  const read = readLabels(labels);
  const save = useMutation({
    mutationFn: (next: Expectation) => writeExpectation(tenant, next, seen),
    onSuccess: async ({ expectation: { name } }) => {
      await client.invalidateQueries({ queryKey: expectationsQuery(tenant).queryKey });
      toast({ level: "success", title: t("saved", { name }) });
      onClose();
    },
  });
  const submit = (form: FormData) => {
    const [first] = read.alerts;
    if (!first || read.problem || read.alerts.length > 1) return;
    const named = lists.flatMap(({ way, text }) => {
      const names = namesOf(text);
      return names.length > 0 ? [[way, names] as const] : [];
    });
    save.mutate({
      name: String(form.get("name")).trim(),
      labels: first,
      ...Object.fromEntries(named),
      ...(muted === "" ? {} : { at: new Date(String(form.get("at"))).toISOString(), muted: muted === "true" }),
    });
  };
  const problem = read.problem
    ? problems(read.problem.code, { line: read.problem.line })
    : read.alerts.length === 1
      ? undefined
      : t("oneAlert");
  return (
    <FormDialog
      title={t("edit")}
      description={t("text")}
      act={save}
      submit={common("save")}
      onSubmit={submit}
      onClose={onClose}
    >
      <FormField id={`${id}-name`} label={t("name")}>
        {(control) => (
          <Input {...control} name="name" required maxLength={160} defaultValue={expectation.name} autoComplete="off" />
        )}
      </FormField>
      <FormField id={`${id}-labels`} label={t("labels")} error={problem}>
        {(control) => (
          <Textarea
            {...control}
            mono
            value={labels}
            spellCheck={false}
            onChange={(event) => setLabels(event.target.value)}
          />
        )}
      </FormField>
      {lists.map(({ way, text }) => (
        <FormField key={way} id={`${id}-${way}`} label={t(`ways.${way}`)} hint={t(`wayHints.${way}`)}>
          {(control) => (
            <Textarea
              {...control}
              mono
              rows={1}
              className="min-h-8"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                const next = event.target.value;
                setLists(lists.map((one) => (one.way === way ? { way, text: next } : one)));
              }}
            />
          )}
        </FormField>
      ))}
      <FormField id={`${id}-muted`} label={t("muted")}>
        {(control) => (
          <Select {...control} value={muted} onChange={(event) => setMuted(event.target.value)}>
            <option value="">{t("mutedAny")}</option>
            <option value="true">{t("mutedTrue")}</option>
            <option value="false">{t("mutedFalse")}</option>
          </Select>
        )}
      </FormField>
      {muted === "" ? null : (
        <FormField id={`${id}-at`} label={t("at")}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              name="at"
              required
              defaultValue={localText(expectation.at ? new Date(expectation.at) : new Date())}
            />
          )}
        </FormField>
      )}
    </FormDialog>
  );
}

function namesOf(text: string): string[] {
  const names = text.split("\n").map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ""))];
}
