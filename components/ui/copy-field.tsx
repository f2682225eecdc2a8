"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "./button";
import { Input } from "./input";

/** A value to take away: a link, a hash. */
export function CopyField({ value, label }: { value: string; label: string }) {
  const t = useTranslations("common");
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex gap-2">
      <Input mono readOnly value={value} aria-label={label} onFocus={(event) => event.currentTarget.select()} />
      <Button onClick={() => navigator.clipboard.writeText(value).then(() => setCopied(true))}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
        <span aria-live="polite">{copied ? t("copied") : t("copy")}</span>
      </Button>
    </div>
  );
}
