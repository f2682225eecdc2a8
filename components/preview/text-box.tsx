"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { CopyButton } from "./copy-button";

export type TextBoxProps = {
  label: string;
  /** What the button takes away. */
  copied: string;
  actions?: ReactNode;
  /** Of the text; a long one is shown from its beginning first. */
  length: number;
  children: ReactNode;
};

const LONG = 2_500;

/** Text of a machine, in full, to be read and taken away. */
export function TextBox({ label, copied, actions, length, children }: TextBoxProps) {
  const t = useTranslations("common");
  const words = useTranslations("preview");
  const [all, setAll] = useState(false);
  const clipped = !all && length > LONG;
  return (
    <div className="min-w-0 rounded-md border border-line-strong">
      <div className="flex min-h-8 flex-wrap items-center gap-1 border-b px-2.5">
        <span className="mr-auto text-12 text-muted">{label}</span>
        {actions}
        <CopyButton text={copied}>{t("copy")}</CopyButton>
      </div>
      <pre
        className={cn(
          "bg-sunken px-2.5 py-2 font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]",
          clipped && "max-h-80 overflow-hidden",
        )}
      >
        {children}
      </pre>
      {clipped ? (
        <div className="border-t px-2.5 py-1">
          <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
            {words("showAll")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
