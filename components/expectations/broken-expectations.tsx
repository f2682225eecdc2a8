"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Config } from "@/lib/alertmanager";
import { useTenant } from "../http/tenant-context";
import { Notice } from "../ui/severity";
import { useReasonText } from "./reason-text";
import { useChecked } from "./use-checked";

const SHOWN = 10;

/** What would not stay true with this configuration; nothing when all of it does. */
export function BrokenExpectations({ config, className }: { config: Config; className?: string }) {
  const t = useTranslations("tester");
  const reasonText = useReasonText();
  const tenant = useTenant();
  const broken = useChecked(config)?.filter(({ failure }) => failure !== null) ?? [];
  if (broken.length === 0) return null;
  return (
    <Notice level="critical" title={t("broken", { count: broken.length })} className={className}>
      <ul className="mt-1 grid gap-1">
        {broken.slice(0, SHOWN).map(({ saved, failure }) => (
          <li key={saved.id}>
            <Link
              className="link font-medium"
              href={`${tenant.href("tester")}?expectation=${encodeURIComponent(saved.id)}`}
            >
              {saved.expectation.name}
            </Link>
            {failure ? ` ${reasonText(failure)}` : null}
          </li>
        ))}
        {broken.length > SHOWN ? <li>{t("brokenMore", { count: broken.length - SHOWN })}</li> : null}
      </ul>
    </Notice>
  );
}
