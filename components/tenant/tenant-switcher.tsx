"use client";

import { ChevronsUpDown, LayoutGrid, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { TenantMark } from "./tenant-mark";

export function TenantSwitcher({ me }: { me: Me }) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={t("switcher.label", { name: tenant.name })}
        className="flex h-10 w-full shrink-0 items-center gap-2 rounded-md px-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
      >
        <TenantMark name={tenant.name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate leading-4 font-semibold">{tenant.name}</span>
          <span className="block text-11 leading-[14px] text-muted">{t(`roles.${tenant.role}`)}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-[240px]">
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
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
