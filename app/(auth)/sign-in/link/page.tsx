import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LinkForm } from "@/components/tenant/link-form";
import { safeNext } from "@/components/tenant/safe-next";
import { Notice } from "@/components/ui/severity";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth.link");
  return { title: t("title"), referrer: "no-referrer" };
}

type Props = { searchParams: Promise<{ token?: string; next?: string }> };

export default async function LinkPage({ searchParams }: Props) {
  const [{ token, next }, t] = await Promise.all([searchParams, getTranslations("auth.link")]);
  return (
    <>
      <h1 className="text-24 font-semibold">{t("title")}</h1>
      {token ? (
        <>
          <p className="text-soft">{t("text")}</p>
          <LinkForm
            provider="link"
            token={token}
            next={`/set-password?first=1&next=${encodeURIComponent(safeNext(next))}`}
          />
        </>
      ) : (
        <Notice level="warning">{t("missing")}</Notice>
      )}
    </>
  );
}
