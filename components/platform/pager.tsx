"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";

/** Nothing for a single page. */
export function Pager({ page, pages, onPage }: { page: number; pages: number; onPage: (page: number) => void }) {
  const t = useTranslations("platform.pager");
  if (pages <= 1 && page <= 1) return null;
  return (
    <nav aria-label={t("label")} className="flex items-center gap-2 border-t px-4 py-2">
      <Button size="sm" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden />
        {t("before")}
      </Button>
      <span role="status" className="text-12 text-muted">
        {t("page", { page, pages })}
      </span>
      <Button size="sm" disabled={page >= pages} onClick={() => onPage(page + 1)}>
        {t("after")}
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  );
}
