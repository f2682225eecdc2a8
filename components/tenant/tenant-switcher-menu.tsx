"use client";

import { LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import { AttachedMenu, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator } from "../ui/dropdown-menu";
import type { OpenMenuProps } from "../ui/late-menu";
import { TenantMark } from "./tenant-mark";

export function TenantSwitcherMenu({ me, ...props }: { me: Me } & OpenMenuProps) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  return (
    <AttachedMenu {...props} align="start" className="w-[240px]">
      <DropdownMenuLabel>{t("switcher.tenants")}</DropdownMenuLabel>
      {me.tenants.map((other) => (
        <DropdownMenuItem key={other.slug} asChild>
          <Link href={`/${other.slug}`} aria-current={other.slug === tenant.slug ? "true" : undefined}>
            <TenantMark name={other.name} />
            <span className="min-w-0 flex-1 truncate">{other.name}</span>
            <span className="text-11 text-muted">{t(`roles.${other.role}`)}</span>
          </Link>
        </DropdownMenuItem>
      ))}
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild>
        <Link href="/?choose=1">
          <LayoutGrid aria-hidden />
          {t("switcher.all")}
        </Link>
      </DropdownMenuItem>
      {me.isOperator ? (
        <DropdownMenuItem asChild>
          <Link href="/platform">
            <Plus aria-hidden />
            {t("switcher.platform")}
          </Link>
        </DropdownMenuItem>
      ) : null}
    </AttachedMenu>
  );
}
