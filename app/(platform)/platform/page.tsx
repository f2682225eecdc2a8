import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DefaultTemplates } from "@/components/platform/default-templates";
import { OperatorTargets } from "@/components/platform/operator-targets";
import { Tenants } from "@/components/platform/tenants";
import { PageHeader } from "@/components/ui/page";
import { AppError } from "@/lib/errors";
import { currentMe } from "@/lib/tenancy";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform");
  return { title: t("title") };
}

/** For everybody but operators this page does not exist. */
async function operatorOrLeave(): Promise<void> {
  try {
    const me = await currentMe();
    if (!me.isOperator) notFound();
  } catch (error) {
    if (error instanceof AppError && error.code === "unauthenticated") redirect("/sign-in?next=/platform");
    throw error;
  }
}

export default async function PlatformPage() {
  const [t] = await Promise.all([getTranslations("platform"), operatorOrLeave()]);
  return (
    <>
      <PageHeader title={t("title")} facts={t("lead")} />
      <Tenants />
      <OperatorTargets />
      <DefaultTemplates />
    </>
  );
}
