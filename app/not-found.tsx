import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { buttonVariants } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default async function NotFound() {
  const t = await getTranslations("common.notFound");
  return (
    <main id="main" className="grid min-h-dvh place-items-center">
      <EmptyState
        title={<h1>{t("title")}</h1>}
        actions={
          <Link href="/" className={buttonVariants()}>
            {t("home")}
          </Link>
        }
      >
        {t("text")}
      </EmptyState>
    </main>
  );
}
