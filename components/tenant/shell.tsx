"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useCallback, useEffect } from "react";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import { Bell } from "../notices/bell";
import { BarActionsSlot, BarProvider, BarStatusSlot } from "../ui/bar";
import { late, useLate } from "../ui/late";
import { Breadcrumbs } from "./breadcrumbs";
import { useKeptLanguage } from "./keep-language";
import { Nav } from "./nav";
import { NAV_ITEMS } from "./nav-items";
import { OpenNav, OpenPalette } from "./openers";
import { useGoTo } from "./use-go-to";

const banner = late(async () => (await import("./problem-banner")).ProblemBanner);

/** Navigation, bar and the page. Below 900 px the navigation is a drawer. */
export function Shell({ me, children }: { me: Me; children: ReactNode }) {
  const tenant = useTenant();
  const router = useRouter();
  const ProblemBanner = useLate(banner);
  useEffect(banner.want, []);

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
  useKeptLanguage(me.id);

  return (
    <BarProvider>
      <div className="grid min-h-dvh grid-cols-[minmax(0,1fr)] md:grid-cols-[208px_minmax(0,1fr)]">
        <div className="sticky top-0 hidden h-dvh overflow-y-auto border-r bg-nav p-2 md:block">
          <Nav me={me} />
        </div>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-2 border-b bg-page px-4 md:gap-3 md:px-6">
            <OpenNav me={me} />
            <Breadcrumbs />
            {/* On a narrow page what stands here gives way to the name of the page, all but its icon. */}
            <BarStatusSlot className="flex min-w-0 items-center gap-1.5 truncate text-12 text-muted max-sm:shrink-[9999] max-sm:not-empty:min-w-3.5" />
            <div className="ml-auto flex items-center gap-2 max-sm:gap-0">
              <OpenPalette me={me} />
              <Bell />
              <BarActionsSlot className="flex items-center gap-2 empty:hidden max-sm:gap-0" />
            </div>
          </header>
          {ProblemBanner ? <ProblemBanner /> : null}
          <main id="main" tabIndex={-1} className="min-w-0 flex-1 focus:outline-none">
            {children}
          </main>
        </div>
      </div>
    </BarProvider>
  );
}
