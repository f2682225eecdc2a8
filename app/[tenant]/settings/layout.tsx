import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { SETTINGS_SECTIONS } from "@/components/tenant/settings-sections";
import { buttonVariants } from "@/components/ui/button-variants";
import { PageBody, PageHeader } from "@/components/ui/page";
import { SectionNav } from "@/components/ui/section-nav";
import { resolveTenant } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";

type Props = { children: ReactNode; params: Promise<{ tenant: string }> };

export default async function SettingsLayout({ children, params }: Props) {
  const { tenant } = await params;
  const [ctx, t] = await Promise.all([resolveTenant(tenant), getTranslations("settings")]);
  const sections = SETTINGS_SECTIONS.filter(({ permission }) => can(ctx.role, permission)).map(({ name }) => ({
    href: `/${tenant}/settings/${name}`,
    text: t(`sections.${name}`),
  }));
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
      <SectionNav label={t("title")} sections={sections} />
      {children}
    </PageBody>
  );
}
