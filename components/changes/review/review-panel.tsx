"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { type ChangeDto, isOpen } from "@/lib/configuration/contract";
import type { LostPages, ReviewDto } from "@/lib/configuration/review/contract";
import { ErrorNotice } from "../../http";
import { Loaded } from "../../http/loaded";
import { useTenant } from "../../http/tenant-context";
import { Button } from "../../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../../ui/card";
import { Notice, Severity } from "../../ui/severity";
import { RelativeTime } from "../../ui/time";
import { AskForReview } from "./ask-for-review";
import { reviewQuery, useReviewAct } from "./queries";
import { VerdictDialog } from "./verdict-dialog";

/** Who looked at this change, who has to, and what is still missing. */
export function ReviewPanel({ change }: { change: ChangeDto }) {
  const t = useTranslations("review");
  const tenant = useTenant();
  const query = useQuery(reviewQuery(tenant, change.id));
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <Loaded query={query} rows={2}>
          {(review) => (
            <>
              <Standing review={review} />
              <Verdicts review={review} />
              {isOpen(change.status) ? <Acts change={change} review={review} /> : null}
            </>
          )}
        </Loaded>
      </CardBody>
    </Card>
  );
}

function Standing({ review }: { review: ReviewDto }) {
  const t = useTranslations("review");
  const { approvals, needed, because, requested, verdicts, lostPages } = review;
  const rejected = verdicts.some(({ verdict }) => verdict === "rejected");
  const stale = verdicts.filter((verdict) => verdict.stale).length;
  return (
    <div role="status" className="grid gap-2">
      {rejected ? <Severity level="critical">{t("rejected")}</Severity> : null}
      {needed > 0 && !rejected ? (
        <Severity level={approvals >= needed ? "success" : "warning"}>{t("count", { approvals, needed })}</Severity>
      ) : null}
      {needed === 0 && !rejected ? <p className="text-muted">{t(requested ? "optional" : "notNeeded")}</p> : null}
      {because === "pages" && lostPages ? <Lost lost={lostPages} /> : null}
      {stale > 0 ? <p className="text-12 text-warning">{t("staleCount", { count: stale })}</p> : null}
      {requested ? (
        <p className="text-12 text-muted">
          {t("askedBy", { name: requested.by.name })} <RelativeTime value={requested.at} />
        </p>
      ) : null}
    </div>
  );
}

function Lost({ lost }: { lost: LostPages }) {
  const t = useTranslations("review");
  return (
    <Notice level="critical" title={t("losesPages")}>
      <p>
        {lost.basis === "history"
          ? t("lostHistory", { count: lost.alerts, days: lost.days })
          : t("lostWitnesses", { count: lost.alerts })}
      </p>
      <ul className="mt-1 grid gap-1 text-12">
        {lost.samples.slice(0, 3).map(({ labels, from, to }) => (
          <li key={JSON.stringify(labels)}>
            <code>{labelText(labels)}</code>: {from.join(", ")} → {to.join(", ") || t("nobody")}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function labelText(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(" ");
}

function Verdicts({ review: { reviewers, verdicts } }: { review: ReviewDto }) {
  const t = useTranslations("review");
  const silent = reviewers.filter(({ id }) => !verdicts.some(({ person }) => person.id === id));
  if (verdicts.length === 0 && silent.length === 0) return null;
  return (
    <ul aria-label={t("reviewers")} className="grid gap-2">
      {verdicts.map(({ person, verdict, stale, comment, at }) => (
        <li key={person.id} className="grid gap-0.5">
          <span className="flex flex-wrap items-center gap-x-2">
            <span className="font-medium">{person.name}</span>
            <Severity level={stale ? "neutral" : verdict === "approved" ? "success" : "critical"}>
              {stale ? t("verdicts.stale") : t(`verdicts.${verdict}`)}
            </Severity>
            <RelativeTime value={at} className="text-12 text-muted" />
          </span>
          {comment ? <span className="text-12 [overflow-wrap:anywhere] text-soft">{comment}</span> : null}
        </li>
      ))}
      {silent.map(({ id, name }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium">{name}</span>
          <Severity level="neutral">{t("verdicts.waiting")}</Severity>
        </li>
      ))}
    </ul>
  );
}

type Dialogs = "ask" | "approve" | "reject" | null;

function Acts({ change, review }: { change: ChangeDto; review: ReviewDto }) {
  const t = useTranslations("review");
  const tenant = useTenant();
  const [open, setOpen] = useState<Dialogs>(null);
  const withdraw = useReviewAct(change.id);
  const close = () => setOpen(null);
  const mayEdit = tenant.can("configuration:edit");
  const asked = review.requested !== null;
  return (
    <>
      <Row>
        {mayEdit ? (
          <Button variant={asked ? undefined : "primary"} onClick={() => setOpen("ask")}>
            {t(asked ? "askAgain" : "ask")}
          </Button>
        ) : null}
        {asked && mayEdit ? (
          <Button pending={withdraw.isPending} onClick={() => withdraw.mutate({ path: "review", method: "DELETE" })}>
            {t("withdraw")}
          </Button>
        ) : null}
      </Row>
      {asked && tenant.can("changes:review") ? (
        <Row>
          <Button variant="primary" disabled={review.mayApprove !== "yes"} onClick={() => setOpen("approve")}>
            {t("approve")}
          </Button>
          <Button onClick={() => setOpen("reject")}>{t("reject")}</Button>
        </Row>
      ) : null}
      {asked && review.mayApprove === "author" ? <p className="text-12 text-muted">{t("ownWork")}</p> : null}
      {asked && review.mayApprove === "beyond_grants" ? (
        <p className="text-12 text-muted">{t("beyondGrants")}</p>
      ) : null}
      {withdraw.error ? <ErrorNotice error={withdraw.error} /> : null}
      {open === "ask" ? <AskForReview change={change} review={review} onClose={close} /> : null}
      {open === "approve" || open === "reject" ? (
        <VerdictDialog changeId={change.id} content={review.content} verdict={open} onClose={close} />
      ) : null}
    </>
  );
}

function Row({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-2 empty:hidden">{children}</div>;
}
