"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import type { Me } from "@/lib/tenancy/contract";
import { useTenant } from "../http/tenant-context";
import { Badge } from "../ui/badge";
import { cn } from "../ui/cn";
import { AccountMenu } from "./account-menu";
import { currentItem, NAV_GROUPS } from "./nav-items";
import { summaryQuery } from "./queries";
import { TenantSwitcher } from "./tenant-switcher";

/** The content of the navigation; stands beside the page, or in a drawer on narrow screens. */
export function Nav({ me, onNavigate }: { me: Me; onNavigate?: () => void }) {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const pathname = usePathname();
  const { data: summary } = useQuery(summaryQuery(tenant));
  const counts: Record<string, number> = { ...summary?.counts };
  const current = currentItem(pathname, tenant.slug);

  return (
    <div className="flex min-h-full flex-col gap-4">
      <TenantSwitcher me={me} />
      <nav aria-label={t("nav.label")} className="grid gap-4">
        {NAV_GROUPS.map((group) => {
          const items = group.filter((item) => tenant.can(item.permission));
          if (items.length === 0) return null;
          return (
            <ul key={group[0]?.name} className="grid gap-px">
              {items.map((item) => (
                <li key={item.name}>
                  <Link
                    href={tenant.href(item.path)}
                    onClick={onNavigate}
                    aria-current={item === current ? "page" : undefined}
                    className={cn(
                      "group flex h-10 items-center gap-2.5 rounded-md px-2 text-soft transition-colors hover:bg-hover focus-visible:-outline-offset-2 md:h-[30px]",
                      item === current && "bg-pressed font-medium text-text",
                    )}
                  >
                    <item.icon className={cn("size-4 text-muted", item === current && "text-text")} aria-hidden />
                    {t(`nav.${item.name}`)}
                    <Count name={item.name} value={counts[item.name]} />
                  </Link>
                </li>
              ))}
            </ul>
          );
        })}
      </nav>
      <AccountMenu me={me} />
    </div>
  );
}

function Count({ name, value }: { name: string; value: number | undefined }) {
  if (value === undefined) return null;
  if (name === "changes") return value > 0 ? <Badge className="ml-auto">{value}</Badge> : null;
  return <span className="ml-auto text-12 font-normal text-muted">{value}</span>;
}
