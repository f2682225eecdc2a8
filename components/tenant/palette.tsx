"use client";

import { useQuery } from "@tanstack/react-query";
import { Bell, FileInput, Keyboard, Languages, SunMoon } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTheme } from "next-themes";
import { type RefObject, useState } from "react";
import type { Me } from "@/lib/tenancy/contract";
import { liveQuery } from "../editor/queries";
import { useTenant } from "../http/tenant-context";
import { LOCALES } from "../messages/namespaces";
import { CommandDialog, CommandGroup, CommandItem } from "../ui/command";
import { Kbd } from "../ui/kbd";
import { NAV_ITEMS } from "./nav-items";
import { LANGUAGE_NAMES, THEMES, useLanguage } from "./preferences";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { TenantMark } from "./tenant-mark";

export type PaletteProps = {
  me: Me;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Gets the focus back. */
  trigger: RefObject<HTMLButtonElement | null>;
};

export function Palette({ me, open, onOpenChange, trigger }: PaletteProps) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const router = useRouter();
  const { setTheme } = useTheme();
  const setLanguage = useLanguage();
  const { data: live } = useQuery({ ...liveQuery(tenant), enabled: open });
  const [shortcuts, setShortcuts] = useState(false);
  const run = (action: () => void) => () => {
    onOpenChange(false);
    action();
  };

  return (
    <>
      <CommandDialog
        open={open}
        onOpenChange={onOpenChange}
        trigger={trigger}
        title={t("palette.title")}
        placeholder={t("palette.placeholder")}
        empty={t("palette.empty")}
      >
        <CommandGroup heading={t("palette.goTo")}>
          {NAV_ITEMS.filter((item) => tenant.can(item.permission)).map((item) => (
            <CommandItem
              key={item.name}
              value={t(`nav.${item.name}`)}
              keywords={[item.path]}
              onSelect={run(() => router.push(tenant.href(item.path)))}
            >
              <item.icon aria-hidden />
              {t(`nav.${item.name}`)}
              <span className="ml-auto flex gap-1">
                <Kbd>g</Kbd>
                <Kbd>{item.letter}</Kbd>
              </span>
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading={t("palette.configuration")}>
          {live?.document.config.receivers?.map((receiver) => (
            <CommandItem
              key={receiver.id}
              value={receiver.name}
              onSelect={run(() => router.push(tenant.href(`receivers/${receiver.id}`)))}
            >
              <Bell aria-hidden />
              <span className="font-mono text-12">{receiver.name}</span>
            </CommandItem>
          ))}
          {tenant.can("configuration:edit") ? (
            <CommandItem onSelect={run(() => router.push(tenant.href("import")))}>
              <FileInput aria-hidden />
              {t("palette.import")}
            </CommandItem>
          ) : null}
        </CommandGroup>
        {me.tenants.length > 1 ? (
          <CommandGroup heading={t("switcher.tenants")}>
            {me.tenants
              .filter((other) => other.slug !== tenant.slug)
              .map((other) => (
                <CommandItem
                  key={other.slug}
                  value={`${other.name} ${other.slug}`}
                  onSelect={run(() => router.push(`/${other.slug}`))}
                >
                  <TenantMark name={other.name} />
                  {other.name}
                </CommandItem>
              ))}
          </CommandGroup>
        ) : null}
        <CommandGroup heading={t("palette.preferences")}>
          <CommandItem onSelect={run(() => setShortcuts(true))}>
            <Keyboard aria-hidden />
            {t("shortcuts.title")}
          </CommandItem>
          {THEMES.map((theme) => (
            <CommandItem key={theme} onSelect={run(() => setTheme(theme))}>
              <SunMoon aria-hidden />
              {t("palette.theme", { theme: t(`account.themes.${theme}`) })}
            </CommandItem>
          ))}
          {LOCALES.map((locale) => (
            <CommandItem key={locale} onSelect={run(() => setLanguage(locale))}>
              <Languages aria-hidden />
              {t("palette.language", { language: LANGUAGE_NAMES[locale] })}
            </CommandItem>
          ))}
        </CommandGroup>
      </CommandDialog>
      <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} trigger={trigger} />
    </>
  );
}
