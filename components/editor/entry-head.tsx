"use client";

import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Finding } from "../fields/judges";
import { worstLevel } from "../fields/severity-level";
import { cn } from "../ui/cn";
import { Severity } from "../ui/severity";

type EntryHeadProps = {
  open: boolean;
  setOpen: (open: boolean) => void;
  /** Everything that is found in it. */
  problems: readonly Finding[];
  /** Stands at the right and does not fold. */
  tools: ReactNode;
  children: ReactNode;
};

/** The head of a card that folds: what it holds, and how much of that is wrong. */
export function EntryHead({ open, setOpen, problems, tools, children }: EntryHeadProps) {
  const t = useTranslations("editor.list");
  return (
    <div className="flex items-center gap-1 pr-2">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 min-w-0 flex-1 items-center gap-2 px-4 py-1.5 text-left focus-visible:-outline-offset-2"
      >
        <ChevronRight
          className={cn("size-4 shrink-0 text-muted transition-transform", open && "rotate-90")}
          aria-hidden
        />
        {children}
        {problems.length > 0 ? (
          <Severity level={worstLevel(problems)} className="ml-auto">
            {t("problems", { count: problems.length })}
          </Severity>
        ) : null}
      </button>
      {tools}
    </div>
  );
}
