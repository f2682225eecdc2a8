"use client";

import { Languages, LogOut, SunMoon } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import type { ReactNode } from "react";
import { leave } from "../http/leave";
import { LOCALES } from "../messages/namespaces";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { LANGUAGE_NAMES, THEMES, useLanguage } from "./preferences";
import { TenantMark } from "./tenant-mark";

/** The frame of pages outside a tenant: sign-in, choice of a tenant, the operators' pages. */
export function PlainShell({
  narrow,
  nav,
  signedIn,
  children,
}: {
  narrow?: boolean;
  nav?: ReactNode;
  signedIn?: boolean;
  children: ReactNode;
}) {
  const t = useTranslations("tenant.account");
  const locale = useLocale();
  const setLanguage = useLanguage();
  const { theme, setTheme } = useTheme();
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 shrink-0 items-center gap-2 border-b bg-page px-4 md:px-6">
        <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold">
          <TenantMark name="Signalbox" />
          Signalbox
        </Link>
        {nav}
        <div className="ml-auto flex items-center gap-1">
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="quiet" size="icon" aria-label={t("theme")}>
                <SunMoon aria-hidden />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuRadioGroup value={theme ?? "system"} onValueChange={setTheme}>
                {THEMES.map((name) => (
                  <DropdownMenuRadioItem key={name} value={name}>
                    {t(`themes.${name}`)}
                  </DropdownMenuRadioItem>
                ))}
              </DropdownMenuRadioGroup>
            </DropdownMenuContent>
          </DropdownMenu>
          <DropdownMenu>
            <DropdownMenuTrigger asChild>
              <Button variant="quiet" size="icon" aria-label={t("language")}>
                <Languages aria-hidden />
              </Button>
            </DropdownMenuTrigger>
            <DropdownMenuContent align="end">
              <DropdownMenuRadioGroup value={locale} onValueChange={setLanguage}>
                {LOCALES.map((name) => (
                  <DropdownMenuRadioItem key={name} value={name} lang={name}>
                    {LANGUAGE_NAMES[name]}
                  </DropdownMenuRadioItem>
                ))}
              </DropdownMenuRadioGroup>
            </DropdownMenuContent>
          </DropdownMenu>
          {signedIn ? (
            <Button variant="quiet" onClick={() => leave("/signed-out")}>
              <LogOut aria-hidden />
              {t("signOut")}
            </Button>
          ) : null}
        </div>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={cn(
          "mx-auto grid w-full content-start gap-4 px-4 pt-8 pb-12 focus:outline-none",
          narrow ? "max-w-[400px] md:pt-[12vh]" : "max-w-[1080px]",
        )}
      >
        {children}
      </main>
    </div>
  );
}
