"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompare } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RevisionDto } from "@/lib/configuration/contract";
import { Loaded } from "../http/loaded";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { PageBody, PageHeader } from "../ui/page";
import { Severity } from "../ui/severity";
import { SkeletonRows } from "../ui/skeleton";
import { ExactTime } from "../ui/time";
import { Differences } from "./differences";
import { NO_DOCUMENT } from "./no-document";
import { revisionQuery, revisionsQuery } from "./queries";
import { Restore } from "./restore";
import { RevisionPublications } from "./revision-publications";
import { ShownDifference } from "./shown-difference";

export function RevisionPage({ number }: { number: number }) {
  const tenant = useTenant();
  const query = useQuery(revisionQuery(tenant, number));
  return (
    <PageBody wide>
      <Loaded query={query}>{(revision) => <Revision revision={revision} />}</Loaded>
    </PageBody>
  );
}

/** One revision: what it changed against the one before it, and how it came to the targets. */
function Revision({ revision }: { revision: RevisionDto }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const { data: list } = useQuery(revisionsQuery(tenant));
  const previous = list?.filter(({ number }) => number < revision.number).sort((a, b) => b.number - a.number)[0];
  const base = useQuery({ ...revisionQuery(tenant, previous?.number ?? 0), enabled: previous !== undefined });
  const before = previous === undefined ? NO_DOCUMENT : base.data?.document;
  const others = (list?.length ?? 0) > 1;
  return (
    <>
      <PageHeader
        title={t("revision", { number: revision.number })}
        facts={
          <>
            {revision.live ? <Severity level="success">{t("live")}</Severity> : null}
            <Link className="link" href={tenant.href(`changes/${revision.changeId}`)}>
              {revision.title || t("untitled")}
            </Link>
            <span>{revision.createdBy}</span>
            <ExactTime value={revision.publishedAt ?? revision.createdAt} />
            <code>{revision.sha256.slice(0, 12)}</code>
          </>
        }
        actions={
          <>
            {others ? (
              <Button asChild>
                <Link
                  href={tenant.href(
                    `revisions/compare?from=${(previous ?? list?.find(({ number }) => number !== revision.number))?.number}&to=${revision.number}`,
                  )}
                >
                  <GitCompare aria-hidden />
                  {t("compare")}
                </Link>
              </Button>
            ) : null}
            {tenant.can("configuration:edit") && !revision.live ? <Restore number={revision.number} /> : null}
          </>
        }
      />
      {revision.comment ? <p>{revision.comment}</p> : null}
      <ShownDifference />
      {list && before ? (
        <Differences
          before={before}
          after={revision.document}
          labels={{
            before: previous ? t("revision", { number: previous.number }) : t("nothingBefore"),
            after: t("revision", { number: revision.number }),
          }}
          aside={<RevisionPublications revision={revision} />}
        />
      ) : (
        <SkeletonRows label={t("loading")} />
      )}
    </>
  );
}
