"use client";

import { Menu, Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import { BarActionsSlot, BarProvider, BarStatusSlot } from "../ui/bar";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";
import { Kbd } from "../ui/kbd";
import { Breadcrumbs } from "./breadcrumbs";
import { Nav } from "./nav";
import { NAV_ITEMS } from "./nav-items";
import { Palette } from "./palette";
import { ProblemBanner } from "./problem-banner";
import { ShortcutsDialog } from "./shortcuts-dialog";
import { useGoTo } from "./use-go-to";

/** Navigation, bar and the page. Below 900 px the navigation is a drawer. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const router = useRouter();
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);

  const go = useCallback(
    (letter: string) => {
      const item = NAV_ITEMS.find((candidate) => candidate.letter === letter);
      if (!item || !tenant.can(item.permission)) return false;
      router.push(tenant.href(item.path));
      return true;
    },
    [router, tenant],
  );
  useGoTo(go);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      setPalette((open) => !open);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <BarProvider>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[208px_minmax(0,1fr)]">
        <div className="sticky top-0 hidden h-dvh overflow-y-auto border-r bg-nav p-2 md:block">
          <Nav me={me} />
        </div>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-2 border-b bg-page px-4 md:gap-3 md:px-6">
            <Dialog open={drawer} onOpenChange={setDrawer}>
              <DialogTrigger asChild>
                <Button variant="quiet" size="icon" className="-ml-2 md:hidden" aria-label={t("nav.open")}>
                  <Menu aria-hidden />
                </Button>
              </DialogTrigger>
              <DialogContent shape="drawer" title="Signalbox">
                <Nav me={me} onNavigate={() => setDrawer(false)} />
              </DialogContent>
            </Dialog>
            <Breadcrumbs />
            <BarStatusSlot className="flex min-w-0 items-center gap-1.5 truncate text-12 text-muted" />
            <div className="ml-auto flex items-center gap-2">
              <Button
                variant="quiet"
                className="max-md:w-9 max-md:px-0"
                onClick={() => setPalette(true)}
                aria-keyshortcuts="Meta+K Control+K"
              >
                <Search aria-hidden />
                <span className="max-md:sr-only">{t("search")}</span>
                <Kbd className="max-md:hidden" aria-hidden>
                  ⌘K
                </Kbd>
              </Button>
              <BarActionsSlot className="flex items-center gap-2 empty:hidden" />
            </div>
          </header>
          <ProblemBanner />
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 focus:outline-none">
            {children}
          </main>
        </div>
      </div>
      <Palette me={me} open={palette} onOpenChange={setPalette} onShortcuts={() => setShortcuts(true)} />
      <ShortcutsDialog open={shortcuts} onOpenChange={setShortcuts} />
    </BarProvider>
  );
}
