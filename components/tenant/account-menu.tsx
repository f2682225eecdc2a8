"use client";

import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { signOut } from "next-auth/react";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { Me } from "@/lib/tenancy/contract";
import { LOCALE_COOKIE, LOCALES } from "../messages/namespaces";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { rememberChoice } from "./preferences";
import { Face } from "./tenant-mark";

export const THEMES = ["system", "light", "dark"] as const;
/** Each language in its own words, so that a lost reader finds theirs. */
export const LANGUAGE_NAMES = { en: "English", fr: "Français", de: "Deutsch" } as const;

export function useLanguage(): (locale: string) => void {
  const router = useRouter();
  return (locale) => {
    rememberChoice(LOCALE_COOKIE, locale);
    router.refresh();
  };
}

export function AccountMenu({ me }: { me: Me }) {
  const t = useTranslations("tenant.account");
  const locale = useLocale();
  const setLanguage = useLanguage();
  const { theme, setTheme } = useTheme();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="mt-auto flex h-10 w-full shrink-0 items-center gap-2 rounded-md px-2 text-left text-soft hover:bg-hover focus-visible:-outline-offset-2">
        <Face name={me.name} />
        <span className="min-w-0 truncate">{me.name}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-[220px]">
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
        <DropdownMenuItem onSelect={() => signOut({ callbackUrl: "/signed-out" })}>
          <LogOut aria-hidden />
          {t("signOut")}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
