"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTenant } from "../http/tenant-context";
import { currentItem } from "./nav-items";

/** Also what is numbered before a first change gives it an id of its own. */
const ID = /^(?:[0-9a-f]{8}-[0-9a-f-]{27}|start-\d+)$/i;

/** Section and what is open in it; ids are left out, the page's own heading names the thing. */
export function Breadcrumbs() {
  const t = useTranslations("tenant");
  const tenant = useTenant();
  const pathname = usePathname();
  const item = currentItem(pathname, tenant.slug);
  // The import is a page without a place in the navigation.
  const name = item?.name ?? (pathname === tenant.href("import") ? "import" : null);
  if (name === null) return null;
  const below = pathname
    .slice(tenant.slug.length + 2)
    .split("/")
    .slice(1)
    .filter(Boolean);
  const readable = below.map(decodeURIComponent).filter((part) => !ID.test(part));
  return (
    <nav aria-label={t("breadcrumbs")} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1.5 whitespace-nowrap">
        <li className="truncate">
          {below.length > 0 ? (
            <Link href={tenant.href(item?.path)} className="text-soft hover:underline">
              {t(`nav.${name}`)}
            </Link>
          ) : (
            <span aria-current="page" className="font-medium">
              {t(`nav.${name}`)}
            </span>
          )}
        </li>
        {readable.map((part, index) => (
          <li key={part} className="flex min-w-0 items-center gap-1.5 max-sm:hidden">
            <span aria-hidden className="text-muted">
              /
            </span>
            <span
              aria-current={index === readable.length - 1 ? "page" : undefined}
              className="truncate font-mono text-12"
            >
              {part === "compare" ? t("nav.compare") : part}
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
