"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { parseAsInteger, useQueryState } from "nuqs";
import { useMemo } from "react";
import { diffConfig, planLine } from "@/lib/alertmanager";
import type { RevisionDto } from "@/lib/configuration/contract";
import { chooseChange } from "../editor/session";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardHeader, CardTitle } from "../ui/card";
import { FormField } from "../ui/form-field";
import { PageBody, PageHeader } from "../ui/page";
import { Select } from "../ui/select";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { ExactTime } from "../ui/time";
import { PlanLine } from "./plan-line";
import { restoreRevision, revisionQuery, revisionsQuery } from "./queries";
import { StepsList } from "./steps-list";
import { TemplateDiffs } from "./template-diffs";
import { TextDiff } from "./text-diff";

export function RevisionPage({ number }: { number: number }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const { data, error, refetch } = useQuery(revisionQuery(tenant, number));
  if (error) {
    return (
      <PageBody>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  return data ? (
    <Revision revision={data} />
  ) : (
    <PageBody>
      <SkeletonRows label={t("loading")} />
    </PageBody>
  );
}

/** One revision beside another, by default the one before it. */
function Revision({ revision }: { revision: RevisionDto }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const [chosen, setChosen] = useQueryState("with", parseAsInteger);
  const { data: list } = useQuery(revisionsQuery(tenant));
  const others = (list ?? []).map(({ number }) => number).filter((number) => number !== revision.number);
  const previous = others.filter((number) => number < revision.number).sort((a, b) => b - a)[0];
  const other = chosen ?? previous ?? null;
  const { data: base } = useQuery({ ...revisionQuery(tenant, other ?? 0), enabled: other !== null });
  const changes = useMemo(() => (base ? diffConfig(base.document, revision.document) : null), [base, revision]);

  return (
    <PageBody wide>
      <PageHeader
        title={t("revision", { number: revision.number })}
        facts={
          <>
            {revision.live ? <Severity level="success">{t("live")}</Severity> : null}
            <span>{revision.title}</span>
            <span>{revision.createdBy}</span>
            <ExactTime value={revision.publishedAt ?? revision.createdAt} />
            <code>{revision.sha256.slice(0, 12)}</code>
          </>
        }
        actions={tenant.can("configuration:edit") && !revision.live ? <Restore number={revision.number} /> : null}
      />
      {revision.comment ? <p>{revision.comment}</p> : null}
      {others.length > 0 ? (
        <FormField id="compare" label={t("compareWith")} className="max-w-[240px]">
          {(control) => (
            <Select value={other ?? ""} onChange={(event) => void setChosen(Number(event.target.value))} {...control}>
              {others
                .toSorted((a, b) => b - a)
                .map((number) => (
                  <option key={number} value={number}>
                    {t("revision", { number })}
                  </option>
                ))}
            </Select>
          )}
        </FormField>
      ) : null}
      {changes ? (
        <Card>
          <CardHeader>
            <CardTitle>{t("differences", { number: other ?? 0 })}</CardTitle>
          </CardHeader>
          <PlanLine plan={planLine(changes)} />
          <div className="border-t">
            <StepsList changes={changes} />
          </div>
        </Card>
      ) : null}
      <TextDiff title="alertmanager.yml" before={base?.yaml ?? ""} after={revision.yaml} />
      <TemplateDiffs before={base?.document.templates ?? []} after={revision.document.templates} />
    </PageBody>
  );
}

/** Opens a change that holds this revision's document; it is reviewed and published like any other. */
function Restore({ number }: { number: number }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const restore = useMutation({
    mutationFn: () => restoreRevision(tenant, number),
    onSuccess: async (change) => {
      chooseChange(tenant, client, change.id);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
      router.push(tenant.href(`changes/${change.id}`));
    },
  });
  return (
    <>
      <Button pending={restore.isPending} onClick={() => restore.mutate()}>
        {t("restore")}
      </Button>
      {restore.error ? <ErrorNotice error={restore.error} className="w-full" /> : null}
    </>
  );
}
