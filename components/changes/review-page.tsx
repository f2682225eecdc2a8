"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { type ConfigDocument, DEFAULT_PROFILE_ID, diffConfig, renderConfig } from "@/lib/alertmanager";
import { type ChangeDto, isOpen } from "@/lib/configuration/contract";
import { BehaviourDetails } from "../behaviour/behaviour-details";
import { BehaviourLine } from "../behaviour/behaviour-line";
import { PageLossNotice } from "../behaviour/page-loss-notice";
import { useBehaviour } from "../behaviour/use-behaviour";
import { changeQuery, liveQuery, targetsQuery } from "../editor/queries";
import { chooseChange, editorSession } from "../editor/session";
import { loadTargetTemplates } from "../editor/target-templates";
import { ErrorNotice } from "../http";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { BarActions } from "../ui/bar";
import { Button } from "../ui/button";
import { Input } from "../ui/input";
import { PageBody, PageHeader } from "../ui/page";
import { SkeletonRows } from "../ui/skeleton";
import { RelativeTime } from "../ui/time";
import { useEditChange } from "./change-list";
import { Checks } from "./checks";
import { Differences } from "./differences";
import { NO_DOCUMENT } from "./no-document";
import { Outdated } from "./outdated";
import { PublishPanel } from "./publish-panel";
import { abandonChange, retitleChange, revisionQuery } from "./queries";
import { Conversation } from "./review/conversation";
import type { PickedLine } from "./review/place-choice";
import { ReviewPanel } from "./review/review-panel";
import { ShownDifference } from "./shown-difference";
import { Unread } from "./unread";

export function ReviewPage({ id }: { id: string }) {
  const tenant = useTenant();
  const query = useQuery(changeQuery(tenant, id));
  return (
    <PageBody wide>
      <Loaded query={query}>{(change) => <Review change={change} />}</Loaded>
    </PageBody>
  );
}

/** A draft is compared with what is live now; what was published, with what it replaced. */
function useBefore(change: ChangeDto): ConfigDocument | undefined {
  const tenant = useTenant();
  const open = isOpen(change.status) || change.status === "frozen";
  const base = change.baseRevision;
  const live = useQuery({ ...liveQuery(tenant), enabled: open });
  const revision = useQuery({ ...revisionQuery(tenant, base ?? 0), enabled: !open && base !== null });
  if (open) return live.data?.document;
  return base === null ? NO_DOCUMENT : revision.data?.document;
}

function useDiagnostics(change: ChangeDto) {
  const tenant = useTenant();
  const client = useQueryClient();
  const { data: targets } = useQuery(targetsQuery(tenant));
  const profiles =
    targets && targets.length > 0 ? [...new Set(targets.map(({ profile }) => profile))] : [DEFAULT_PROFILE_ID];
  return useQuery({
    queryKey: ["tenant", tenant.slug, "analysis", change.id, change.version, profiles.join()],
    queryFn: async () => {
      const { worker } = editorSession(tenant, client);
      worker.provide(await loadTargetTemplates(client, tenant, profiles));
      return worker.examine(change.document, change.secrets, profiles);
    },
    enabled: isOpen(change.status),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function Review({ change }: { change: ChangeDto }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const edit = useEditChange();
  const before = useBefore(change);
  const [line, setLine] = useState<PickedLine | null>(null);
  const analysis = useDiagnostics(change);
  const empty = useMemo(() => before !== undefined && saysTheSame(before, change.document), [before, change.document]);
  const open = isOpen(change.status) || change.status === "frozen";
  const behaves = useQuery({ ...liveQuery(tenant), enabled: open }).data?.revision === null ? NO_DOCUMENT : before;
  const behaviour = useBehaviour(behaves?.config, change.document.config, { scope: change.id, detailed: true });
  const mayEdit = isOpen(change.status) && tenant.can("configuration:edit");

  return (
    <>
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
      <Unread change={change} />
      <ShownDifference changeId={change.id} />
      {open ? <PageLossNotice report={behaviour.report} /> : null}
      {before && behaves ? (
        <Differences
          before={before}
          after={change.document}
          behaviour={{
            line: <BehaviourLine behaviour={behaviour} before={behaves.config} after={change.document.config} />,
            details: <BehaviourDetails report={behaviour.report} />,
          }}
          aside={
            <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
              <ReviewPanel change={change} />
              <PublishPanel change={change} diagnostics={analysis.data?.diagnostics ?? []} empty={empty} />
            </div>
          }
          onLine={(picked) => {
            setLine(picked);
            document.getElementById("conversation")?.scrollIntoView({ block: "nearest" });
          }}
          talk={(texts) => <Conversation changeId={change.id} {...texts} line={line} pick={setLine} />}
          below={
            isOpen(change.status) ? (
              <Checks diagnostics={analysis.data?.diagnostics} config={change.document.config} changeId={change.id} />
            ) : null
          }
        />
      ) : (
        <SkeletonRows label={t("loading")} />
      )}
    </>
  );
}

function saysTheSame(before: ConfigDocument, after: ConfigDocument): boolean {
  return diffConfig(before, after).length === 0 && renderConfig(before).yaml === renderConfig(after).yaml;
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
