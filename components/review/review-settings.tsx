"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import type { ReviewPolicy, ReviewPolicyDto } from "@/lib/configuration/review/contract";
import { ErrorNotice } from "../http";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { FormField, Label } from "../ui/form-field";
import { Input } from "../ui/input";
import { Notice } from "../ui/severity";
import { Switch } from "../ui/switch";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";
import { CheckList } from "./check-list";
import { policyQuery, savePolicy } from "./queries";
import { Webhook } from "./webhook";

/** Which rules changes are reviewed by, and where a tenant's notices go. */
export function ReviewSettings() {
  const tenant = useTenant();
  const query = useQuery(policyQuery(tenant));
  return (
    <div className="grid gap-4">
      <Loaded query={query} rows={4}>
        {(known) => <PolicyForm key={known.version} known={known} />}
      </Loaded>
      {tenant.can("tenant:settings") ? <Webhook /> : null}
    </div>
  );
}

function PolicyForm({ known }: { known: ReviewPolicyDto }) {
  const t = useTranslations("review.policy");
  const tenant = useTenant();
  const client = useQueryClient();
  const { toast } = useToast();
  const id = useId();
  const [policy, setPolicy] = useState(known.policy);
  const save = useMutation({
    mutationFn: () => savePolicy(tenant, known.version, policy),
    onSuccess: async (next) => {
      client.setQueryData(policyQuery(tenant).queryKey, next);
      toast({ title: t("saved") });
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
    },
  });
  const set = (changes: Partial<ReviewPolicy>) => setPolicy((before) => ({ ...before, ...changes }));
  const setPages = (changes: Partial<ReviewPolicy["pages"]>) => set({ pages: { ...policy.pages, ...changes } });
  const disabled = !tenant.can("tenant:settings");
  const gone = policy.freeze.filter((name) => !known.intervals.includes(name));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save.mutate();
          }}
        >
          <fieldset disabled={disabled} className="grid max-w-[640px] gap-5">
            <legend className="sr-only">{t("title")}</legend>
            <Toggle
              id={`${id}-required`}
              label={t("required")}
              on={policy.required}
              set={(required) => set({ required })}
            />
            <FormField id={`${id}-approvals`} label={t("approvals")} className="max-w-40">
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={1}
                  max={10}
                  value={policy.approvals}
                  onChange={({ target }) => set({ approvals: Number(target.value) })}
                />
              )}
            </FormField>
            <Toggle
              id={`${id}-self`}
              label={t("selfApproval")}
              on={policy.selfApproval}
              set={(selfApproval) => set({ selfApproval })}
            />
            <CheckList
              legend={t("reviewers")}
              hint={t("reviewersHint")}
              options={known.candidates.map(({ id: value, name }) => ({ value, label: name }))}
              chosen={policy.reviewers}
              onChange={(reviewers) => set({ reviewers })}
            />
            <FormField id={`${id}-pages`} label={t("pages")} hint={t("pagesHint")} className="max-w-80">
              {(control) => (
                <Input
                  {...control}
                  type="number"
                  min={0}
                  max={10}
                  value={policy.pages.approvals}
                  onChange={({ target }) => setPages({ approvals: Number(target.value) })}
                />
              )}
            </FormField>
            <CheckList
              legend={t("pageReceivers")}
              hint={t("pageReceiversHint")}
              options={[...new Set([...known.receivers, ...policy.pages.receivers])].map((value) => ({
                value,
                label: value,
              }))}
              chosen={policy.pages.receivers}
              onChange={(receivers) => setPages({ receivers })}
            />
            <FormField id={`${id}-matchers`} label={t("matchers")} hint={t("matchersHint")}>
              {(control) => (
                <Textarea
                  {...control}
                  rows={2}
                  className="font-mono text-12"
                  defaultValue={policy.pages.matchers.join("\n")}
                  onChange={({ target }) => setPages({ matchers: linesOf(target.value) })}
                />
              )}
            </FormField>
            <CheckList
              legend={t("freeze")}
              hint={t("freezeHint")}
              options={[...new Set([...known.intervals, ...policy.freeze])].map((value) => ({ value, label: value }))}
              chosen={policy.freeze}
              onChange={(freeze) => set({ freeze })}
            />
            {gone.length > 0 ? <Notice level="warning" title={t("gone", { names: gone.join(", ") })} /> : null}
            {save.error ? <ErrorNotice error={save.error} /> : null}
            {disabled ? (
              <p className="text-muted">{t("onlyAdmins")}</p>
            ) : (
              <div>
                <Button type="submit" variant="primary" pending={save.isPending}>
                  {t("save")}
                </Button>
              </div>
            )}
          </fieldset>
        </form>
      </CardBody>
    </Card>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function Toggle({ id, label, on, set }: { id: string; label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <p className="flex items-center gap-2">
      <Switch id={id} checked={on} onCheckedChange={set} />
      <Label htmlFor={id}>{label}</Label>
    </p>
  );
}
