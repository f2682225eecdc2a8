import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { SignInSettings } from "@/components/sign-in/sign-in-settings";
import { resolveTenant } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.sections");
  return { title: t("sign-in") };
}

export default async function SignInSettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { role } = await resolveTenant((await params).tenant);
  if (!can(role, "tenant:settings")) notFound();
  return <SignInSettings />;
}
