import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { HistorySettings } from "@/components/alerts/history-settings";
import { Members } from "@/components/tenant/members";
import { Sessions } from "@/components/tenant/sessions";
import { buttonVariants } from "@/components/ui/button-variants";
import { PageBody, PageHeader } from "@/components/ui/page";
import { resolveTenant } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings");
  return { title: t("title") };
}

export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const [ctx, t] = await Promise.all([resolveTenant(tenant), getTranslations("settings")]);
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        actions={
          <Link href={`/set-password?next=/${tenant}/settings`} className={buttonVariants()}>
            {t("account.setPassword")}
          </Link>
        }
      />
      <Members personId={ctx.actor.id} />
      <HistorySettings />
      <Sessions />
    </PageBody>
  );
}
