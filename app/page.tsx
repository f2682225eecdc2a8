import { Building2 } from "lucide-react";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlainShell } from "@/components/tenant/plain-shell";
import { TenantMark } from "@/components/tenant/tenant-mark";
import { buttonVariants } from "@/components/ui/button-variants";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page";
import { currentMe } from "@/lib/tenancy";
import { leadToSignIn } from "./lead-to-sign-in";

async function meOrSignIn() {
  try {
    return await currentMe();
  } catch (error) {
    leadToSignIn(error, "/");
    throw error;
  }
}

/** Whoever has one tenant goes straight to it; `?choose` shows the list all the same. */
export default async function ChooseTenantPage({ searchParams }: { searchParams: Promise<{ choose?: string }> }) {
  const [me, { choose }, t] = await Promise.all([meOrSignIn(), searchParams, getTranslations("tenant")]);
  const only = me.tenants.length === 1 ? me.tenants[0] : undefined;
  if (only && !choose) redirect(`/${only.slug}`);
  const platform = me.isOperator ? (
    <Link href="/platform" className={buttonVariants()}>
      {t("choose.platform")}
    </Link>
  ) : null;
  return (
    <PlainShell signedIn>
      <PageHeader title={t("choose.title")} facts={t("choose.text")} actions={platform} />
      {me.tenants.length === 0 ? (
        <Card>
          <EmptyState icon={Building2} title={t("choose.none")} actions={platform}>
            {t("choose.noneText", { email: me.email })}
          </EmptyState>
        </Card>
      ) : (
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {me.tenants.map((tenant) => (
            <li key={tenant.id}>
              <Link
                href={`/${tenant.slug}`}
                className="flex items-center gap-3 rounded-lg border bg-panel p-4 hover:border-line-strong hover:bg-hover"
              >
                <TenantMark name={tenant.name} />
                <span className="min-w-0">
                  <span className="block truncate text-14 font-semibold">{tenant.name}</span>
                  <span className="block text-12 text-muted">
                    /{tenant.slug}, {t(`roles.${tenant.role}`)}
                  </span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </PlainShell>
  );
}
