"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileInput } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { targetsQuery } from "../editor/queries";
import { chooseChange } from "../editor/session";
import { ErrorNotice } from "../http";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { occupiedTarget } from "./occupied-target";
import { importFromTarget } from "./queries";

/** Somebody else's file stands at the target: look at it, or keep it as a change, before it is overwritten. */
export function Occupied({ details }: { details: Readonly<Record<string, unknown>> }) {
  const t = useTranslations("changes");
  const tenant = useTenant();
  const client = useQueryClient();
  const router = useRouter();
  const { data: targets } = useQuery(targetsQuery(tenant));
  const target = targets ? occupiedTarget(targets, details) : undefined;
  const take = useMutation({
    mutationFn: (id: string) => importFromTarget(tenant, id),
    onSuccess: async ({ change }) => {
      chooseChange(tenant, client, change.id);
      await client.invalidateQueries({ queryKey: ["tenant", tenant.slug, "changes"] });
      router.push(tenant.href(`changes/${change.id}`));
    },
  });
  return (
    <div className="grid gap-2">
      {take.error ? <ErrorNotice error={take.error} /> : null}
      <div className="flex flex-wrap gap-2">
        {target && tenant.can("configuration:edit") ? (
          <Button size="sm" pending={take.isPending} onClick={() => take.mutate(target.id)}>
            <FileInput aria-hidden />
            {t("importFromTarget")}
          </Button>
        ) : null}
        {tenant.can("targets:view") ? (
          <Button asChild size="sm">
            <Link href={tenant.href(target ? `targets/${target.id}` : "targets")}>{t("seeTarget")}</Link>
          </Button>
        ) : null}
      </div>
    </div>
  );
}
