import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TenantAdministration } from "@/components/platform/tenant-administration";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("platform.sections");
  return { title: t("tenants") };
}

export default async function TenantPage({ params }: { params: Promise<{ id: string }> }) {
  return <TenantAdministration id={(await params).id} />;
}
