"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useRef } from "react";
import { Difference } from "../targets/difference";
import type { PlaceAt } from "../targets/queries";
import { Button } from "../ui/button";

/** Which target is compared stands in the address, so that the difference can be sent to a colleague. */
export function useShownDifference() {
  const [shown, setShown] = useQueryState("over", parseAsString);
  const cut = shown?.indexOf("/") ?? -1;
  const place: PlaceAt | null =
    shown === null
      ? null
      : cut < 0
        ? { targetId: shown }
        : { targetId: shown.slice(0, cut), replica: shown.slice(cut + 1) };
  return {
    place,
    show: ({ targetId, replica }: PlaceAt) => void setShown(replica ? `${targetId}/${replica}` : targetId),
    hide: () => void setShown(null),
  };
}

/** What lies at the target beside what this page would publish there; across the page, for the panel is too narrow. */
export function ShownDifference({ changeId }: { changeId?: string }) {
  const t = useTranslations("changes.occupied");
  const { place, hide } = useShownDifference();
  const box = useRef<HTMLElement>(null);
  const key = place ? `${place.targetId}/${place.replica ?? ""}` : "";
  useEffect(() => {
    if (key) box.current?.scrollIntoView({ block: "start" });
  }, [key]);
  if (!place) return null;
  return (
    <section ref={box} aria-label={t("title")} className="grid scroll-mt-16 gap-2">
      <div className="flex items-center gap-2">
        <h2 className="text-14 font-semibold">{t("title")}</h2>
        <Button size="icon-sm" variant="quiet" className="ml-auto" onClick={hide} aria-label={t("hide")}>
          <X aria-hidden />
        </Button>
      </div>
      <Difference place={place} {...(changeId ? { changeId } : {})} />
    </section>
  );
}
