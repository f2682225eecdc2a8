"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { TargetDto } from "@/lib/targets/contract";
import { isLoud } from "@/lib/targets/contract";
import { liveQuery } from "../editor/queries";
import { ErrorNotice } from "../http/error-notice";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { AcknowledgeDrift } from "./acknowledge-drift";
import { ImportButton } from "./import-button";
import { publishAgain } from "./queries";

/** Out of drift lead two ways: keep what lies there as a change, or write what is live over it. */
export function WaysOut({ target, replica }: { target: TargetDto; replica: string | null }) {
  const t = useTranslations("targets");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const { data: live } = useQuery(liveQuery(tenant));
  const revision = live?.revision ?? null;
  const over = useMutation({
    mutationFn: (number: number) => publishAgain(tenant, number, { overwriteAt: target.id }),
    onSuccess: async (publication) => {
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug] });
      router.push(tenant.href(`revisions/${publication.revision}`));
    },
  });
  const { state } = target.drift;
  const loud = isLoud(state);
  const fresh = state === "unpublished";
  const readable = state === "drifted" || state === "foreign";
  if (!loud && !fresh) return null;
  return (
    <>
      {readable ? (
        <ImportButton variant="primary" place={{ targetId: target.id, ...(replica ? { replica } : {}) }} />
      ) : null}
      {revision !== null && state !== "unreadable" && tenant.can("configuration:publish") ? (
        <Button
          variant={readable ? "default" : "primary"}
          pending={over.isPending}
          onClick={() => over.mutate(revision)}
        >
          <Upload aria-hidden />
          {readable ? t("publishOver", { revision }) : t("publishAgain", { revision })}
        </Button>
      ) : null}
      {loud ? <AcknowledgeDrift target={target} /> : null}
      {over.error ? <ErrorNotice error={over.error} className="w-full" /> : null}
    </>
  );
}
