"use client";

import { useQuery } from "@tanstack/react-query";
import { GitCompare, Upload } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useTenant } from "../http/tenant-context";
import { ImportButton } from "../targets/import-button";
import { targetsQuery } from "../targets/queries";
import { Button } from "../ui/button";
import { occupiedTarget } from "./occupied-target";
import { useShownDifference } from "./shown-difference";

export type OccupiedProps = {
  /** Of the error: the target, and the replica if there are several. */
  details: Readonly<Record<string, unknown>>;
  /** Absent where nobody could publish now. */
  onOverwrite?: (targetId: string) => void;
  pending?: boolean;
};

/** Something else stands at the target: keep it as a change, look at the difference, or publish over it. */
export function Occupied({ details, onOverwrite, pending }: OccupiedProps) {
  const t = useTranslations("changes.occupied");
  const tenant = useTenant();
  const { show } = useShownDifference();
  const { data: targets } = useQuery(targetsQuery(tenant));
  const target = targets ? occupiedTarget(targets, details) : undefined;
  if (!target) {
    return tenant.can("targets:view") ? (
      <Button asChild size="sm">
        <Link href={tenant.href("targets")}>{t("targets")}</Link>
      </Button>
    ) : null;
  }
  const place = {
    targetId: target.id,
    ...(typeof details.replica === "string" ? { replica: details.replica } : {}),
  };
  return (
    <div className="grid justify-items-start gap-2">
      <ImportButton size="sm" place={place} />
      <Button size="sm" onClick={() => show(place)}>
        <GitCompare aria-hidden />
        {t("difference")}
      </Button>
      {onOverwrite && tenant.can("configuration:publish") ? (
        <>
          <Button size="sm" pending={pending} onClick={() => onOverwrite(target.id)}>
            {pending ? null : <Upload aria-hidden />}
            {t("overwrite")}
          </Button>
          <p className="text-12 text-muted">{t("overwriteHint", { target: target.name })}</p>
        </>
      ) : null}
    </div>
  );
}
