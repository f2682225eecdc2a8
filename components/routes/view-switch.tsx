"use client";

import { useTranslations } from "next-intl";
import { cn } from "../ui/cn";

export const VIEWS = ["tree", "graph", "table"] as const;
export type View = (typeof VIEWS)[number];

export function ViewSwitch({ view, choose }: { view: View; choose: (view: View) => void }) {
  const t = useTranslations("routes");
  return (
    <fieldset aria-label={t("view")} className="flex rounded-md border border-line-strong p-0.5">
      {VIEWS.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === view}
          onClick={() => choose(one)}
          className={cn(
            "h-8 rounded-sm px-2.5 text-13 md:h-[26px]",
            one === view ? "bg-pressed font-medium text-text" : "text-soft hover:bg-hover hover:text-text",
          )}
        >
          {t(`views.${one}`)}
        </button>
      ))}
    </fieldset>
  );
}
