"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../ui/button";

/** Takes a text away, and says so until the cursor leaves it. */
export function CopyButton({ text, children }: { text: string; children: ReactNode }) {
  const t = useTranslations("common");
  const [done, setDone] = useState(false);
  return (
    <Button
      size="sm"
      variant="quiet"
      onClick={() => void navigator.clipboard.writeText(text).then(() => setDone(true))}
      onBlur={() => setDone(false)}
    >
      {done ? <Check aria-hidden /> : <Copy aria-hidden />}
      <span aria-live="polite">{done ? t("copied") : children}</span>
    </Button>
  );
}
