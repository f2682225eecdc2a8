"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { type CreateTarget, createTargetSchema, TARGET_KINDS, type TargetKind } from "@/lib/targets/contract";
import { api } from "../http/api";
import { FormDialog } from "../http/form-dialog";
import { Button } from "../ui/button";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import { Textarea } from "../ui/textarea";
import { useToast } from "../ui/toast";
import { operatorTargetsQuery } from "./queries";
import { readTarget } from "./read-target";
import { ReplicaFields } from "./replica-fields";
import { TenantChoice } from "./tenant-choice";

export function NewTarget({ onClose }: { onClose: () => void }) {
  const t = useTranslations("platform.targets");
  const form = useId();
  const client = useQueryClient();
  const { toast } = useToast();
  const [kind, setKind] = useState<TargetKind>("alertmanager");
  const [replicas, setReplicas] = useState([0]);
  const nextReplica = useRef(1);
  const [problems, setProblems] = useState<ReadonlyMap<string, string>>(new Map());
  const create = useMutation({
    mutationFn: (body: CreateTarget) => api("/api/platform/targets", { method: "POST", body }),
    onSuccess: async (_, body) => {
      toast({ title: t("created", { name: body.name }) });
      await client.invalidateQueries({ queryKey: operatorTargetsQuery.queryKey });
      onClose();
    },
  });

  const onSubmit = (fields: FormData) => {
    const parsed = createTargetSchema.safeParse(readTarget(fields, kind, replicas));
    if (!parsed.success) {
      setProblems(new Map(parsed.error.issues.map((issue) => [issue.path.join("."), issue.message])));
      return;
    }
    setProblems(new Map());
    create.mutate(parsed.data);
  };

  return (
    <FormDialog
      title={t("add")}
      className="max-w-[560px]"
      act={create}
      submit={t("add")}
      noValidate
      onSubmit={onSubmit}
      onClose={onClose}
    >
      <FormField id={`${form}-tenant`} label={t("tenant")} error={problems.get("tenantId")}>
        {(control) => <TenantChoice {...control} name="tenantId" />}
      </FormField>
      <FormField id={`${form}-name`} label={t("name")} error={problems.get("name")}>
        {(control) => <Input {...control} mono name="name" placeholder="production" autoComplete="off" />}
      </FormField>
      <FormField id={`${form}-kind`} label={t("kind")} hint={t(`kindHint.${kind}`)}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onChange={(event) => setKind(TARGET_KINDS.find((known) => known === event.target.value) ?? kind)}
          >
            {TARGET_KINDS.map((known) => (
              <option key={known} value={known}>
                {known}
              </option>
            ))}
          </Select>
        )}
      </FormField>
      <FormField
        id={`${form}-version`}
        label={t("version")}
        hint={t(`versionHint.${kind}`)}
        error={problems.get("version")}
      >
        {(control) => <Input {...control} mono name="version" placeholder="0.34" autoComplete="off" />}
      </FormField>
      {kind === "file" ? (
        <FormField id={`${form}-path`} label={t("path")} error={problems.get("path")}>
          {(control) => (
            <Input {...control} mono name="path" placeholder="/etc/alertmanager/alertmanager.yml" autoComplete="off" />
          )}
        </FormField>
      ) : (
        <>
          {replicas.map((key, index) => (
            <ReplicaFields
              key={key}
              prefix={`replica-${key}`}
              number={index + 1}
              problems={problems}
              problemPath={`replicas.${index}`}
              onRemove={
                replicas.length > 1 ? () => setReplicas((before) => before.filter((other) => other !== key)) : undefined
              }
            />
          ))}
          <Button
            size="sm"
            className="justify-self-start"
            onClick={() => {
              const key = nextReplica.current;
              nextReplica.current += 1;
              setReplicas((before) => [...before, key]);
            }}
          >
            <Plus aria-hidden />
            {t("addReplica")}
          </Button>
          <label className="flex items-start gap-2 text-13">
            <input type="checkbox" name="allowTestAlerts" className="mt-0.5 size-4 accent-current" />
            <span>
              {t("allowTestAlerts")}
              <span className="block text-12 text-muted">{t("allowTestAlertsHint")}</span>
            </span>
          </label>
        </>
      )}
      <FormField
        id={`${form}-injected`}
        label={t("injected")}
        hint={t("injectedHint")}
        error={problems.get("injectedMatchers")}
      >
        {(control) => (
          <Textarea {...control} mono rows={1} className="min-h-8" name="injectedMatchers" spellCheck={false} />
        )}
      </FormField>
      <FormField id={`${form}-mode`} label={t("mode")} error={problems.get("mode")}>
        {(control) => (
          <Select {...control} mono name="mode" defaultValue="0640">
            <option>0600</option>
            <option>0640</option>
            <option>0660</option>
          </Select>
        )}
      </FormField>
    </FormDialog>
  );
}
