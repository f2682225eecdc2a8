import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Tested } from "@/components/sign-in/tested";
import { resolveTenant } from "@/lib/tenancy";
import { can } from "@/lib/tenancy/contract";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sign-in.test");
  return { title: t("title") };
}

type Props = { params: Promise<{ tenant: string }>; searchParams: Promise<{ test?: string }> };

export default async function TestedPage({ params, searchParams }: Props) {
  const [{ tenant }, { test }] = await Promise.all([params, searchParams]);
  const { role } = await resolveTenant(tenant);
  if (!test || !can(role, "tenant:settings")) notFound();
  return <Tested id={test} />;
}
