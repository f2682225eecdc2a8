import { useTranslations } from "next-intl";

const RANDOM = /(<VOLATILE>|BOUNDARY)/;

/** A mail's text; what the program makes up anew each time is marked. */
export function RandomParts({ text }: { text: string }) {
  const t = useTranslations("preview");
  return text.split(RANDOM).map((part, index) =>
    RANDOM.test(part) ? (
      <mark key={index.toString()} title={t("random")} className="rounded-sm bg-info-soft px-0.5 text-info">
        {part}
      </mark>
    ) : (
      part
    ),
  );
}
