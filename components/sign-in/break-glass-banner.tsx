import { useTranslations } from "next-intl";
import { SeverityIcon } from "../ui/severity";

/** Above every page for who came in past the single sign-on. */
export function BreakGlassBanner() {
  const t = useTranslations("sign-in.breakGlass");
  return (
    <div
      role="status"
      className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-0.5 border-b border-warning-line bg-warning-soft px-4 py-1 md:px-6"
    >
      <SeverityIcon level="warning" />
      <span className="font-medium text-warning">{t("title")}</span>
      <span className="text-soft">{t("text")}</span>
    </div>
  );
}
