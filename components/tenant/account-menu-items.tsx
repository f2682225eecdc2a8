"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { Me } from "@/lib/tenancy/contract";
import { leave } from "../http/leave";
import { LOCALES } from "../messages/namespaces";
import {
  AttachedMenu,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
} from "../ui/dropdown-menu";
import type { OpenMenuProps } from "../ui/late-menu";
import { LANGUAGE_NAMES, THEMES, useLanguage } from "./preferences";

export function AccountMenuItems({ me, ...props }: { me: Me } & OpenMenuProps) {
  const t = useTranslations("tenant.account");
  const locale = useLocale();
  const setLanguage = useLanguage();
  const { theme, setTheme } = useTheme();
  return (
    <AttachedMenu {...props} align="start" side="top" className="w-[220px]">
      <DropdownMenuLabel className="truncate">{me.email}</DropdownMenuLabel>
      <DropdownMenuItem asChild>
        <Link href="/account">
          <UserRound aria-hidden />
          {t("sessions")}
        </Link>
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("theme")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
        {THEMES.map((name) => (
          <DropdownMenuRadioItem key={name} value={name}>
            {t(`themes.${name}`)}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={locale} onValueChange={setLanguage}>
        {LOCALES.map((name) => (
          <DropdownMenuRadioItem key={name} value={name} lang={name}>
            {LANGUAGE_NAMES[name]}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => leave("/signed-out")}>
        <LogOut aria-hidden />
        {t("signOut")}
      </DropdownMenuItem>
    </AttachedMenu>
  );
}
