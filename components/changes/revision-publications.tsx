"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import type { RevisionDto } from "@/lib/configuration/contract";
import { AppError } from "@/lib/errors";
import { isFinal, type PublicationDto } from "@/lib/publishing/contract";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { publishAgain } from "../targets/queries";
import { Button } from "../ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "../ui/card";
import { cn } from "../ui/cn";
import { Occupied } from "./occupied";
import { PublicationProgress } from "./publication-progress";
import { publicationQuery, publicationsQuery } from "./queries";
import { Bypass } from "./review/bypass";

/** How the last attempt to bring this revision to the targets went; what is live can be brought there once more. */
export function RevisionPublications({ revision }: { revision: RevisionDto }) {
  const t = useTranslations("revisions");
  const tenant = useTenant();
  const client = useQueryClient();
  const { data } = useQuery(publicationsQuery(tenant));
  const last = data
    ?.filter((publication) => publication.revision === revision.number)
    .toSorted((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
  const again = useMutation({
    mutationFn: (how: { overwriteAt?: string; bypass?: string }) => publishAgain(tenant, revision.number, how),
    onSuccess: async (publication) => {
      client.setQueryData(publicationQuery(tenant, publication.id).queryKey, publication);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "publications"] });
    },
  });
  const { error } = again;
  const occupied = error instanceof AppError && (error.code === "drifted" || error.code === "foreign_file");
  const frozen = error instanceof AppError && error.code === "publishing_frozen";
  const onOverwrite = (overwriteAt: string) => again.mutate({ overwriteAt });
  const over = revision.live ? { onOverwrite, pending: again.isPending } : {};
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("publication")}</CardTitle>
      </CardHeader>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-4">
        {data && !last ? <p className="text-muted">{t("neverTried")}</p> : null}
        {last ? <Followed last={last} {...over} /> : null}
        {error ? <ErrorNotice error={error} /> : null}
        {occupied ? <Occupied details={error.details} {...over} /> : null}
        {frozen ? (
          <div>
            <Bypass
              pending={again.isPending}
              onBypass={(bypass) => again.mutate({ ...(again.variables ?? {}), bypass })}
            />
          </div>
        ) : null}
        {revision.live && tenant.can("configuration:publish") && data && (!last || isFinal(last.status)) ? (
          <div className={cn("grid justify-items-start gap-1.5", last && "border-t pt-3")}>
            <Button size="sm" pending={again.isPending} onClick={() => again.mutate({})}>
              <Upload aria-hidden />
              {t("publishAgain")}
            </Button>
            <p className="text-12 text-muted">{t("publishAgainHint")}</p>
          </div>
        ) : null}
      </CardBody>
    </Card>
  );
}

type FollowedProps = { last: PublicationDto; onOverwrite?: (targetId: string) => void; pending?: boolean };

function Followed({ last, ...ways }: FollowedProps) {
  const tenant = useTenant();
  const client = useQueryClient();
  const { data } = useQuery({ ...publicationQuery(tenant, last.id), initialData: last });
  const ended = isFinal(data.status);
  useEffect(() => {
    if (ended) void client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "targets"] });
  }, [ended, client, tenant.slug]);
  return <PublicationProgress publication={data} {...ways} />;
}
