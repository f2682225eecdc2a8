"use client";

import { Image } from "lucide-react";
import { useTranslations } from "next-intl";
import { isWebAddress, SafeLink } from "./safe-link";

/** Stands where a picture from elsewhere would: nothing is loaded from there. */
export function RemoteImage({ url, alt, small }: { url: string; alt?: string; small?: boolean }) {
  const t = useTranslations("looks");
  if (url === "") return null;
  return (
    <span
      className={`mt-1.5 flex items-center gap-2 rounded-md border border-dashed border-line-strong bg-sunken px-2.5 text-12 text-muted ${small ? "py-1.5" : "py-4"}`}
    >
      <Image className="size-4 shrink-0" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {t("image")} <SafeLink url={url}>{alt || hostOf(url)}</SafeLink>
      </span>
    </span>
  );
}

function hostOf(url: string): string {
  return isWebAddress(url) ? new URL(url).host : url;
}
