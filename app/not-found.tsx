import { getTranslations } from "next-intl/server";
import { buttonVariants } from "@/components/ui/button-variants";
import { EmptyState } from "@/components/ui/empty-state";

/** A plain link, for every page loads this before it is needed. */
export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <EmptyState
        title={<h1>{t("title")}</h1>}
        actions={
          <a href="/" className={buttonVariants()}>
            {t("home")}
          </a>
        }
      >
        {t("text")}
      </EmptyState>
    </main>
  );
}
