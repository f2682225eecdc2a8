"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { memo } from "react";
import type { Reach } from "../editor/worker-protocol";
import { useTenant } from "../http/tenant-context";
import { Chip } from "../ui/chip";
import { PaneSection } from "./pane-section";

/** The routes that lead to a receiver, with all matchers on the way. */
export const ReachedBy = memo(({ reach: { routes, count } }: { reach: Reach }) => {
  const t = useTranslations("preview.reached");
  const tenant = useTenant();
  return (
    <PaneSection title={t("title")} aside={t("count", { count })}>
      {count === 0 ? <p className="text-muted">{t("nobody")}</p> : null}
      <ul className="grid gap-1.5">
        {routes.map(({ id, number, matchers }) => (
          <li key={id} className="flex items-start gap-3">
            <Link
              href={`${tenant.href("routes")}?route=${encodeURIComponent(id)}`}
              className="link min-w-7 font-mono text-12 leading-[22px]"
            >
              {number || t("root")}
            </Link>
            <span className="flex min-w-0 flex-wrap gap-1">
              {matchers.length === 0 ? <span className="text-muted">{t("anyAlert")}</span> : null}
              {matchers.map(({ name, op, value }) => (
                <Chip key={`${name}${op}${value}`} className="inline-block" name={name} operator={op} value={value} />
              ))}
            </span>
          </li>
        ))}
      </ul>
      {count > routes.length ? (
        <p className="text-12 text-muted">{t("more", { count: count - routes.length })}</p>
      ) : null}
    </PaneSection>
  );
});
ReachedBy.displayName = "ReachedBy";
