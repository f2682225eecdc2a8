"use client";

import { ChevronsUpDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import { late } from "../ui/late";
import { LateMenu } from "../ui/late-menu";
import { TenantMark } from "./tenant-mark";

const menu = late(async () => (await import("./tenant-switcher-menu")).TenantSwitcherMenu);

export function TenantSwitcher({ me }: { me: Me }) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  return (
    <LateMenu
      menu={menu}
      menuProps={{ me }}
      aria-label={t("switcher.label", { name: tenant.name })}
      className="flex h-10 w-full shrink-0 items-center gap-2 rounded-md px-2 text-left hover:bg-hover focus-visible:-outline-offset-2"
    >
      <TenantMark name={tenant.name} />
      <span className="min-w-0 flex-1">
        <span className="block truncate leading-4 font-semibold">{tenant.name}</span>
        <span className="block text-11 leading-[14px] text-muted">{t(`roles.${tenant.role}`)}</span>
      </span>
      <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden />
    </LateMenu>
  );
}
