"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Tag } from "../ui/badge";
import { Face } from "./tenant-mark";

type PersonNameProps = { person: { name: string; email: string }; you: boolean; face?: boolean; children?: ReactNode };

/** A person in a table: name, address, and what else is to be known at a glance. */
export function PersonName({ person: { name, email }, you, face, children }: PersonNameProps) {
  const t = useTranslations("settings.members");
  return (
    <span className="flex flex-wrap items-center gap-2">
      {face ? (
        <span className="max-sm:hidden">
          <Face name={name} />
        </span>
      ) : null}
      <span className="min-w-0">
        <span className="block">{name}</span>
        <span className="block text-12 text-muted [overflow-wrap:anywhere]">{email}</span>
      </span>
      {you ? <Tag>{t("you")}</Tag> : null}
      {children}
    </span>
  );
}
