"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type ConfigDocument, DEFAULT_PROFILE_ID, diffConfig, planLine, renderConfig } from "@/lib/alertmanager";
import type { ChangeDto } from "@/lib/configuration/contract";
import { changeQuery, liveQuery, targetsQuery } from "../editor/queries";
import { chooseChange, editorSession } from "../editor/session";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { BarActions } from "../ui/bar";
import { Button } from "../ui/button";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { Input } from "../ui/input";
import { PageBody, PageHeader } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { RelativeTime } from "../ui/time";
import { useEditChange } from "./change-list";
import { Checks } from "./checks";
import { Outdated } from "./outdated";
import { PlanLine } from "./plan-line";
import { PublishPanel } from "./publish-panel";
import { abandonChange, retitleChange, revisionQuery } from "./queries";
import { StepsList } from "./steps-list";
import { TemplateDiffs } from "./template-diffs";
import { TextDiff } from "./text-diff";

const NOTHING: ConfigDocument = { config: {}, templates: [], source: null };

export function ReviewPage({ id }: { id: string }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const { data, error, refetch } = useQuery(changeQuery(tenant, id));
  if (error) {
    return (
      <PageBody>
        <ErrorNotice error={error} onRetry={() => void refetch()} />
      </PageBody>
    );
  }
  return data ? (
    <Review change={data} />
  ) : (
    <PageBody>
      <SkeletonRows label={t("loading")} />
    </PageBody>
  );
}

/** A draft is compared with what is live now; what was published, with what it replaced. */
function useBefore(change: ChangeDto): ConfigDocument | undefined {
  const tenant = useTenant();
  const open = change.status === "draft" || change.status === "frozen";
  const base = change.baseRevision;
  const live = useQuery({ ...liveQuery(tenant), enabled: open });
  const revision = useQuery({ ...revisionQuery(tenant, base ?? 0), enabled: !open && base !== null });
  if (open) return live.data?.document;
  return base === null ? NOTHING : revision.data?.document;
}

function useDiagnostics(change: ChangeDto) {
  const tenant = useTenant();
  const client = useQueryClient();
  const { data: targets } = useQuery(targetsQuery(tenant));
  const profiles =
    targets && targets.length > 0 ? [...new Set(targets.map(({ profile }) => profile))] : [DEFAULT_PROFILE_ID];
  return useQuery({
    queryKey: ["tenant", tenant.slug, "analysis", change.id, change.version, profiles.join()],
    queryFn: () => editorSession(tenant, client).worker.analyse(change.document, change.secrets, profiles),
    enabled: change.status === "draft",
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Review({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const edit = useEditChange();
  const before = useBefore(change);
  const analysis = useDiagnostics(change);
  const diff = useMemo(() => {
    if (!before) return null;
    const changes = diffConfig(before, change.document);
    return {
      changes,
      plan: planLine(changes),
      before: renderConfig(before).yaml,
      after: renderConfig(change.document).yaml,
    };
  }, [before, change.document]);
  const mayEdit = change.status === "draft" && tenant.can("configuration:edit");

  return (
    <PageBody wide>
      {mayEdit ? (
        <BarActions>
          <Button onClick={() => edit(change.id)}>{t("editDraft")}</Button>
        </BarActions>
      ) : null}
      <PageHeader
        title={<Title change={change} editable={mayEdit} />}
        facts={
          <>
            <span>{t(`statuses.${change.status}`)}</span>
            <span>{change.createdBy}</span>
            <span>
              {t("opened")} <RelativeTime value={change.createdAt} />
            </span>
            {change.baseRevision === null ? null : <span>{t("onRevision", { number: change.baseRevision })}</span>}
          </>
        }
        actions={mayEdit ? <Abandon change={change} /> : null}
      />
      <Outdated change={change} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid min-w-0 gap-4">
          {diff ? (
            <>
              <Card>
                <PlanLine plan={diff.plan} />
              </Card>
              <Card>
                <CardHeader>
                  <CardTitle>{t("whatChanges")}</CardTitle>
                  <CardAside>{t("stepCount", { count: diff.changes.length })}</CardAside>
                </CardHeader>
                <StepsList changes={diff.changes} />
              </Card>
            </>
          ) : (
            <SkeletonRows label={t("loading")} />
          )}
        </div>
        <div className="grid gap-4">
          <PublishPanel
            change={change}
            diagnostics={analysis.data?.diagnostics ?? []}
            empty={diff !== null && diff.before === diff.after && diff.changes.length === 0}
          />
          {change.status === "draft" ? (
            <Checks diagnostics={analysis.data?.diagnostics} config={change.document.config} changeId={change.id} />
          ) : null}
        </div>
      </div>
      {diff && before ? (
        <>
          <TextDiff title="alertmanager.yml" before={diff.before} after={diff.after} />
          <TemplateDiffs before={before.templates} after={change.document.templates} />
        </>
      ) : null}
    </PageBody>
  );
}

function Title({ change, editable }: { change: ChangeDto; editable: boolean }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const client = useQueryClient();
  const [text, setText] = useState<string | null>(null);
  const retitle = useMutation({
    mutationFn: (title: string) => retitleChange(tenant, change.id, change.version, title),
    onSuccess: (next) => {
      client.setQueryData(changeQuery(tenant, change.id).queryKey, next);
      editorSession(tenant, client).store.rename(next);
      void client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
    },
    onSettled: () => setText(null),
  });
  const shown = change.title || t("untitled", { number: change.number });
  const commit = () => {
    const title = text?.trim() ?? "";
    if (title !== "" && title !== change.title) retitle.mutate(title);
    else setText(null);
  };
  if (text !== null) {
    return (
      <Input
        autoFocus
        className="max-w-[520px]"
        value={text}
        maxLength={160}
        aria-label={t("changeTitle")}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setText(null);
        }}
      />
    );
  }
  return (
    <>
      {shown} <span className="font-normal text-muted">#{change.number}</span>{" "}
      {editable ? (
        <Button size="sm" variant="quiet" onClick={() => setText(change.title)}>
          {t("rename")}
        </Button>
      ) : null}
    </>
  );
}

function Abandon({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const client = useQueryClient();
  const abandon = useMutation({
    mutationFn: () => abandonChange(tenant, change.id, change.version),
    onSuccess: async () => {
      chooseChange(tenant, client, null);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug] });
    },
  });
  return (
    <>
      <Button pending={abandon.isPending} onClick={() => abandon.mutate()}>
        {t("abandon")}
      </Button>
      {abandon.error ? <ErrorNotice error={abandon.error} className="w-full" /> : null}
    </>
  );
}
