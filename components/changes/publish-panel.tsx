"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Diagnostic } from "@/lib/alertmanager";
import { type ChangeDto, isOpen } from "@/lib/configuration/contract";
import { AppError } from "@/lib/errors";
import { isFinal, type PublicationDto } from "@/lib/publishing/contract";
import { chosenChange } from "../editor/chosen-change";
import { chooseChange } from "../editor/session";
import { useChecked } from "../expectations/use-checked";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { cn } from "../ui/cn";
import { FormField } from "../ui/form-field";
import { Notice } from "../ui/severity";
import { Textarea } from "../ui/textarea";
import { Occupied } from "./occupied";
import { PublicationProgress } from "./publication-progress";
import { publicationQuery, publicationsQuery, publishChange } from "./queries";
import { Bypass, hindrance } from "./review/bypass";
import { reviewQuery } from "./review/queries";
import { Schedule } from "./review/schedule";

type PanelProps = { change: ChangeDto; diagnostics: readonly Diagnostic[]; empty: boolean };

export function PublishPanel({ change, diagnostics, empty }: PanelProps) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const { data: publications } = useQuery(publicationsQuery(tenant));
  const { data: review } = useQuery(reviewQuery(tenant, change.id));
  const last = publications
    ?.filter(({ changeId }) => changeId === change.id)
    .toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("publish")}</CardTitle>
      </CardHeader>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {last ? <FollowedPublication last={last} change={change} /> : null}
        {isOpen(change.status) ? (
          <div className={cn(last && "border-t pt-4")}>
            <PublishForm change={change} diagnostics={diagnostics} empty={empty} />
          </div>
        ) : null}
        {isOpen(change.status) && review ? <Schedule change={change} review={review} /> : null}
        {change.status === "abandoned" ? <p className="text-muted">{t("isAbandoned")}</p> : null}
        {change.status === "frozen" && !last ? <p className="text-muted">{t("isFrozen")}</p> : null}
      </CardBody>
    </Card>
  );
}

/** Over something else only at the target that is named. */
function usePublish(change: ChangeDto) {
  const tenant = useTenant();
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ comment, overwriteAt, bypass }: { comment: string; overwriteAt?: string; bypass?: string }) =>
      publishChange(tenant, change.id, change.version, {
        comment,
        ...(bypass ? { bypass } : {}),
        ...(overwriteAt ? { overwriteDrift: true, overwriteAt: [overwriteAt] } : {}),
      }),
    onSuccess: async (publication) => {
      client.setQueryData(publicationQuery(tenant, publication.id).queryKey, publication);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug] });
    },
  });
}

function PublishForm({ change, diagnostics, empty }: PanelProps) {
  const t = useTranslations("changes");
  const word = useTranslations("review");
  const tenant = useTenant();
  const [comment, setComment] = useState("");
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  const broken = useChecked(change.document.config)?.filter(({ failure }) => failure !== null).length ?? 0;
  const publish = usePublish(change);
  const { error } = publish;
  const review = useQuery(reviewQuery(tenant, change.id)).data;
  const hindered = review ? hindrance(review) : null;
  const occupied = error instanceof AppError && (error.code === "drifted" || error.code === "foreign_file");
  if (!tenant.can("configuration:publish")) return <p className="text-muted">{t("mayNotPublish")}</p>;
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        publish.mutate({ comment });
      }}
    >
      <FormField id="publish-comment" label={t("comment")} hint={t("commentHint")}>
        {(control) => (
          <Textarea
            value={comment}
            rows={2}
            maxLength={2000}
            onChange={(event) => setComment(event.target.value)}
            {...control}
          />
        )}
      </FormField>
      {errors > 0 ? <Notice level="critical" title={t("blocked", { count: errors })} /> : null}
      {broken > 0 ? <Notice level="critical" title={t("broken", { count: broken })} /> : null}
      {error ? <ErrorNotice error={error} /> : null}
      {occupied ? (
        <Occupied
          details={error.details}
          pending={publish.isPending}
          onOverwrite={(overwriteAt) => publish.mutate({ comment, overwriteAt })}
        />
      ) : null}
      <Button
        type="submit"
        variant="primary"
        pending={publish.isPending}
        disabled={errors > 0 || broken > 0 || empty || change.unread.length > 0 || hindered !== null}
      >
        {t("publish")}
      </Button>
      {hindered ? (
        <>
          <p className="text-12 text-warning">{word(`hindered.${hindered}`)}</p>
          <Bypass pending={publish.isPending} onBypass={(bypass) => publish.mutate({ comment, bypass })} />
        </>
      ) : null}
      <p className="text-12 text-muted">{empty ? t("nothingToPublish") : t("undoneByItself")}</p>
    </form>
  );
}

function FollowedPublication({ last, change }: { last: PublicationDto; change: ChangeDto }) {
  const tenant = useTenant();
  const client = useQueryClient();
  const publish = usePublish(change);
  const { data } = useQuery({ ...publicationQuery(tenant, last.id), initialData: last });
  const ended = isFinal(data.status);
  useEffect(() => {
    if (!ended) return;
    // What the pages edit has become a revision, or a draft again: they load anew.
    if (chosenChange(tenant.slug) === change.id) chooseChange(tenant, client, change.id);
    for (const name of ["changes", "live", "revisions", "summary", "targets"]) {
      void client.invalidateQueries({ queryKey: ["tenant", tenant.slug, name] });
    }
  }, [ended, tenant, client, change.id]);
  const again = (overwriteAt: string) => publish.mutate({ comment: data.comment, overwriteAt });
  return (
    <>
      <PublicationProgress
        publication={data}
        change={{ id: change.id, config: change.document.config }}
        pending={publish.isPending}
        {...(isOpen(change.status) ? { onOverwrite: again } : {})}
      />
      {publish.error ? <ErrorNotice error={publish.error} /> : null}
    </>
  );
}
